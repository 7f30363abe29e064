import { Button, Group, NumberInput, Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";
import type { OptionValues } from "../../shared/domain/learning.ts";
import { EncoderHelp, EncoderSelect } from "../components/encoder-select.tsx";
import { OptionFields } from "../components/option-fields.tsx";
import { ErrorPanel } from "../feedback/error-panel.tsx";
import { presentError } from "../feedback/present-error.tsx";
import { saveSettings } from "../state/app-actions.ts";
import { useApp } from "../state/app-store.ts";
import { closeDialog } from "../state/dialog-store.ts";
import { loadEngine, useEngine } from "../state/engine-store.ts";
import { useRounds } from "../state/rounds-store.ts";
import { call } from "../state/session.ts";
import { strings } from "../strings.ts";
import { firstFunction } from "./first-function.ts";
import { FunctionChoice } from "./function-choice.tsx";
import classes from "./next-round-form.module.css";

/** Rounds with the larger control share. */
const EARLY_ROUNDS = 5;

/** What the next round proposes, and how many. */
export function NextRoundForm() {
  const project = useApp((app) => app.project);
  const { status, error, queryFunctions } = useEngine();
  const roundNumber = useRounds(({ rounds }) => rounds.length);
  const trainable = (project?.counts.training ?? 0) > 0;
  const [chosen, setChosen] = useState<string | null>(null);
  const [options, setOptions] = useState<OptionValues>({});
  const [budget, setBudget] = useState(project?.settings.budget ?? 20);
  const [encoder, setEncoder] = useState(project?.settings.encoder ?? "");
  const [starting, setStarting] = useState(false);
  useEffect(() => void loadEngine(), []);

  if (status === "failed") return <ErrorPanel error={error} onRetry={() => void loadEngine()} />;
  if (!project || status !== "ready") return <Loading />;
  const selected = chosen ?? firstFunction(queryFunctions, project.settings.queryFunction, trainable);
  const entry = queryFunctions.find((candidate) => candidate.id === selected);
  const { controlShareEarly, controlShareLate } = project.settings;
  const hasValidation = project.counts.splits.val > 0;
  const control = Math.round(budget * (roundNumber < EARLY_ROUNDS ? controlShareEarly : controlShareLate));

  async function start(): Promise<void> {
    if (!entry || !project) return;
    setStarting(true);
    try {
      await saveSettings({ encoder, budget, ...(chosen === null ? {} : { queryFunction: chosen }) });
      await call("rounds.next", { function: entry.id, options, budget });
      closeDialog();
    } catch (problem) {
      presentError(problem);
      setStarting(false);
    }
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <FunctionChoice
        functions={queryFunctions}
        trainable={trainable}
        value={selected}
        onChange={(id) => {
          setChosen(id);
          setOptions({});
        }}
      />
      {entry && <OptionFields schema={entry.options} values={options} onChange={setOptions} />}
      <div className={classes.row}>
        <NumberInput
          data-autofocus
          label={strings.round.budget}
          min={1}
          max={10_000}
          value={budget}
          onChange={(value) => typeof value === "number" && setBudget(value)}
        />
        <EncoderSelect value={encoder} onChange={setEncoder} />
      </div>
      <EncoderHelp encoder={encoder} className={classes.control} />
      <p className={classes.control}>
        {control === 0
          ? strings.round.noControl
          : hasValidation
            ? strings.round.validation(control)
            : strings.round.control(control, budget)}
      </p>
      <Group justify="flex-end">
        <Button variant="default" onClick={closeDialog}>
          {strings.cancel}
        </Button>
        <Button type="submit" loading={starting} disabled={!entry}>
          {strings.round.start}
        </Button>
      </Group>
    </form>
  );
}

function Loading() {
  return (
    <div className={classes.form} aria-busy="true">
      <p className={classes.control}>{strings.engine.starting}</p>
      <Skeleton height={56} />
      <Skeleton height={56} />
      <Skeleton height={56} />
    </div>
  );
}
