import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";
import type { CurvePoint } from "../../../shared/domain/project.ts";
import { EmptyState } from "../../feedback/empty-state.tsx";
import { JobProgress } from "../../feedback/job-progress.tsx";
import { presentError } from "../../feedback/present-error.tsx";
import { navigate } from "../../state/app-actions.ts";
import { useApp } from "../../state/app-store.ts";
import { useJobs } from "../../state/jobs-store.ts";
import { loadRounds, useRounds } from "../../state/rounds-store.ts";
import { strings } from "../../strings.ts";
import { ClassTable } from "./class-table.tsx";
import { CurveChart } from "./curve-chart.tsx";
import { EvaluationPanel } from "./evaluation/evaluation-panel.tsx";
import { useEvaluation } from "./evaluation/use-evaluation.ts";
import { Headline } from "./headline.tsx";
import { latestByLabels } from "./latest-by-labels.ts";
import classes from "./progress-screen.module.css";
import { RoundTable } from "./round-table.tsx";
import { TrainButton } from "./train-button.tsx";

/** How good the classifier has become, and on which evidence that is said. */
export function ProgressScreen() {
  const { loaded, rounds, curve } = useRounds();
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => void loadRounds().catch(presentError), []);
  const training = useJobs(({ jobs }) => jobs.find((job) => job.kind === "train" && job.state === "running"));
  const evaluation = useEvaluation(rounds, curve);
  const trainable = useApp((app) => (app.project?.counts.training ?? 0) > 0);
  const measured = latestByLabels(curve.filter((point) => point.metrics !== null));
  const shown = measured.find((point) => point.modelId === chosen) ?? measured.at(-1);

  if (!loaded) return <Loading />;
  if (curve.length === 0 && rounds.length === 0 && training) {
    const title = strings.progress.trainingTitle;
    return <EmptyState title={title} actions={<JobProgress job={training} title={title} />} />;
  }
  if (curve.length === 0 && rounds.length === 0) {
    return (
      <EmptyState
        title={strings.progress.emptyTitle}
        actions={
          trainable ? (
            <TrainButton primary />
          ) : (
            <Button onClick={() => navigate("label")}>{strings.progress.toLabel}</Button>
          )
        }
      >
        {trainable ? strings.progress.trainText : strings.progress.emptyText}
      </EmptyState>
    );
  }
  return (
    <div className={classes.screen}>
      <div className={classes.main}>
        <Headline
          points={measured}
          shown={shown}
          hasModel={curve.length > 0}
          current={evaluation?.current ?? null}
        />
        <section className={classes.section} aria-label={strings.progress.curve}>
          <div className={classes.sectionHead}>
            <h2>{strings.progress.curve}</h2>
            <TrainButton />
          </div>
          {measured.length > 0 ? (
            <CurveChart points={measured} measured={evaluation?.curve ?? []} />
          ) : (
            <p className={classes.none}>{strings.progress.noMetrics}</p>
          )}
        </section>
        {evaluation && curve.length > 0 && <EvaluationPanel evaluation={evaluation} />}
        {shown && (
          <section className={classes.section} aria-label={strings.progress.classes}>
            <div className={classes.sectionHead}>
              <h2>{strings.progress.classes}</h2>
              <ModelPicker points={measured} shown={shown} onChoose={setChosen} />
            </div>
            <ClassTable
              point={shown}
              estimates={shown === measured.at(-1) ? (evaluation?.current?.perClass ?? []) : []}
            />
          </section>
        )}
      </div>
      <aside className={classes.side}>
        <h2>{strings.progress.rounds}</h2>
        <RoundTable rounds={rounds} curve={curve} />
      </aside>
    </div>
  );
}

function ModelPicker(props: {
  points: readonly CurvePoint[];
  shown: CurvePoint;
  onChoose: (modelId: string) => void;
}) {
  if (props.points.length < 2) return null;
  return (
    <SegmentedControl
      aria-label={strings.progress.model}
      value={props.shown.modelId}
      data={props.points.slice(-8).map((point) => ({
        value: point.modelId,
        label: strings.progress.labels(point.labeled),
      }))}
      onChange={props.onChoose}
    />
  );
}

function Loading() {
  return (
    <div className={classes.screen} aria-busy="true">
      <div className={classes.main}>
        <Skeleton height={64} mb={24} />
        <Skeleton height={300} mb={24} />
        <Skeleton height={240} />
      </div>
    </div>
  );
}
