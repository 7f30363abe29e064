import type { Estimate, ModelEstimate } from "../../../shared/domain/evaluation.ts";
import type { CurvePoint } from "../../../shared/domain/project.ts";
import { number, percent } from "../../components/format.ts";
import { strings } from "../../strings.ts";
import classes from "./headline.module.css";

/** Fewer patches than this say little. */
const FEW = 30;

/** The newest figures in large, and in plain words what they were computed on. */
export function Headline(props: {
  points: readonly CurvePoint[];
  shown: CurvePoint | undefined;
  hasModel: boolean;
  /** The newest model on everything that is labelled by now; null while that can't be said. */
  current: ModelEstimate | null;
}) {
  const newest = props.points.at(-1);
  const before = props.points.at(-2);
  if (!newest?.metrics) {
    return (
      <p className={classes.basis}>
        {props.hasModel ? strings.progress.unmeasured : strings.progress.noModel}
      </p>
    );
  }
  const { metrics } = newest;
  const few = metrics.samples < FEW;
  return (
    <div className={classes.headline}>
      <Figure
        name={strings.progress.microF1}
        value={metrics.microF1}
        interval={props.current?.microF1?.interval}
        change={before?.metrics ? metrics.microF1 - before.metrics.microF1 : null}
      />
      <Figure
        name={strings.progress.macroF1}
        value={metrics.macroF1}
        change={before?.metrics ? metrics.macroF1 - before.metrics.macroF1 : null}
      />
      <Figure name={strings.progress.mAP} value={metrics.mAP} change={null} />
      <div className={classes.words}>
        <p>
          {strings.progress.after(number(newest.labeled))}{" "}
          {strings.progress.basis[newest.metricSource](number(metrics.samples))}
        </p>
        {few && <p className={classes.caution}>{strings.progress.few}</p>}
      </div>
    </div>
  );
}

function Figure(props: {
  name: string;
  value: number | null;
  change: number | null;
  interval?: Estimate["interval"] | undefined;
}) {
  const points = props.change === null ? null : props.change * 100;
  return (
    <div className={classes.figure}>
      <div className={classes.name}>{props.name}</div>
      <div className={classes.value}>{percent(props.value)}</div>
      {props.interval && (
        <div className={classes.change} title={strings.evaluation.intervalHelp}>
          {strings.evaluation.interval(percent(props.interval.low), percent(props.interval.high))}
        </div>
      )}
      <div className={classes.change} data-direction={points !== null && points >= 0.05 ? "up" : undefined}>
        {points === null ? " " : strings.progress.change(points)}
      </div>
    </div>
  );
}
