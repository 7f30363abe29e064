/** What the keyboard does in the workbench, besides class keys and the arrows. */
export type CommandName =
  | "accept"
  | "acceptAndNext"
  | "confirm"
  | "reopen"
  | "back"
  | "undo"
  | "redo"
  | "flag"
  | "skip"
  | "none"
  | "copyPrevious"
  | "markUnsure"
  | "markAbsent"
  | "composite"
  | "compositeBack"
  | "look"
  | "large"
  | "explain"
  | "pixelate"
  | "larger"
  | "smaller"
  | "selectAll"
  | "search"
  | "nextRound"
  | "help"
  | "escape";

/** Keys of each command; the first is the one that is shown. */
export const KEYS_OF_COMMAND: Readonly<Record<CommandName, readonly string[]>> = {
  accept: ["a"],
  acceptAndNext: ["shift+a"],
  confirm: ["space", "enter"],
  reopen: ["r"],
  back: ["backspace"],
  undo: ["ctrl+z"],
  redo: ["ctrl+shift+z", "ctrl+y"],
  flag: ["f"],
  skip: ["s"],
  none: ["n"],
  copyPrevious: ["v"],
  markUnsure: ["u"],
  markAbsent: ["-", "x"],
  composite: ["c"],
  compositeBack: ["shift+c"],
  look: ["l"],
  large: ["g"],
  explain: ["i"],
  pixelate: ["p"],
  larger: ["]"],
  smaller: ["["],
  selectAll: ["ctrl+a"],
  search: ["/"],
  nextRound: ["shift+n"],
  help: ["?"],
  escape: ["escape"],
};

/** Key name → command. */
export const COMMAND_KEYS: ReadonlyMap<string, CommandName> = new Map(
  // `Object.entries` widens the names of a record whose keys are exactly the commands.
  (Object.entries(KEYS_OF_COMMAND) as [CommandName, readonly string[]][]).flatMap(([command, keys]) =>
    keys.map((key) => [key, command] as const),
  ),
);
