/** Borders, paddings, swatch and the gap after it, as in the style sheet. */
const FRAME = 26;
const NUMBER = 21;
const MARK = 12;

const nameWidths = new Map<string, number>();
let context: CanvasRenderingContext2D | null | undefined;

/** Width in pixels that a class's chip takes with its name. */
export function chipWidth(name: string, state: "present" | "absent" | "unsure" | "suggested"): number {
  return FRAME + nameWidth(name) + (state === "suggested" ? NUMBER : state === "unsure" ? MARK : 0);
}

function nameWidth(name: string): number {
  const known = nameWidths.get(name);
  if (known !== undefined) return known;
  context ??= measuringContext();
  const width = Math.ceil(context?.measureText(name).width ?? name.length * 7);
  nameWidths.set(name, width);
  return width;
}

function measuringContext(): CanvasRenderingContext2D | null {
  const canvas = document.createElement("canvas").getContext("2d");
  if (canvas) canvas.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  return canvas;
}
