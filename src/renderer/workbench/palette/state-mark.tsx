import classes from "./state-mark.module.css";

/** A class's state as a mark in its colour: filled, ruled out, in question, suggested, or open. */
export function StateMark({ state }: { state: "present" | "absent" | "unsure" | "none" | "suggested" }) {
  return (
    <svg
      className={classes.mark}
      data-state={state}
      viewBox="0 0 14 14"
      width="14"
      height="14"
      aria-hidden="true"
    >
      <rect className={classes.box} x="1" y="1" width="12" height="12" rx="2.5" />
      {state === "present" && <path className={classes.stroke} d="M3.8 7.3 6.1 9.6 10.3 4.8" />}
      {state === "absent" && <path className={classes.stroke} d="M4.2 4.2 9.8 9.8 M9.8 4.2 4.2 9.8" />}
      {state === "suggested" && <rect className={classes.dot} x="4.5" y="4.5" width="5" height="5" rx="1" />}
      {state === "unsure" && (
        <text className={classes.question} x="7" y="10.6" textAnchor="middle">
          ?
        </text>
      )}
    </svg>
  );
}
