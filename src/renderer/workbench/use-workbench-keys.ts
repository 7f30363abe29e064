import { useEffect } from "react";
import { type KeyCommand, pressKey } from "../labelling/keyboard.ts";
import { useApp } from "../state/app-store.ts";
import { useDialog } from "../state/dialog-store.ts";
import type { PatchList } from "../state/patch-list.ts";
import { useWorkbench } from "../state/workbench-store.ts";
import { classOfKey } from "./class-index.ts";
import { runCommand } from "./run-command.ts";

/** Text goes to text fields, and a focused control keeps the keys that work it. */
function belongsToControl(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("input:not([type=range]), textarea, select, [role=menu]"))
    return true;
  if (target.closest("[role=slider], [role=radiogroup], [role=tablist], input[type=range]"))
    return key.startsWith("Arrow") || key === "Home" || key === "End";
  return target.closest("button, a, [role=button]") !== null && (key === "Enter" || key === " ");
}

/** Listens to the whole window, so that labelling goes on wherever the mouse was last. */
export function useWorkbenchKeys(list: PatchList): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || useDialog.getState().dialog) return;
      if (document.querySelector("[role=dialog]") || belongsToControl(event.target, event.key)) return;
      const classes = useApp.getState().project?.classes ?? [];
      const { prefix } = useWorkbench.getState();
      const result = pressKey(prefix, event, classOfKey(classes));
      if (result.prefix !== prefix) useWorkbench.setState({ prefix: result.prefix });
      if (!result.used) return;
      event.preventDefault();
      if (result.command && !(event.repeat && !repeats(result.command))) runCommand(result.command, list);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [list]);
}

/** A key that is held down moves and undoes on; it does not toggle a class on and off, or confirm a row of patches. */
function repeats(command: KeyCommand): boolean {
  return (
    command.kind === "move" ||
    (command.kind === "command" && ["undo", "redo", "back", "larger", "smaller"].includes(command.name))
  );
}
