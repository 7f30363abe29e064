import { reporting } from "../feedback/present-error.tsx";
import { openDialog } from "../state/dialog-store.ts";
import { showRound, useWorkbench } from "../state/workbench-store.ts";

/** Goes to the round that is ready, or asks what the next one shall be. */
export function askForRound(): void {
  if (useWorkbench.getState().waitingRound === null) openDialog({ kind: "next-round" });
  else reporting(showRound(null));
}
