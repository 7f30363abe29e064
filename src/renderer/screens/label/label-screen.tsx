import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useStore } from "zustand";
import { EmptyState } from "../../feedback/empty-state.tsx";
import { openDialog } from "../../state/dialog-store.ts";
import { useJobs } from "../../state/jobs-store.ts";
import { useRounds } from "../../state/rounds-store.ts";
import { loadWhole, queueList, showRound, useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import { Toolbar } from "../../workbench/toolbar/toolbar.tsx";
import { Workbench } from "../../workbench/workbench.tsx";
import { NextRoundButton } from "./next-round-button.tsx";
import { RoundProgress } from "./round-progress.tsx";
import { WaitingRound } from "./waiting-round.tsx";

/** The main screen: the patches that a round proposes, to be labelled. */
export function LabelScreen() {
  const total = useStore(queueList.store, (state) => state.total);
  useEffect(() => {
    if (queueList.store.getState().total === null) void showRound(useWorkbench.getState().round);
  }, []);
  useEffect(() => {
    if (total) loadWhole(queueList);
  }, [total]);
  return (
    <Workbench
      list={queueList}
      toolbar={
        <Toolbar action={<NextRoundButton />}>
          <RoundProgress />
          <WaitingRound />
        </Toolbar>
      }
      empty={<NoRound />}
    />
  );
}

function NoRound() {
  const hasRounds = useRounds(({ rounds }) => rounds.length > 0);
  const preparing = useJobs(({ jobs }) =>
    jobs.some((job) => job.kind === "round" && job.state === "running"),
  );
  if (preparing)
    return <EmptyState title={strings.round.preparingTitle}>{strings.round.preparingText}</EmptyState>;
  return (
    <EmptyState
      title={hasRounds ? strings.round.emptyTitle : strings.round.firstTitle}
      actions={
        <Button size="sm" onClick={() => openDialog({ kind: "next-round" })}>
          {hasRounds ? strings.round.next : strings.round.first}
        </Button>
      }
    >
      {hasRounds ? strings.round.emptyText : strings.round.firstText}
    </EmptyState>
  );
}
