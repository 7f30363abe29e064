import { Button, Progress } from "@mantine/core";
import type { Progress as CallProgressState } from "../../shared/rpc/contract.ts";
import { strings } from "../strings.ts";
import classes from "./call-progress.module.css";

/** How far a call is that can be cancelled. */
export function CallProgress(props: { progress: CallProgressState; title: string; onCancel: () => void }) {
  const { done, total, message } = props.progress;
  return (
    <div className={classes.call} role="status">
      <Progress
        size={6}
        value={total > 0 ? (done / total) * 100 : 100}
        animated={total === 0}
        aria-label={props.title}
      />
      <div className={classes.line}>
        <span>{message || props.title}</span>
        <Button variant="subtle" color="gray" size="compact-xs" onClick={props.onCancel}>
          {strings.cancel}
        </Button>
      </div>
    </div>
  );
}
