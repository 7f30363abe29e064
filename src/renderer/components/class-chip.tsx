import type { CSSProperties } from "react";
import type { TaxonomyClass } from "../../shared/domain/taxonomy.ts";
import { strings } from "../strings.ts";
import classes from "./class-chip.module.css";

export type ChipState = "present" | "absent" | "unsure" | "suggested";

/** A class in one state on a patch. `dot` shows its colour only, where there is no room for the name. */
export function ClassChip(props: {
  entry: TaxonomyClass;
  state: ChipState;
  probability?: number;
  dot?: boolean;
}) {
  const { entry, state, probability } = props;
  // A custom property is not among React's style properties.
  const style = { "--class-color": entry.color } as CSSProperties;
  const title = `${entry.name}: ${strings.label.state[state]}`;
  if (props.dot) return <span className={classes.dot} data-state={state} style={style} title={title} />;
  return (
    <span className={classes.chip} data-state={state} style={style} title={title}>
      <span className={classes.swatch} />
      <span className={classes.name}>{entry.name}</span>
      {state === "unsure" && <span className={classes.mark}>?</span>}
      {probability !== undefined && <span className={classes.number}>{Math.round(probability * 100)}</span>}
      {probability !== undefined && (
        <span className={classes.bar} style={{ width: `${probability * 100}%` }} />
      )}
    </span>
  );
}
