import { keyLabel } from "../labelling/key-name.ts";
import classes from "./key-cap.module.css";

/** A key as it looks on a keyboard. Decoration: the control beside it carries the name. */
export function KeyCap({ name, dim = false }: { name: string; dim?: boolean }) {
  return (
    <span className={classes.cap} data-dim={dim || undefined} aria-hidden="true">
      {keyLabel(name)}
    </span>
  );
}
