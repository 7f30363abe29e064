import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { LabelState } from "../../../shared/domain/labels.ts";
import { useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import { focusGrid } from "../grid/focus-grid.ts";
import classes from "./palette.module.css";

/** Finds a class by letters: up and down choose, enter labels and goes back to the pictures. */
export function PaletteSearch(props: {
  value: string;
  /** Name of the class that enter would label; undefined when none is found. */
  active: string | undefined;
  onChange: (value: string) => void;
  onStep: (step: 1 | -1) => void;
  onTake: (state: LabelState) => void;
}) {
  const searching = useWorkbench((bench) => bench.searching);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (searching) input.current?.focus();
  }, [searching]);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        props.onStep(event.key === "ArrowDown" ? 1 : -1);
        break;
      case "Enter":
        event.preventDefault();
        props.onTake(event.altKey ? "absent" : event.shiftKey ? "unsure" : "present");
        leave();
        break;
      case "Escape":
        leave();
        break;
    }
  }

  function leave(): void {
    props.onChange("");
    input.current?.blur();
    focusGrid();
  }

  return (
    <div className={classes.search}>
      <TextInput
        ref={input}
        placeholder={strings.label.findClass}
        aria-label={strings.label.findClass}
        leftSection={<IconSearch size={14} />}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => useWorkbench.setState({ searching: false })}
      />
      {props.value !== "" && props.active !== undefined && (
        <p className={classes.searchHint} role="status">
          {strings.label.enterLabels(props.active)}
        </p>
      )}
    </div>
  );
}
