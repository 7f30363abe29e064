import { number } from "../../components/format.ts";
import { strings } from "../../strings.ts";
import classes from "./round-progress.module.css";
import { useRoundState } from "./use-round-state.ts";

/** "Round 3 · 12 of 20", with a bar. */
export function RoundProgress() {
  const round = useRoundState();
  if (round.total === 0) return null;
  const done = round.confirmed + round.skipped;
  return (
    <div className={classes.progress}>
      <span className={classes.round}>{round.number === null ? "" : strings.round.number(round.number)}</span>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={strings.round.progress}
        aria-valuemin={0}
        aria-valuemax={round.total}
        aria-valuenow={done}
      >
        <span className={classes.confirmed} style={{ width: `${(round.confirmed / round.total) * 100}%` }} />
        <span className={classes.skipped} style={{ width: `${(round.skipped / round.total) * 100}%` }} />
      </div>
      <span className={classes.count} data-testid="round-progress">
        {strings.round.done(number(done), number(round.total))}
      </span>
    </div>
  );
}
