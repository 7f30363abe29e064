import type { CSSProperties } from "react";
import type { PatchItem } from "../../../shared/domain/project.ts";
import { toggle } from "../../labelling/label-commands.ts";
import { useRounds } from "../../state/rounds-store.ts";
import { strings } from "../../strings.ts";
import { useClassIndex } from "../class-index.ts";
import { usePatchList } from "../workbench-context.ts";
import classes from "./predictions.module.css";
import { Section } from "./section.tsx";

const SHOWN = 8;
/** A model of fewer labelled patches guesses more than it knows. */
const FEW_LABELS = 50;

/** The newest model's probabilities, most probable class first. */
export function Predictions({ patch }: { patch: PatchItem }) {
  const list = usePatchList();
  const index = useClassIndex();
  const labeled = useRounds(({ curve }) => curve.at(-1)?.labeled ?? null);
  if (!patch.probabilities) return null;
  const sorted = Object.entries(patch.probabilities)
    .map(([classId, probability]) => ({ entry: index.get(Number(classId)), probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, SHOWN);
  return (
    <Section title={strings.inspector.predictions}>
      {labeled !== null && labeled < FEW_LABELS && (
        <p className={classes.few}>{strings.inspector.fewLabels(String(labeled))}</p>
      )}
      <ul className={classes.list}>
        {sorted.map(({ entry, probability }) => {
          if (!entry) return null;
          const state = patch.labels[entry.id];
          // A custom property is not among React's style properties.
          const style = { "--class-color": entry.color, "--share": `${probability * 100}%` } as CSSProperties;
          return (
            <li key={entry.id}>
              <button
                type="button"
                className={classes.row}
                style={style}
                data-decided={state !== undefined || undefined}
                aria-label={strings.inspector.prediction(entry.name, Math.round(probability * 100))}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => toggle(list.targets(), entry.id, "present")}
              >
                <span className={classes.name}>{entry.name}</span>
                <span className={classes.track}>
                  <span className={classes.bar} />
                </span>
                <span className={classes.value}>{Math.round(probability * 100)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
