// The engine process: binds the engine's handlers to whichever port this process was given.
import { engineContract } from "../shared/contracts/engine.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { Port } from "../shared/rpc/port.ts";
import { serve } from "../shared/rpc/server.ts";
import { forkedProcessPort, type ParentPort, parentPortPort } from "./ports.ts";
import { createEngineHandlers } from "./service.ts";

function ownPort(): Port {
  const parent: unknown = Reflect.get(process, "parentPort");
  // Only Electron's utility processes have a parentPort; its form is Electron's documented one.
  if (parent) return parentPortPort(parent as ParentPort);
  if (process.send) return forkedProcessPort(process);
  throw new FieldmarkError(
    "internal",
    "The engine is started by Fieldmark itself and has nobody to talk to.",
  );
}

const port = ownPort();
const server = serve(
  engineContract,
  createEngineHandlers({ emit: (event, payload) => server.emit(event, payload) }),
  port,
);
port.onClose(() => process.exit(0));
