import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ProjectSummary } from "../../shared/domain/project.ts";
import type { SplitReport } from "../../shared/domain/splits.ts";
import { number } from "../components/format.ts";
import { ErrorPanel } from "../feedback/error-panel.tsx";
import { JobProgress } from "../feedback/job-progress.tsx";
import { presentError } from "../feedback/present-error.tsx";
import { EffectsNote, effectSentences } from "../splits/effects-note.tsx";
import { SplitFields } from "../splits/split-fields.tsx";
import { SplitPreviewPanel } from "../splits/split-preview-panel.tsx";
import { firstDraft, type SplitDraft, toRequest } from "../splits/split-request.ts";
import { useSplitPreview } from "../splits/use-split-preview.ts";
import { takeProject } from "../state/app-actions.ts";
import { jobEnded, useJobs } from "../state/jobs-store.ts";
import { call } from "../state/session.ts";
import { strings } from "../strings.ts";
import formClasses from "./settings-form.module.css";
import classes from "./settings-splits.module.css";

/** Pool, validation and test: how they are, and how they would be drawn anew. */
export function SplitSettings({ project }: { project: ProjectSummary }) {
  const text = strings.splitting;
  const [draft, setDraft] = useState<SplitDraft>(() => firstDraft(project.settings.seed));
  const [understood, setUnderstood] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [jobId, setJobId] = useState<string | null>(null);
  const [drawn, setDrawn] = useState(false);
  const job = useJobs(({ jobs }) => jobs.find(({ id }) => id === jobId));
  const { splits, confirmed, patches } = project.counts;
  const request = toRequest(draft);
  const { preview, stale, error } = useSplitPreview(request, JSON.stringify([splits, confirmed, patches]));
  const hasSplits = splits.none < patches;
  const sentences = removing
    ? [text.effect.removed]
    : preview?.effects
      ? effectSentences(preview.effects, preview.counts)
      : [];
  const agreed = understood || sentences.length === 0;

  function change(changes: Partial<SplitDraft>): void {
    setDraft({ ...draft, ...changes });
    setRemoving(false);
    setUnderstood(false);
    setDrawn(false);
  }

  async function draw(): Promise<void> {
    if (!request) return;
    try {
      const started = await call("splits.draw", { ...request, understood });
      setJobId(started.jobId);
      const ended = await jobEnded(started.jobId);
      setDrawn(ended.state === "done");
      setUnderstood(false);
    } catch (problem) {
      presentError(problem);
    } finally {
      setJobId(null);
    }
  }

  async function remove(): Promise<void> {
    try {
      takeProject(await call("splits.remove", { understood }));
      setRemoving(false);
      setUnderstood(false);
    } catch (problem) {
      presentError(problem);
    }
  }

  return (
    <>
      <Now project={project} hasSplits={hasSplits} />
      <div className={classes.columns}>
        <SplitFields
          draft={draft}
          suggestedBlockSize={preview?.suggestedBlockSize ?? null}
          disabled={project.readOnly || jobId !== null}
          onChange={change}
        />
        <div className={classes.result}>
          {error ? (
            <ErrorPanel error={error} />
          ) : (
            <SplitPreviewPanel preview={preview} stale={stale} method={draft.method} />
          )}
          {sentences.length > 0 && !project.readOnly && !drawn && (
            <EffectsNote sentences={sentences} understood={understood} onChange={setUnderstood} />
          )}
        </div>
      </div>
      <div className={classes.footer}>
        {jobId === null ? (
          <div className={formClasses.save}>
            <span className={formClasses.problem} role="status">
              {project.readOnly ? text.readOnly : removing ? text.removing : drawn ? text.drawn : ""}
            </span>
            {hasSplits && (
              <Button
                variant="default"
                disabled={project.readOnly || (removing && !agreed)}
                onClick={() => {
                  if (removing) void remove();
                  else {
                    setRemoving(true);
                    setUnderstood(false);
                    setDrawn(false);
                  }
                }}
              >
                {text.remove}
              </Button>
            )}
            {removing ? (
              <Button variant="default" onClick={() => setRemoving(false)}>
                {strings.cancel}
              </Button>
            ) : (
              <Button
                disabled={project.readOnly || !request || !preview || stale || !agreed || drawn}
                onClick={() => void draw()}
              >
                {text.draw}
              </Button>
            )}
          </div>
        ) : (
          <div className={classes.job}>
            <JobProgress job={job} title={text.drawing} />
          </div>
        )}
      </div>
    </>
  );
}

/** The splits that there are, and whether they leak. */
function Now({ project, hasSplits }: { project: ProjectSummary; hasSplits: boolean }) {
  const text = strings.splitting;
  const { splits } = project.counts;
  const version = JSON.stringify(splits);
  const [report, setReport] = useState<{ version: string; report: SplitReport | null } | null>(null);
  useEffect(() => {
    let wanted = true;
    if (!hasSplits) return;
    call("splits.current")
      .then((current) => wanted && setReport({ version, report: current }))
      .catch((error: unknown) => wanted && presentError(error));
    return () => {
      wanted = false;
    };
  }, [version, hasSplits]);
  if (!hasSplits) return <p className={classes.now}>{text.none}</p>;
  const leakage = report?.version === version ? report.report?.leakage : undefined;
  return (
    <p className={classes.now}>
      {text.now(number(splits.pool), number(splits.val), number(splits.test))}{" "}
      {leakage && (leakage.pairs === 0 ? text.tight : text.leaks(number(leakage.pairs)))}{" "}
      {splits.none > 0 && text.withoutSplit(number(splits.none))}
    </p>
  );
}
