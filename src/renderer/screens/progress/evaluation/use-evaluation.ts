import { useEffect, useState } from "react";
import type { EvaluationSummary } from "../../../../shared/domain/evaluation.ts";
import type { CurvePoint, Round } from "../../../../shared/domain/project.ts";
import { presentError } from "../../../feedback/present-error.tsx";
import { useApp } from "../../../state/app-store.ts";
import { useJobs } from "../../../state/jobs-store.ts";
import { call } from "../../../state/session.ts";

/** The project's evaluation, again after each model, comparison and confirmed patch; null until it is there. */
export function useEvaluation(
  rounds: readonly Round[],
  curve: readonly CurvePoint[],
): EvaluationSummary | null {
  const [evaluation, setEvaluation] = useState<EvaluationSummary | null>(null);
  const confirmed = useApp((app) => app.project?.counts.confirmed ?? 0);
  const compared = useJobs(
    ({ jobs }) => jobs.filter((job) => job.kind === "compare" && job.state === "done").length,
  );
  const state = `${rounds.length} ${curve.at(-1)?.modelId} ${confirmed} ${compared}`;
  useEffect(() => {
    let current = state;
    call("evaluation.summary").then((summary) => {
      if (current === state) setEvaluation(summary);
    }, presentError);
    return () => {
      current = "";
    };
  }, [state]);
  return evaluation;
}
