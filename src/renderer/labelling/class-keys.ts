import { CLASS_KEYS } from "../../shared/domain/taxonomy.ts";
import { strings } from "../strings.ts";
import { COMMAND_KEYS } from "./command-keys.ts";
import { type KeyPress, keyName } from "./key-name.ts";

/** A class as far as its key goes. */
export interface KeyedClass {
  readonly name: string;
  readonly key?: string | null | undefined;
}

export type KeyCheck =
  | { readonly ok: true; readonly key: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Checks a key press for the class at `index`: digits and letters, with or without shift, that neither
 * another class nor a command has.
 */
export function checkClassKey(press: KeyPress, classes: readonly KeyedClass[], index: number): KeyCheck {
  const key = keyName(press);
  if (!key || !/^(shift\+)?[a-z0-9]$/.test(key)) return { ok: false, problem: strings.keys.onlySimple };
  const command = COMMAND_KEYS.get(key);
  if (command) return { ok: false, problem: strings.keys.takenByCommand(key, strings.commands[command]) };
  const other = classes.find((candidate, at) => at !== index && candidate.key === key);
  if (other) return { ok: false, problem: strings.keys.takenByClass(key, other.name) };
  return { ok: true, key };
}

/** Names of keys that more than one class has. */
export function clashingKeys(classes: readonly KeyedClass[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const clashes = new Set<string>();
  for (const { key } of classes) {
    if (!key) continue;
    if (seen.has(key)) clashes.add(key);
    seen.add(key);
  }
  return clashes;
}

/** The first of the usual class keys that no class has; null when all twenty are taken. */
export function freeClassKey(classes: readonly KeyedClass[]): string | null {
  const taken = new Set(classes.map(({ key }) => key));
  return CLASS_KEYS.find((key) => !taken.has(key)) ?? null;
}
