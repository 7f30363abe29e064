import type { LabelState } from "../../shared/domain/labels.ts";
import { COMMAND_KEYS, type CommandName } from "./command-keys.ts";
import { type KeyPress, keyName } from "./key-name.ts";

/** A direction in the grid. */
export type Move = "left" | "right" | "up" | "down" | "home" | "end" | "pageup" | "pagedown";

/** What a key press asks for. */
export type KeyCommand =
  | { readonly kind: "move"; readonly move: Move; readonly extend: boolean }
  | { readonly kind: "class"; readonly classId: number; readonly state: LabelState }
  | { readonly kind: "command"; readonly name: CommandName };

/** A state that the next class key sets, after `u` or `-`; null for the ordinary one. */
export type KeyPrefix = Exclude<LabelState, "present"> | null;

export interface KeyResult {
  readonly prefix: KeyPrefix;
  /** Null when the key means nothing here, or only started or ended a prefix. */
  readonly command: KeyCommand | null;
  /** Whether the key was used, so that nothing else should act on it. */
  readonly used: boolean;
}

const MOVES: ReadonlySet<string> = new Set<Move>([
  "left",
  "right",
  "up",
  "down",
  "home",
  "end",
  "pageup",
  "pagedown",
]);

/**
 * The keyboard of the workbench as a function of the prefix and the next key press. Class keys toggle
 * "present"; with alt or after `-` they set "absent", after `u` "unsure". A prefix holds for one class
 * key; pressing it again, or escape, takes it back, and any other command ends it.
 */
export function pressKey(
  prefix: KeyPrefix,
  press: KeyPress,
  classOfKey: ReadonlyMap<string, number>,
): KeyResult {
  const name = keyName(press);
  if (name === undefined) return { prefix, command: null, used: false };

  const withAlt = name.startsWith("alt+");
  const classId = classOfKey.get(withAlt ? name.slice("alt+".length) : name);
  if (classId !== undefined) {
    const state: LabelState = withAlt ? "absent" : (prefix ?? "present");
    return { prefix: null, command: { kind: "class", classId, state }, used: true };
  }

  const base = name.replace(/^shift\+/, "");
  if (MOVES.has(base)) {
    // `MOVES` holds exactly the names of `Move`.
    const move = base as Move;
    return { prefix, command: { kind: "move", move, extend: name !== base }, used: true };
  }

  const command = COMMAND_KEYS.get(name);
  switch (command) {
    case undefined:
      return { prefix, command: null, used: false };
    case "markUnsure":
      return { prefix: prefix === "unsure" ? null : "unsure", command: null, used: true };
    case "markAbsent":
      return { prefix: prefix === "absent" ? null : "absent", command: null, used: true };
    case "escape":
      if (prefix) return { prefix: null, command: null, used: true };
      return { prefix, command: { kind: "command", name: command }, used: true };
    case "search":
      // The prefix waits for the class that is found.
      return { prefix, command: { kind: "command", name: command }, used: true };
    default:
      return { prefix: null, command: { kind: "command", name: command }, used: true };
  }
}
