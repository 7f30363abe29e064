import type { RegistryEntry } from "../../shared/domain/learning.ts";
import { strings } from "../strings.ts";
import classes from "./function-choice.module.css";

/** Query functions with what they do in plain words; those that need a model wait for labels. */
export function FunctionChoice(props: {
  functions: readonly RegistryEntry[];
  trainable: boolean;
  value: string | null;
  onChange: (id: string) => void;
}) {
  return (
    <fieldset className={classes.choice}>
      <legend>{strings.round.function}</legend>
      <div className={classes.list}>
        {props.functions.map((entry) => {
          const possible = props.trainable || !entry.needsModel;
          return (
            <label key={entry.id} className={classes.option} data-impossible={!possible || undefined}>
              <input
                type="radio"
                name="query-function"
                value={entry.id}
                checked={props.value === entry.id}
                disabled={!possible}
                onChange={() => props.onChange(entry.id)}
              />
              <span className={classes.words}>
                <span className={classes.name}>{entry.name}</span>
                <span className={classes.text}>
                  {possible ? entry.description : strings.round.needsLabels}
                </span>
                {entry.reference && props.value === entry.id && (
                  <span className={classes.reference}>{entry.reference}</span>
                )}
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
