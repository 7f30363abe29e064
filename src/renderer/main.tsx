import "./zod-without-eval.ts";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { createConnection } from "./connection/connection.ts";
import { openHostPort } from "./connection/host-port.ts";
import { startSession } from "./state/session.ts";

const root = document.getElementById("root");
if (root) {
  startSession(createConnection(openHostPort));
  createRoot(root).render(<App />);
}
