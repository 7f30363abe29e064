import { KeyCap } from "../components/key-cap.tsx";
import { useWorkbench } from "../state/workbench-store.ts";
import { strings } from "../strings.ts";
import classes from "./prefix-hint.module.css";

/** Says that the next class key sets another state than "present". */
export function PrefixHint() {
  const prefix = useWorkbench((bench) => bench.prefix);
  if (!prefix) return null;
  return (
    <div className={classes.hint} role="status">
      <span>{strings.label.prefix[prefix]}</span>
      <KeyCap name="escape" />
    </div>
  );
}
