import { UnstyledButton } from "@mantine/core";
import { reporting } from "../../feedback/present-error.tsx";
import { showRound, useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import classes from "./earlier-round.module.css";

/** Leads back to the newest round where an earlier one is shown. */
export function EarlierRound() {
  const shown = useWorkbench((bench) => bench.round);
  const waiting = useWorkbench((bench) => bench.waitingRound);
  if (shown === null || waiting !== null) return null;
  return (
    <UnstyledButton className={classes.newest} onClick={() => reporting(showRound(null))}>
      {strings.round.toNewest}
    </UnstyledButton>
  );
}
