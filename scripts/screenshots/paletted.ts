import { crc32, deflateSync } from "node:zlib";
import { decode } from "fast-png";

const PALETTE = 256;
/** Colours of more than this share of the picture are kept as they are: those of the interface. */
const KEPT_SHARE = 0.0002;
const MOST_KEPT = 112;

/** `rgb` is 0xrrggbb. */
interface Color {
  readonly rgb: number;
  readonly count: number;
}

/** A picture with 256 colours, which takes about half the room of one with all of them. */
export function paletted(png: Uint8Array): Buffer {
  const { width, height, data, channels } = decode(png);
  const pixels = new Uint32Array(width * height);
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at++) {
    const from = at * channels;
    const rgb = ((data[from] ?? 0) << 16) | ((data[from + 1] ?? 0) << 8) | (data[from + 2] ?? 0);
    pixels[at] = rgb;
    counts.set(rgb, (counts.get(rgb) ?? 0) + 1);
  }
  const colors = Array.from(counts, ([rgb, count]): Color => ({ rgb, count })).sort(
    (a, b) => b.count - a.count,
  );
  const keep = colors.findIndex(({ count }) => count < KEPT_SHARE * pixels.length);
  const kept = colors.slice(0, Math.min(keep < 0 ? colors.length : keep, MOST_KEPT));
  const groups = [
    ...kept.map((color) => [color]),
    ...medianCut(colors.slice(kept.length), PALETTE - kept.length),
  ];
  const indexOf = new Map(groups.flatMap((group, index) => group.map(({ rgb }) => [rgb, index] as const)));
  const rows = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < pixels.length; at++) {
    // Each row begins with its filter, which is none: neighbouring indices have nothing in common.
    rows[at + Math.floor(at / width) + 1] = indexOf.get(pixels[at] ?? 0) ?? 0;
  }
  return encode(width, height, groups.map(meanOf), rows);
}

function channelOf(rgb: number, shift: number): number {
  return (rgb >> shift) & 0xff;
}

/** Splits the group of the widest spread in two, until there are enough (Heckbert 1982, median cut). */
function medianCut(colors: readonly Color[], most: number): Color[][] {
  const groups = colors.length === 0 ? [] : [widest([...colors])];
  while (groups.length < most) {
    const at = groups.reduce(
      (best, group, index) => (group.weight > (groups[best]?.weight ?? 0) ? index : best),
      0,
    );
    const group = groups[at];
    if (!group || group.weight === 0) break;
    const sorted = group.colors.sort((a, b) => channelOf(a.rgb, group.shift) - channelOf(b.rgb, group.shift));
    const half = sorted.reduce((sum, { count }) => sum + count, 0) / 2;
    let split = 1;
    for (let seen = sorted[0]?.count ?? 0; seen < half && split < sorted.length - 1; split++) {
      seen += sorted[split]?.count ?? 0;
    }
    groups.splice(at, 1, widest(sorted.slice(0, split)), widest(sorted.slice(split)));
  }
  return groups.map(({ colors: members }) => members);
}

/** A group with the channel in which it is widest; `weight` says how much a split would gain. */
function widest(colors: Color[]): { colors: Color[]; shift: number; weight: number } {
  const total = Math.sqrt(colors.reduce((sum, { count }) => sum + count, 0));
  const ranges = [16, 8, 0].map((shift) => {
    let low = 255;
    let high = 0;
    for (const { rgb } of colors) {
      low = Math.min(low, channelOf(rgb, shift));
      high = Math.max(high, channelOf(rgb, shift));
    }
    return { shift, weight: (high - low) * total };
  });
  return { colors, ...ranges.reduce((best, range) => (range.weight > best.weight ? range : best)) };
}

function meanOf(colors: readonly Color[]): readonly number[] {
  const total = colors.reduce((sum, { count }) => sum + count, 0);
  return [16, 8, 0].map((shift) =>
    Math.round(colors.reduce((sum, { rgb, count }) => sum + channelOf(rgb, shift) * count, 0) / total),
  );
}

/** An indexed PNG (W3C PNG specification, third edition). */
function encode(
  width: number,
  height: number,
  palette: readonly (readonly number[])[],
  rows: Buffer,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flat())),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
