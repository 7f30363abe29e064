/** The parts of a keyboard event that tell a key. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

const NAMED: Readonly<Record<string, string>> = {
  " ": "space",
  Enter: "enter",
  Backspace: "backspace",
  Escape: "escape",
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "home",
  End: "end",
  PageUp: "pageup",
  PageDown: "pagedown",
};

/**
 * The name under which a key press is bound: "1", "shift+1", "ctrl+z", "space". Digits go by the physical
 * key, so that `shift+1` is the same on every layout; letters by what they write. Command counts as
 * control. Undefined for modifiers on their own and for keys that nothing is bound to.
 */
export function keyName(press: KeyPress): string | undefined {
  const base = baseName(press);
  if (base === undefined) return undefined;
  // On a symbol the shift is part of how it is typed ("?" is shift+/ here and shift+ß there).
  const symbol = base.length === 1 && !/[a-z0-9]/.test(base);
  const modifiers = [
    press.ctrlKey || press.metaKey ? "ctrl+" : "",
    press.altKey ? "alt+" : "",
    press.shiftKey && !symbol ? "shift+" : "",
  ];
  return modifiers.join("") + base;
}

function baseName({ key, code }: KeyPress): string | undefined {
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  const named = NAMED[key];
  if (named !== undefined) return named;
  return key.length === 1 ? key.toLowerCase() : undefined;
}

const SHOWN: Readonly<Record<string, string>> = {
  shift: "⇧",
  ctrl: "Ctrl",
  alt: "Alt",
  space: "Space",
  enter: "Enter",
  backspace: "⌫",
  escape: "Esc",
  left: "←",
  right: "→",
  up: "↑",
  down: "↓",
  home: "Home",
  end: "End",
};

/** A key name as it is shown on a key cap: "⇧1", "Ctrl Z", "Space". */
export function keyLabel(name: string): string {
  const parts = name === "+" ? ["+"] : name.split("+");
  return parts
    .map((part) => SHOWN[part] ?? part.toUpperCase())
    .reduce((text, part) => {
      if (text === "") return part;
      return text.endsWith("⇧") ? text + part : `${text} ${part}`;
    }, "");
}
