import { assertNever } from "../errors.ts";

export const COLOR_MAP_IDS = [
  "grey",
  "viridis",
  "magma",
  "cividis",
  "vegetation",
  "moisture",
  "burn",
] as const;
export type ColorMapId = (typeof COLOR_MAP_IDS)[number];

/** Colours over the stretched range: position from 0 to 255 and `rrggbb` of each stop, linear in sRGB in between. */
interface ColorMap {
  readonly name: string;
  readonly stops: string;
}

/**
 * Viridis and magma are by Nathaniel Smith, Stéfan van der Walt and Eric Firing (2015; bids.github.io/colormap),
 * given to the public domain (CC0). Cividis is by Nuñez, Anderton and Renslow ("Optimizing colormaps with
 * consideration for color vision deficiency", PLoS ONE 13(7), 2018, e0199239). Of each published table of 256
 * colours those were taken as stops that, joined by straight lines, leave no channel more than two counts off.
 * The diverging ones are Fieldmark's own: readable without telling red from green, light where the index is 0.
 */
function colorMap(id: ColorMapId): ColorMap {
  switch (id) {
    case "grey":
      return { name: "Grey", stops: "0:000000 255:ffffff" };
    case "viridis":
      return {
        name: "Viridis",
        stops:
          "0:440154 14:481668 29:482979 44:443b84 57:3e4a89 90:2e6d8e 129:20928c 143:1f9f88 154:23a983 170:35b779 188:56c667 208:84d44b 238:d2e21b 246:e7e419 255:fde725",
      };
    case "magma":
      return {
        name: "Magma",
        stops:
          "0:000004 13:07061c 29:19103f 47:341069 54:400f74 61:4c117a 81:6b1d81 107:942c80 129:b83779 152:dc4869 164:eb5760 175:f4695c 184:f9795d 194:fc8c63 207:fea571 221:febf84 255:fcfdbf",
      };
    case "cividis":
      return {
        name: "Cividis",
        stops:
          "0:00224e 19:00306f 21:003170 23:013271 28:123570 34:1e3a6f 52:36466c 84:565c6d 126:7b7a78 147:8f8a78 179:aea371 205:c9b965 232:e7d150 243:f3db42 251:fde334 255:fee838",
      };
    case "vegetation":
      return {
        name: "Vegetation",
        stops:
          "0:1e3454 89:3e638c 121:a4b8c5 134:e8e2d5 153:dbcba0 178:acba70 204:62944c 230:266839 255:0e3e28",
      };
    case "moisture":
      return {
        name: "Moisture",
        stops: "0:4a2d12 64:8c6239 102:cfb58c 128:efeae0 153:a9c6d6 191:4f8db3 230:1f5482 255:0f2c54",
      };
    case "burn":
      return {
        name: "Burn",
        stops: "0:2a0f1e 51:6b2136 96:b9603f 128:efe3cf 160:b4c3a0 204:5b8f73 255:17483f",
      };
    default:
      return assertNever(id);
  }
}

/** The map's name for the user. */
export function colorMapName(id: ColorMapId): string {
  return colorMap(id).name;
}

/** Whether the map has a middle of its own, as an index has with 0. */
export function isDiverging(id: ColorMapId): boolean {
  return id === "vegetation" || id === "moisture" || id === "burn";
}

const tables = new Map<ColorMapId, Uint8Array>();

/** 256 colours from low to high: red, green, blue, one after the other (768 values). */
export function colorTable(id: ColorMapId): Uint8Array {
  const table = tables.get(id) ?? interpolate(colorMap(id).stops);
  tables.set(id, table);
  return table;
}

function interpolate(text: string): Uint8Array {
  const stops = text.split(" ").map((stop) => {
    const [position = "", color = ""] = stop.split(":");
    return { position: Number(position), color: Number.parseInt(color, 16) };
  });
  const table = new Uint8Array(256 * 3);
  for (let step = 0; step < 256; step++) {
    const above = Math.max(
      1,
      stops.findIndex(({ position }) => position >= step),
    );
    const low = stops[above - 1] ?? { position: 0, color: 0 };
    const high = stops[above] ?? low;
    const share = (step - low.position) / (high.position - low.position || 1);
    for (const [channel, shift] of [16, 8, 0].entries()) {
      const from = (low.color >> shift) & 255;
      const to = (high.color >> shift) & 255;
      table[3 * step + channel] = Math.round(from + share * (to - from));
    }
  }
  return table;
}
