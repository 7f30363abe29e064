import type { CurvePoint } from "../../shared/domain/project.ts";
import type { OpenProject } from "../open-project.ts";
import type { PredictionTable } from "../predictions.ts";
import { learnFromLabels } from "../use-cases/learning.ts";
import { runRound } from "../use-cases/rounds.ts";
import type { Core, GroupHandlers } from "./core.ts";

function curveOf({ store }: OpenProject): CurvePoint[] {
  return store.models().map((model) => ({
    round: model.round,
    modelId: model.id,
    labeled: model.labeled,
    function: model.function,
    metrics: model.metrics,
    metricSource: model.metricSource,
    trainSeconds: model.trainSeconds,
    createdAt: model.createdAt,
  }));
}

/** Rounds and trainings: one at a time, while labelling goes on. */
export function roundHandlers({ workspace, jobs, engine, events }: Core): GroupHandlers<"rounds"> {
  function announce(project: OpenProject, predictions: PredictionTable | null): void {
    if (predictions) project.takePredictions(predictions);
    workspace.announceCounts();
    events.emit("rounds", { round: project.store.currentRound() });
    events.emit("patches", { ids: "all" });
  }

  return {
    "rounds.next": ({ function: functionId, options, budget }) => {
      const project = workspace.require();
      const { store } = project;
      const number = (store.currentRound() ?? -1) + 1;
      const jobId = jobs.start(
        { kind: "round", title: `Round ${number}`, lane: "learning" },
        async (work) => {
          store.saveSettings({ queryFunction: functionId, budget });
          const { encoder } = store.project().settings;
          const round = await runRound(
            store,
            engine,
            { function: functionId, options, budget, encoder },
            work,
          );
          announce(project, round.predictions);
          return { message: `Round ${round.number}: ${round.items.length} patches to label.` };
        },
      );
      return { jobId };
    },
    "rounds.train": () => {
      const project = workspace.require();
      const { store } = project;
      const jobId = jobs.start({ kind: "train", title: "Training", lane: "learning" }, async (work) => {
        const { encoder } = store.project().settings;
        const { model, predictions } = await learnFromLabels(store, engine, { encoder }, work);
        announce(project, predictions);
        return { message: `Trained on ${model.labeled} patches.` };
      });
      return { jobId };
    },
    "rounds.list": () => {
      const project = workspace.require();
      const rounds = project.store.rounds().map(({ options: _options, ...round }) => round);
      return { rounds, curve: curveOf(project) };
    },
  };
}
