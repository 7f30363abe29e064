import type { EvaluationSummary } from "../../../../shared/domain/evaluation.ts";
import { number, percent } from "../../../components/format.ts";
import { strings } from "../../../strings.ts";
import screen from "../progress-screen.module.css";
import classes from "./evaluation-panel.module.css";
import { Finding } from "./finding.tsx";
import { RandomGain } from "./random-gain.tsx";

/** Share of the pool from which on it matters what queries took out of it. */
const MUCH_QUERIED = 0.2;

/** Whether more rounds are worth it: what they promise, what still changes, and what active learning gained. */
export function EvaluationPanel({ evaluation }: { evaluation: EvaluationSummary }) {
  const { stability, source, skipped, queriedShare } = evaluation;
  const text = strings.evaluation;
  return (
    <section className={screen.section} aria-label={text.title}>
      <div className={screen.sectionHead}>
        <h2>{text.title}</h2>
      </div>
      <p className={classes.verdict} data-verdict={evaluation.verdict}>
        {verdictOf(evaluation)}
      </p>
      <dl className={classes.findings}>
        <Expected evaluation={evaluation} />
        {stability ? (
          <Finding
            name={text.flips.name}
            value={text.flips.value(percent(stability.flipped))}
            range={stability.kappa === null ? undefined : text.flips.kappa(stability.kappa.toFixed(3))}
            help={text.flips.help(number(stability.patches))}
          />
        ) : (
          <Finding name={text.flips.name} help={text.flips.none} />
        )}
        <RandomGain evaluation={evaluation} />
      </dl>
      {skipped > 0 && <p className={classes.caution}>{text.caution.skipped(number(skipped))}</p>}
      {source === "control" && queriedShare >= MUCH_QUERIED && (
        <p className={classes.caution}>{text.caution.queried(percent(queriedShare, 0))}</p>
      )}
    </section>
  );
}

function verdictOf({ expected, verdict }: EvaluationSummary): string {
  const text = strings.evaluation;
  const next = expected.find(({ rounds }) => rounds === 1);
  if (!next?.gain.interval) return text.verdict[verdict];
  const { value, interval } = next.gain;
  const range = text.pointRange(interval.low, interval.high);
  return `${text.next.sentence(number(next.patches), text.added(value), range)} ${text.verdict[verdict]}`;
}

function Expected({ evaluation }: { evaluation: EvaluationSummary }) {
  const { expected, gainNeeds, samples, needed } = evaluation;
  const text = strings.evaluation;
  if (expected.length === 0) {
    const help =
      gainNeeds === "samples"
        ? text.next.needs.samples(number(samples), number(needed))
        : text.next.needs.models;
    return <Finding name={text.next.name(5, "–")} help={help} />;
  }
  const ahead = expected.filter(({ rounds }) => rounds > 1);
  return ahead.map(({ rounds, patches, gain }) => (
    <Finding
      key={rounds}
      name={text.next.name(rounds, number(patches))}
      value={text.points(gain.value)}
      range={gain.interval ? text.pointRange(gain.interval.low, gain.interval.high) : undefined}
      help={text.next.help}
    />
  ));
}
