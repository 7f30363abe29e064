import { Button } from "@mantine/core";
import type { EvaluationSummary } from "../../../../shared/domain/evaluation.ts";
import { number } from "../../../components/format.ts";
import { JobProgress } from "../../../feedback/job-progress.tsx";
import { reporting } from "../../../feedback/present-error.tsx";
import { useApp } from "../../../state/app-store.ts";
import { useJobs } from "../../../state/jobs-store.ts";
import { call } from "../../../state/session.ts";
import { strings } from "../../../strings.ts";
import classes from "./evaluation-panel.module.css";
import { Finding } from "./finding.tsx";

/** What active learning gained over labelling at random, and the button that finds out. */
export function RandomGain({ evaluation }: { evaluation: EvaluationSummary }) {
  const { comparison, comparisonNeeds } = evaluation;
  const text = strings.evaluation.gain;
  const comparing = useJobs(({ jobs }) =>
    jobs.find((job) => job.kind === "compare" && job.state === "running"),
  );
  const busy = useJobs(({ jobs }) =>
    jobs.some((job) => (job.kind === "train" || job.kind === "round") && job.state === "running"),
  );
  const readOnly = useApp((app) => app.project?.readOnly ?? false);

  if (comparing) {
    return (
      <Finding name={text.name} help="">
        <JobProgress job={comparing} title={text.compare} />
      </Finding>
    );
  }
  if (!comparison && comparisonNeeds) {
    const { what, have, needed } = comparisonNeeds;
    return <Finding name={text.name} help={text.needs[what](number(have), number(needed))} />;
  }
  const button = !comparisonNeeds && !readOnly && (
    <div className={classes.action}>
      <Button variant="default" disabled={busy} onClick={() => reporting(call("evaluation.compare"))}>
        {comparison ? text.again : text.compare}
      </Button>
    </div>
  );
  if (!comparison) {
    return (
      <Finding name={text.name} help={text.ask}>
        {button}
      </Finding>
    );
  }
  const { gain, start, added, samples, source, outdated } = comparison;
  const help = [
    text.help(number(start), number(added), number(samples)),
    source === "val" && text.fromVal,
    outdated && text.outdated,
  ].filter((sentence) => typeof sentence === "string");
  return (
    <Finding
      name={text.name}
      value={strings.evaluation.points(gain.value)}
      range={gain.interval ? strings.evaluation.pointRange(gain.interval.low, gain.interval.high) : undefined}
      help={help.join(" ")}
    >
      {outdated && button}
    </Finding>
  );
}
