import type { ReactNode } from "react";
import classes from "./evaluation-panel.module.css";

/** One number with its interval, what it is and what to do about it. */
export function Finding(props: {
  name: string;
  /** Missing while there is none. */
  value?: string | undefined;
  range?: string | undefined;
  help: string;
  children?: ReactNode;
}) {
  return (
    <div className={classes.finding}>
      <dt>{props.name}</dt>
      <dd className={classes.figures}>
        <span className={classes.value}>{props.value ?? "–"}</span>
        {props.range && <span className={classes.range}>{props.range}</span>}
      </dd>
      <dd className={classes.help}>
        {props.help}
        {props.children}
      </dd>
    </div>
  );
}
