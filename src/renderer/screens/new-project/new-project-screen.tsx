import { Button } from "@mantine/core";
import { IconArrowLeft, IconCheck } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { DEFAULT_SPLIT_REQUEST } from "../../../shared/domain/splits.ts";
import { baseName } from "../../components/format.ts";
import { reporting } from "../../feedback/present-error.tsx";
import { navigate, openProject } from "../../state/app-actions.ts";
import { useApp } from "../../state/app-store.ts";
import { jobEnded } from "../../state/jobs-store.ts";
import { call } from "../../state/session.ts";
import { strings } from "../../strings.ts";
import { toClassInputs } from "../../taxonomy-editor/draft-class.ts";
import { ClassesStep } from "./classes-step.tsx";
import { CreatingPanel } from "./creating-panel.tsx";
import { type ChangeDraft, type Draft, EMPTY_DRAFT, problemOfStep, STEPS, type Step } from "./draft.ts";
import { ImageryStep } from "./imagery-step.tsx";
import { drawsSplits, takenArchive } from "./known-archive.ts";
import classes from "./new-project-screen.module.css";
import { PatchesStep } from "./patches-step.tsx";
import { ProjectStep } from "./project-step.tsx";

/** From a folder of imagery to a project, in four steps that can be gone through in any order. */
export function NewProjectScreen() {
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [step, setStep] = useState<Step>("imagery");
  const [jobId, setJobId] = useState<string | null>(null);
  const at = STEPS.indexOf(step);
  const problem = problemOfStep(draft, step);
  const unfinished = STEPS.find((candidate) => problemOfStep(draft, candidate) !== null);

  function change(changes: Parameters<ChangeDraft>[0]): void {
    setDraft((before) => ({ ...before, ...(typeof changes === "function" ? changes(before) : changes) }));
  }

  async function create(): Promise<void> {
    const { parent, name, kind, source, grid } = draft;
    const input = { parent: parent.trim(), name: name.trim(), kind, source, grid };
    const started = await call("projects.create", {
      ...input,
      classes: toClassInputs(draft.classes),
      importKnown: takenArchive(draft) !== null,
      splits: drawsSplits(draft) ? DEFAULT_SPLIT_REQUEST : null,
    });
    setJobId(started.jobId);
    const job = await jobEnded(started.jobId);
    setJobId(null);
    if (job.state !== "done") return;
    if (job.output && useApp.getState().project?.folder !== job.output) await openProject(job.output);
    navigate("label");
  }

  if (jobId) return <CreatingPanel jobId={jobId} name={draft.name} />;
  return (
    <div className={classes.screen}>
      <nav className={classes.steps} aria-label={strings.newProject.steps}>
        <h1 className={classes.heading}>{strings.newProject.title}</h1>
        <ol>
          {STEPS.map((candidate, index) => (
            <li key={candidate}>
              <button
                type="button"
                className={classes.step}
                aria-current={candidate === step ? "step" : undefined}
                onClick={() => setStep(candidate)}
              >
                <span className={classes.number} data-done={stepDone(draft, candidate) || undefined}>
                  {stepDone(draft, candidate) ? <IconCheck size={13} stroke={2.5} /> : index + 1}
                </span>
                <span>
                  <span className={classes.stepName}>{strings.newProject.step[candidate]}</span>
                  <span className={classes.stepText}>{summary(draft, candidate)}</span>
                </span>
              </button>
            </li>
          ))}
        </ol>
        <Button
          className={classes.leave ?? ""}
          variant="subtle"
          color="gray"
          justify="flex-start"
          leftSection={<IconArrowLeft size={16} />}
          onClick={() => navigate("start")}
        >
          {strings.newProject.leave}
        </Button>
      </nav>
      <div className={classes.main}>
        <div className={classes.content}>
          <div className={classes.inner}>
            <StepHeading title={strings.newProject.heading[step]}>
              {strings.newProject.text[step]}
            </StepHeading>
            <StepContent step={step} draft={draft} change={change} />
          </div>
        </div>
        <footer className={classes.footer}>
          <span className={classes.problem} role="status">
            {problem}
          </span>
          <Button
            variant="default"
            size="sm"
            disabled={at === 0}
            onClick={() => setStep(STEPS[at - 1] ?? "imagery")}
          >
            {strings.newProject.back}
          </Button>
          {step === "project" ? (
            <Button
              size="sm"
              disabled={unfinished !== undefined}
              onClick={() => {
                reporting(create());
              }}
            >
              {strings.newProject.create}
            </Button>
          ) : (
            <Button size="sm" disabled={problem !== null} onClick={() => setStep(STEPS[at + 1] ?? "project")}>
              {strings.newProject.next}
            </Button>
          )}
        </footer>
      </div>
    </div>
  );
}

function StepContent(props: { step: Step; draft: Draft; change: ChangeDraft }) {
  const { step, draft, change } = props;
  switch (step) {
    case "imagery":
      return <ImageryStep draft={draft} change={change} />;
    case "patches":
      return <PatchesStep draft={draft} change={change} />;
    case "classes":
      return <ClassesStep draft={draft} change={change} />;
    case "project":
      return <ProjectStep draft={draft} change={change} />;
  }
}

function StepHeading({ title, children }: { title: string; children: ReactNode }) {
  return (
    <header className={classes.stepHeading}>
      <h2>{title}</h2>
      <p>{children}</p>
    </header>
  );
}

/** The patches step is done by its defaults once there is imagery to cut. */
function stepDone(draft: Draft, step: Step): boolean {
  return problemOfStep(draft, step) === null && (step !== "patches" || draft.preview !== null);
}

function summary(draft: Draft, step: Step): string {
  switch (step) {
    case "imagery":
      return draft.source === "" ? "" : baseName(draft.source);
    case "patches":
      if (!draft.preview) return "";
      return draft.grid.patchSize === "whole"
        ? strings.newProject.wholeFiles
        : strings.newProject.windows(draft.grid.patchSize);
    case "classes":
      return draft.classes.length === 0 ? "" : strings.newProject.classCount(draft.classes.length);
    case "project":
      return draft.name;
  }
}
