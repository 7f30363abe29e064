import { UnstyledButton } from "@mantine/core";
import { reporting } from "../../feedback/present-error.tsx";
import { showRound, useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import classes from "./waiting-round.module.css";

/** Leads to a round that became ready while another one was being labelled, or back to the newest. */
export function WaitingRound() {
  const waiting = useWorkbench((bench) => bench.waitingRound);
  const shown = useWorkbench((bench) => bench.round);
  if (waiting === null && shown === null) return null;
  return (
    <UnstyledButton className={classes.waiting} onClick={() => reporting(showRound(null))}>
      {waiting === null ? strings.round.toNewest : strings.round.ready(waiting)}
    </UnstyledButton>
  );
}
