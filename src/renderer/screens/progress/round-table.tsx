import type { CurvePoint, Round } from "../../../shared/domain/project.ts";
import { dateTime, percent } from "../../components/format.ts";
import { reporting } from "../../feedback/present-error.tsx";
import { navigate } from "../../state/app-actions.ts";
import { useEngine } from "../../state/engine-store.ts";
import { showRound } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import classes from "./round-table.module.css";

/** All rounds, newest first; a click shows a round's patches. */
export function RoundTable({ rounds, curve }: { rounds: readonly Round[]; curve: readonly CurvePoint[] }) {
  const functions = useEngine((engine) => engine.queryFunctions);
  if (rounds.length === 0) return <p className={classes.none}>{strings.progress.noRounds}</p>;
  const newest = Math.max(...rounds.map((round) => round.number));
  return (
    <ol className={classes.rounds}>
      {rounds.toReversed().map((round) => {
        const total = round.patchIds.length;
        const name = functions.find((entry) => entry.id === round.function)?.name ?? round.function;
        const micro = curve.find((point) => point.modelId === round.modelId)?.metrics?.microF1;
        return (
          <li key={round.number}>
            <button
              type="button"
              className={classes.round}
              title={dateTime(round.createdAt)}
              onClick={() => {
                reporting(showRound(round.number === newest ? null : round.number));
                navigate("label");
              }}
            >
              <span className={classes.number}>{round.number}</span>
              <span className={classes.name}>{name}</span>
              <span className={classes.done}>{strings.round.done(String(round.done), String(total))}</span>
              <span className={classes.detail}>
                {round.modelId === null
                  ? strings.progress.withoutModel
                  : micro === undefined
                    ? strings.progress.withModel
                    : strings.progress.withModelOf(percent(micro))}
              </span>
              <span className={classes.bar}>
                <span style={{ width: `${total === 0 ? 0 : (round.done / total) * 100}%` }} />
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
