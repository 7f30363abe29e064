import { assertNever } from "../../shared/errors.ts";
import type { CommandName } from "../labelling/command-keys.ts";
import { moveInGrid } from "../labelling/grid-navigation.ts";
import type { KeyCommand } from "../labelling/keyboard.ts";
import {
  accept,
  confirm,
  copyFrom,
  goToNextOpen,
  markEmpty,
  toggle,
  toggleFlag,
  toggleSkip,
  travel,
} from "../labelling/label-commands.ts";
import { useApp } from "../state/app-store.ts";
import { openDialog } from "../state/dialog-store.ts";
import type { PatchList } from "../state/patch-list.ts";
import { useView } from "../state/view-store.ts";
import { useWorkbench } from "../state/workbench-store.ts";
import { PALETTE_SEARCH_ID } from "./palette/palette-search-id.ts";
import { resizeTiles, stepComposite } from "./view-commands.ts";

/** The patch that was confirmed last, for copying its labels. */
let lastConfirmed: number | null = null;

/** Does what a key asked for. */
export function runCommand(command: KeyCommand, list: PatchList): void {
  switch (command.kind) {
    case "move":
      return move(command, list);
    case "class":
      return toggle(list.targets(), command.classId, command.state);
    case "command":
      return run(command.name, list);
  }
}

function move(command: Extract<KeyCommand, { kind: "move" }>, list: PatchList): void {
  const { focus, total } = list.store.getState();
  const { columns, rows, large } = useWorkbench.getState();
  const grid = { columns: large ? 1 : columns, rows, total: total ?? 0 };
  const index = moveInGrid(focus, command.move, grid);
  if (command.extend) list.extendTo(index);
  else list.focus(index);
}

export function confirmAndNext(list: PatchList): void {
  const targets = list.targets();
  confirm(targets, true);
  lastConfirmed = targets.at(-1) ?? lastConfirmed;
  list.clearSelection();
  goToNextOpen(list);
}

function run(name: CommandName, list: PatchList): void {
  const targets = list.targets();
  switch (name) {
    case "accept":
      return accept(targets);
    case "acceptAndNext":
      accept(targets);
      return confirmAndNext(list);
    case "confirm":
      return confirmAndNext(list);
    case "reopen":
      return confirm(targets, false);
    case "back":
      return list.focus(list.store.getState().focus - 1);
    case "undo":
    case "redo":
      return void travel(name, list);
    case "flag":
      return toggleFlag(targets);
    case "skip":
      if (toggleSkip(targets)) goToNextOpen(list);
      return;
    case "none":
      markEmpty(targets);
      return goToNextOpen(list);
    case "copyPrevious":
      if (lastConfirmed !== null) copyFrom(lastConfirmed, targets);
      return;
    case "composite":
      return stepComposite(1);
    case "compositeBack":
      return stepComposite(-1);
    case "large":
      return useWorkbench.setState(({ large }) => ({ large: !large }));
    case "explain":
      useView.setState(({ explain }) => ({ explain: !explain }));
      return;
    case "pixelate":
      useView.setState(({ pixelated }) => ({ pixelated: !pixelated }));
      return;
    case "larger":
      return resizeTiles(1);
    case "smaller":
      return resizeTiles(-1);
    case "selectAll":
      return list.selectAll();
    case "search":
      document.getElementById(PALETTE_SEARCH_ID)?.focus();
      return;
    case "nextRound":
      if (useApp.getState().screen === "label") openDialog({ kind: "next-round" });
      return;
    case "help":
      return openDialog({ kind: "keys" });
    case "escape":
      if (list.store.getState().selection.size > 0) return list.clearSelection();
      return useWorkbench.setState({ large: false });
    case "markUnsure":
    case "markAbsent":
      // Prefixes are the keyboard's own state.
      return;
    default:
      return assertNever(name);
  }
}
