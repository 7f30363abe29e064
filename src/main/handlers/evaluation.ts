import type { EvaluationSummary } from "../../shared/domain/evaluation.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import { evaluateProject, evaluationKey, withComparison } from "../use-cases/evaluation.ts";
import { compareWithRandom } from "../use-cases/random-comparison.ts";
import type { Core, GroupHandlers } from "./core.ts";

/** What the control stream says; computed once for the same labels and models. */
export function evaluationHandlers({ workspace, jobs, engine, events }: Core): GroupHandlers<"evaluation"> {
  const kept = new WeakMap<ProjectStore, { key: string; summary: Promise<EvaluationSummary> }>();

  return {
    "evaluation.summary": async () => {
      const { store } = workspace.require();
      const key = evaluationKey(store);
      const before = kept.get(store);
      if (before?.key === key) return withComparison(store, await before.summary);
      const summary = evaluateProject(store);
      kept.set(store, { key, summary });
      summary.catch(() => kept.delete(store));
      return summary;
    },
    "evaluation.compare": () => {
      const { store } = workspace.require();
      const jobId = jobs.start(
        { kind: "compare", title: "Comparison with random labelling", lane: "learning" },
        async (work) => {
          const { gain, added } = await compareWithRandom(store, engine, work);
          events.emit("rounds", { round: store.currentRound() });
          return {
            message: `${added} actively chosen labels against as many random ones: ${inPoints(gain.value)} points of micro F1.`,
          };
        },
      );
      return { jobId };
    },
  };
}

function inPoints(gain: number): string {
  return `${gain < 0 ? "−" : "+"}${Math.abs(100 * gain).toFixed(1)}`;
}
