import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/mantine.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { Shell } from "./shell/shell.tsx";
import { useDialog } from "./state/dialog-store.ts";
import { followApplication } from "./state/follow-application.ts";
import { cssVariables, theme } from "./theme/theme.ts";

/** The page: theme, messages, and the shell with its screens. */
export function App() {
  useEffect(() => followApplication(), []);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Messages />
      <Shell />
    </MantineProvider>
  );
}

/** At the right, or at the left of a dialog: its buttons are at the right. */
function Messages() {
  const inDialog = useDialog((state) => state.dialog !== null);
  return <Notifications position={inDialog ? "bottom-left" : "bottom-right"} limit={4} zIndex={400} />;
}
