import { Tooltip, UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { KeyCap } from "../components/key-cap.tsx";
import { checkClassKey } from "../labelling/class-keys.ts";
import { keyLabel } from "../labelling/key-name.ts";
import { strings } from "../strings.ts";
import type { DraftClass } from "./draft-class.ts";
import classes from "./key-capture.module.css";

/** Takes the next key press as the class's key; says why when the key can't be had. Delete takes it away. */
export function KeyCapture(props: {
  entry: DraftClass;
  index: number;
  all: readonly DraftClass[];
  onChange: (key: string | null) => void;
}) {
  const { entry, index, all } = props;
  const [capturing, setCapturing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  function stop(): void {
    setCapturing(false);
    setProblem(null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!capturing || event.key === "Tab" || event.key === "Shift") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") {
      stop();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      props.onChange(null);
      stop();
    } else {
      const check = checkClassKey(event.nativeEvent, all, index);
      if (check.ok) {
        props.onChange(check.key);
        stop();
      } else {
        setProblem(check.problem);
      }
    }
  }

  const label = entry.key ? keyLabel(entry.key) : strings.taxonomy.noKey;
  return (
    <Tooltip
      opened={capturing}
      label={problem ?? strings.taxonomy.pressKey}
      classNames={{ tooltip: (problem ? classes.refusal : classes.hint) ?? "" }}
      position="right"
      multiline
      maw={260}
    >
      <UnstyledButton
        className={classes.capture}
        data-capturing={capturing || undefined}
        aria-label={strings.taxonomy.keyOf(entry.name, label)}
        aria-live="polite"
        onClick={() => setCapturing(true)}
        onKeyDown={onKeyDown}
        onBlur={stop}
      >
        {capturing ? "…" : entry.key ? <KeyCap name={entry.key} /> : "–"}
        <span className={classes.problem} role="alert">
          {problem}
        </span>
      </UnstyledButton>
    </Tooltip>
  );
}
