import type { Icon } from "@tabler/icons-react";
import classes from "./start-action.module.css";

/** A way to begin. */
export function StartAction(props: {
  icon: Icon;
  title: string;
  text: string;
  primary?: boolean;
  disabled?: boolean;
  onClick: () => void;
}) {
  const { icon: IconOf } = props;
  return (
    <button
      type="button"
      className={classes.action}
      data-primary={props.primary || undefined}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <span className={classes.icon}>
        <IconOf size={20} stroke={1.6} />
      </span>
      <span>
        <span className={classes.title}>{props.title}</span>
        <span className={classes.text}>{props.text}</span>
      </span>
    </button>
  );
}
