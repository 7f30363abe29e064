import { describe, expect, it } from "vitest";
import { COMMAND_KEYS, KEYS_OF_COMMAND } from "../../../src/renderer/labelling/command-keys.ts";
import { type KeyPress, keyLabel, keyName } from "../../../src/renderer/labelling/key-name.ts";
import { pressKey } from "../../../src/renderer/labelling/keyboard.ts";
import { CLASS_KEYS } from "../../../src/shared/domain/taxonomy.ts";

const NO_MODIFIERS = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };

function press(key: string, changes: Partial<KeyPress> = {}): KeyPress {
  const code = /^\d$/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`;
  return { key, code, ...NO_MODIFIERS, ...changes };
}

const CLASSES = new Map([
  ["1", 11],
  ["2", 12],
  ["shift+1", 21],
  ["q", 31],
]);

describe("key names", () => {
  it("takes digits by the physical key, whatever the layout writes", () => {
    expect(keyName(press("!", { code: "Digit1", shiftKey: true }))).toBe("shift+1");
    expect(keyName(press("&", { code: "Digit1" }))).toBe("1");
    expect(keyName(press("1", { code: "Numpad1" }))).toBe("1");
  });

  it("takes letters by what they write, and the command key as control", () => {
    expect(keyName(press("A", { code: "KeyQ", shiftKey: true }))).toBe("shift+a");
    expect(keyName(press("z", { metaKey: true }))).toBe("ctrl+z");
    expect(keyName(press("Z", { ctrlKey: true, shiftKey: true }))).toBe("ctrl+shift+z");
  });

  it("leaves the shift of a symbol out", () => {
    expect(keyName(press("?", { code: "Slash", shiftKey: true }))).toBe("?");
    expect(keyName(press("?", { code: "Minus", shiftKey: true }))).toBe("?");
  });

  it("has no name for a modifier by itself, or for keys without a binding", () => {
    expect(keyName(press("Shift", { code: "ShiftLeft", shiftKey: true }))).toBeUndefined();
    expect(keyName(press("F5", { code: "F5" }))).toBeUndefined();
  });

  it("shows names as they stand on keys", () => {
    expect(["shift+1", "ctrl+z", "ctrl+shift+z", "space", "?"].map(keyLabel)).toEqual([
      "⇧1",
      "Ctrl Z",
      "Ctrl ⇧Z",
      "Space",
      "?",
    ]);
  });
});

describe("the keyboard", () => {
  it("toggles a class with its key", () => {
    expect(pressKey(null, press("2"), CLASSES)).toEqual({
      prefix: null,
      command: { kind: "class", classId: 12, state: "present" },
      used: true,
    });
    expect(pressKey(null, press("!", { code: "Digit1", shiftKey: true }), CLASSES).command).toMatchObject({
      classId: 21,
    });
  });

  it("sets absent with alt", () => {
    const { command } = pressKey(null, press("1", { altKey: true }), CLASSES);
    expect(command).toEqual({ kind: "class", classId: 11, state: "absent" });
  });

  it("lets a prefix hold for exactly one class key", () => {
    const first = pressKey(null, press("u"), CLASSES);
    expect(first).toEqual({ prefix: "unsure", command: null, used: true });
    const second = pressKey(first.prefix, press("1"), CLASSES);
    expect(second).toEqual({
      prefix: null,
      command: { kind: "class", classId: 11, state: "unsure" },
      used: true,
    });
    expect(pressKey(second.prefix, press("1"), CLASSES).command).toMatchObject({ state: "present" });
    expect(pressKey(null, press("-", { code: "Minus" }), CLASSES).prefix).toBe("absent");
  });

  it("keeps a prefix while moving, and drops it on itself, on escape and on any command", () => {
    const right = pressKey("unsure", press("ArrowRight", { code: "ArrowRight" }), CLASSES);
    expect(right).toEqual({
      prefix: "unsure",
      command: { kind: "move", move: "right", extend: false },
      used: true,
    });
    expect(pressKey("unsure", press("u"), CLASSES).prefix).toBeNull();
    const escapeKey = press("Escape", { code: "Escape" });
    expect(pressKey("unsure", escapeKey, CLASSES)).toEqual({ prefix: null, command: null, used: true });
    expect(pressKey(null, escapeKey, CLASSES).command).toEqual({ kind: "command", name: "escape" });
    expect(pressKey("absent", press(" ", { code: "Space" }), CLASSES)).toEqual({
      prefix: null,
      command: { kind: "command", name: "confirm" },
      used: true,
    });
  });

  it("keeps a prefix for the class that is looked for by name", () => {
    expect(pressKey("unsure", press("/", { code: "Slash" }), CLASSES)).toEqual({
      prefix: "unsure",
      command: { kind: "command", name: "search" },
      used: true,
    });
  });

  it("extends the selection with shift and an arrow", () => {
    const { command } = pressKey(null, press("ArrowDown", { code: "ArrowDown", shiftKey: true }), CLASSES);
    expect(command).toEqual({ kind: "move", move: "down", extend: true });
  });

  it("leaves keys alone that mean nothing, the browser's among them", () => {
    expect(pressKey("unsure", press("k"), CLASSES)).toEqual({ prefix: "unsure", command: null, used: false });
    expect(pressKey(null, press("r", { ctrlKey: true }), CLASSES).used).toBe(false);
    expect(pressKey(null, press("9"), CLASSES).used).toBe(false);
  });

  it("gives no key to two commands, and none of the usual class keys to a command", () => {
    const all = Object.values(KEYS_OF_COMMAND).flat();
    expect(new Set(all).size).toBe(all.length);
    expect(CLASS_KEYS.filter((key) => COMMAND_KEYS.has(key))).toEqual([]);
  });
});
