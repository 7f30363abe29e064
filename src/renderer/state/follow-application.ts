import type { Job } from "../../shared/contracts/app.ts";
import { announceJob } from "../feedback/announce-job.tsx";
import { presentError, reporting } from "../feedback/present-error.tsx";
import { refreshApp, takeProject } from "./app-actions.ts";
import { useApp } from "./app-store.ts";
import { loadEngine } from "./engine-store.ts";
import { guardUnsentLabels } from "./guard-unsent-labels.ts";
import { onJob, takeJob } from "./jobs-store.ts";
import { isPending, shownPatch } from "./patches-store.ts";
import { loadRounds, useRounds } from "./rounds-store.ts";
import { session } from "./session.ts";
import { browseList, queueList, showRound, useWorkbench } from "./workbench-store.ts";

const REFRESH_DELAY_MS = 150;

/** Keeps the stores up with the application: its events, and everything anew after a lost connection. */
export function followApplication(): () => void {
  const connection = session();
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;

  function refreshListsSoon(): void {
    clearTimeout(refreshTimer);
    refreshTimer = setTimeout(() => {
      reporting(Promise.all([queueList.refresh(), browseList.refresh()]));
    }, REFRESH_DELAY_MS);
  }

  async function catchUp(): Promise<void> {
    await refreshApp();
    if (useApp.getState().project) {
      await loadRounds();
      refreshListsSoon();
    }
    await loadEngine();
  }

  const stops = [
    connection.onState((state) => {
      useApp.setState({ connection: state });
      if (state === "open") catchUp().catch(presentError);
    }),
    connection.on("job", takeJob),
    connection.on("project", takeProject),
    connection.on("patches", ({ ids }) => {
      // The answers to this page's own actions carry the patches already.
      const own = ids !== "all" && ids.every((id) => isPending(id) || shownPatch(id) === undefined);
      if (!own) refreshListsSoon();
    }),
    connection.on("rounds", ({ round }) => reporting(followRounds(round))),
    onJob((job, before) => {
      if (before?.state === "running" && job.state !== "running") announceJob(job);
      if (job.state === "done" && trainsModel(job)) reporting(loadRounds());
    }),
  ];
  const stopGuarding = guardUnsentLabels();
  useApp.setState({ connection: connection.state() });
  if (connection.state() === "open") catchUp().catch(presentError);
  return () => {
    clearTimeout(refreshTimer);
    stopGuarding();
    for (const stop of stops) stop();
  };
}

function trainsModel(job: Job): boolean {
  return job.kind === "round" || job.kind === "train";
}

/** Rounds are announced when their counts change, too; only a newer one than before is offered. */
async function followRounds(round: number | null): Promise<void> {
  const newest = useRounds.getState().rounds.at(-1)?.number ?? -1;
  await loadRounds();
  if (round !== null && round > newest) await offerRound(round);
}

/** A new round takes the place of a finished one at once; an unfinished one is not taken away. */
async function offerRound(round: number): Promise<void> {
  const { total, ids, filter } = queueList.store.getState();
  if (filter.round === round) return;
  const patches = ids.map((id) => (id === undefined ? undefined : shownPatch(id)));
  const open = patches.some((patch) => patch?.status === "unseen" || patch?.status === "in-progress");
  if (total !== null && total > 0 && open) useWorkbench.setState({ waitingRound: round });
  else await showRound(null);
}
