import { describe, expect, it } from "vitest";
import { checkClassKey, clashingKeys, freeClassKey } from "../../../src/renderer/labelling/class-keys.ts";
import { CLASS_KEYS } from "../../../src/shared/domain/taxonomy.ts";

const NO_MODIFIERS = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
const CLASSES = [
  { name: "Water", key: "1" },
  { name: "Forest", key: "2" },
  { name: "Road", key: null },
];

function check(key: string, code: string, modifiers: Partial<typeof NO_MODIFIERS> = {}) {
  return checkClassKey({ key, code, ...NO_MODIFIERS, ...modifiers }, CLASSES, 2);
}

describe("keys of classes", () => {
  it("takes digits and letters, with or without shift", () => {
    expect(check("3", "Digit3")).toEqual({ ok: true, key: "3" });
    expect(check("#", "Digit3", { shiftKey: true })).toEqual({ ok: true, key: "shift+3" });
    expect(check("Q", "KeyQ", { shiftKey: true })).toEqual({ ok: true, key: "shift+q" });
  });

  it("refuses another class's key by that class's name", () => {
    expect(check("2", "Digit2")).toEqual({ ok: false, problem: expect.stringContaining("Forest") });
  });

  it("lets a class keep its own key", () => {
    const press = { key: "1", code: "Digit1", ...NO_MODIFIERS };
    expect(checkClassKey(press, CLASSES, 0)).toEqual({ ok: true, key: "1" });
  });

  it("refuses a command's key by what the command does", () => {
    expect(check("u", "KeyU")).toEqual({ ok: false, problem: expect.stringContaining("unsure") });
    expect(check("A", "KeyA", { shiftKey: true }).ok).toBe(false);
  });

  it("refuses everything that is not a digit or letter", () => {
    for (const [key, code] of [
      [" ", "Space"],
      ["F2", "F2"],
      ["ä", "Quote"],
      ["ArrowUp", "ArrowUp"],
    ] as const) {
      expect(check(key, code).ok, key).toBe(false);
    }
    expect(check("q", "KeyQ", { ctrlKey: true }).ok).toBe(false);
    expect(check("3", "Digit3", { altKey: true }).ok).toBe(false);
  });

  it("finds keys that are there twice", () => {
    const keys = ["1", "2", "1", null, null].map((key, at) => ({ name: `${at}`, key }));
    expect([...clashingKeys(keys)]).toEqual(["1"]);
  });

  it("hands out the twenty usual keys and then none", () => {
    const taken = CLASS_KEYS.map((key) => ({ name: key, key }));
    expect(freeClassKey(taken.slice(0, 10))).toBe("shift+1");
    expect(freeClassKey(taken.toSpliced(4, 1))).toBe("5");
    expect(freeClassKey(taken)).toBeNull();
  });
});
