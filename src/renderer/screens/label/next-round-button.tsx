import { Button, Tooltip } from "@mantine/core";
import { useJobs } from "../../state/jobs-store.ts";
import { useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import { askForRound } from "../../workbench/ask-for-round.ts";
import { useRoundState } from "./use-round-state.ts";

/** Asks for the next round, or leads to it where it waits already. It stands out when the round is done. */
export function NextRoundButton() {
  const round = useRoundState();
  const waiting = useWorkbench((bench) => bench.waitingRound);
  const preparing = useJobs(({ jobs }) =>
    jobs.some((job) => job.kind === "round" && job.state === "running"),
  );
  // While there is no round, the place of the pictures offers the first one.
  if (round.total === 0) return null;
  const done = round.confirmed + round.skipped >= round.total;
  const text =
    waiting !== null
      ? strings.round.ready(waiting)
      : preparing
        ? strings.round.preparing
        : strings.round.next;
  return (
    <Tooltip label={strings.round.nextKey}>
      <Button
        variant={done ? "filled" : waiting === null ? "default" : "light"}
        disabled={preparing && waiting === null}
        onClick={askForRound}
      >
        {text}
      </Button>
    </Tooltip>
  );
}
