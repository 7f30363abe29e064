import type { CommandName } from "../labelling/command-keys.ts";
import { moveInGrid } from "../labelling/grid-navigation.ts";
import type { KeyCommand } from "../labelling/keyboard.ts";
import {
  accept,
  acceptAndConfirm,
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
import { askForRound } from "./ask-for-round.ts";
import { resizeTiles, stepComposite } from "./view-commands.ts";

/** The patch that was confirmed last, for copying its labels. */
let lastConfirmed: number | null = null;

/** Does what a key asked for. */
export function runCommand(command: KeyCommand, list: PatchList): void {
  switch (command.kind) {
    case "move":
      move(command, list);
      break;
    case "class":
      toggle(list.targets(), command.classId, command.state);
      break;
    case "command":
      COMMANDS[command.name](list);
      break;
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
  confirm(list.targets(), true);
  goOn(list);
}

function acceptAndGoOn(list: PatchList): void {
  acceptAndConfirm(list.targets());
  goOn(list);
}

export function skipAndNext(list: PatchList): void {
  if (toggleSkip(list.targets())) goToNextOpen(list);
}

export function emptyAndNext(list: PatchList): void {
  markEmpty(list.targets());
  goOn(list);
}

/** After a confirmation. */
function goOn(list: PatchList): void {
  lastConfirmed = list.targets().at(-1) ?? lastConfirmed;
  list.clearSelection();
  goToNextOpen(list);
}

/** One entry for each command; prefixes are the keyboard's own state and do nothing here. */
const COMMANDS: Readonly<Record<CommandName, (list: PatchList) => void>> = {
  accept: (list) => accept(list.targets()),
  acceptAndNext: acceptAndGoOn,
  confirm: confirmAndNext,
  reopen: (list) => confirm(list.targets(), false),
  back: (list) => list.focus(list.store.getState().focus - 1),
  undo: (list) => void travel("undo", list),
  redo: (list) => void travel("redo", list),
  flag: (list) => toggleFlag(list.targets()),
  skip: skipAndNext,
  none: emptyAndNext,
  copyPrevious(list) {
    if (lastConfirmed !== null) copyFrom(lastConfirmed, list.targets());
  },
  markUnsure: () => {},
  markAbsent: () => {},
  composite: () => stepComposite(1),
  compositeBack: () => stepComposite(-1),
  look: () => useWorkbench.setState({ adjusting: true }),
  large: () => useWorkbench.setState(({ large }) => ({ large: !large })),
  explain: () => useView.setState(({ explain }) => ({ explain: !explain })),
  pixelate: () => useView.setState(({ pixelated }) => ({ pixelated: !pixelated })),
  larger: () => resizeTiles(1),
  smaller: () => resizeTiles(-1),
  selectAll: (list) => list.selectAll(),
  search: () => useWorkbench.setState({ searching: true }),
  nextRound() {
    if (useApp.getState().screen === "label") askForRound();
  },
  help: () => openDialog({ kind: "keys" }),
  escape(list) {
    if (list.store.getState().selection.size > 0) list.clearSelection();
    else useWorkbench.setState({ large: false });
  },
};
