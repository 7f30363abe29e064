import { Button, Tooltip } from "@mantine/core";
import { openDialog } from "../../state/dialog-store.ts";
import { useJobs } from "../../state/jobs-store.ts";
import { strings } from "../../strings.ts";
import { useRoundState } from "./use-round-state.ts";

/** Always there; it stands out when the round is done. */
export function NextRoundButton() {
  const round = useRoundState();
  const preparing = useJobs(({ jobs }) =>
    jobs.some((job) => job.kind === "round" && job.state === "running"),
  );
  // While there is no round, the place of the pictures offers the first one.
  if (round.total === 0) return null;
  const done = round.confirmed + round.skipped >= round.total;
  return (
    <Tooltip label={strings.round.nextKey}>
      <Button
        variant={done ? "filled" : "default"}
        disabled={preparing}
        onClick={() => openDialog({ kind: "next-round" })}
      >
        {preparing ? strings.round.preparing : strings.round.next}
      </Button>
    </Tooltip>
  );
}
