import { corrupt, tooLarge, unsupported } from "../../faults.ts";
import { buildHuffmanTable, type HuffmanTable } from "./huffman.ts";

/** One colour component of a frame, with room for all of its quantised coefficients. */
export interface Component {
  readonly id: number;
  readonly horizontal: number;
  readonly vertical: number;
  readonly quantisation: number;
  /** Samples, without padding: the image's size divided by the subsampling, rounded up. */
  readonly width: number;
  readonly height: number;
  /** Blocks of 8 × 8 that hold samples. */
  readonly blocksAcross: number;
  readonly blocksDown: number;
  /** Blocks in a row of `coefficients`, padded to whole MCUs. */
  readonly stride: number;
  /** 64 coefficients per block in natural order. */
  readonly coefficients: Int16Array;
  /** The quantisation table in force when the component's first scan came. */
  table: Uint16Array | null;
}

export interface Frame {
  readonly progressive: boolean;
  readonly width: number;
  readonly height: number;
  readonly components: readonly Component[];
  readonly mcusAcross: number;
  readonly mcusDown: number;
  readonly maxHorizontal: number;
  readonly maxVertical: number;
}

/** What stays in force from one segment to the next, and from a TIFF's JPEGTables to its blocks. */
export interface Tables {
  readonly quantisation: (Uint16Array | undefined)[];
  readonly dc: (HuffmanTable | undefined)[];
  readonly ac: (HuffmanTable | undefined)[];
  restartInterval: number;
}

/** Zigzag position → natural position (T.81, figure A.6). */
export const ZIGZAG = Uint8Array.of(
  0,
  1,
  8,
  16,
  9,
  2,
  3,
  10,
  17,
  24,
  32,
  25,
  18,
  11,
  4,
  5,
  12,
  19,
  26,
  33,
  40,
  48,
  41,
  34,
  27,
  20,
  13,
  6,
  7,
  14,
  21,
  28,
  35,
  42,
  49,
  56,
  57,
  50,
  43,
  36,
  29,
  22,
  15,
  23,
  30,
  37,
  44,
  51,
  58,
  59,
  52,
  45,
  38,
  31,
  39,
  46,
  53,
  60,
  61,
  54,
  47,
  55,
  62,
  63,
);

/** DQT: quantisation tables in natural order. */
export function readQuantisation(segment: Uint8Array, tables: Tables): void {
  for (let at = 0; at < segment.length; ) {
    const wide = segment[at]! >> 4 !== 0;
    const target = segment[at]! & 15;
    const length = wide ? 128 : 64;
    if (target > 3 || at + 1 + length > segment.length)
      throw corrupt("its JPEG data have a bad quantisation table");
    const table = new Uint16Array(64);
    for (let index = 0; index < 64; index++) {
      const from = at + 1 + (wide ? 2 * index : index);
      table[ZIGZAG[index]!] = wide ? (segment[from]! << 8) | segment[from + 1]! : segment[from]!;
    }
    tables.quantisation[target] = table;
    at += 1 + length;
  }
}

/** DHT: Huffman tables. */
export function readHuffman(segment: Uint8Array, tables: Tables): void {
  for (let at = 0; at < segment.length; ) {
    const counts = segment.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const target = segment[at]! & 15;
    if (counts.length < 16 || total > 256 || at + 17 + total > segment.length || target > 3) {
      throw corrupt("its JPEG data have a bad Huffman table");
    }
    const table = buildHuffmanTable(counts, segment.slice(at + 17, at + 17 + total));
    (segment[at]! >> 4 === 0 ? tables.dc : tables.ac)[target] = table;
    at += 17 + total;
  }
}

/** More coefficients than this are not allocated (2 bytes each). */
const MAX_COEFFICIENTS = 1 << 29;

/** What the image in a stream has to be, lest memory be set aside for something else. */
export interface ExpectedImage {
  readonly width: number;
  readonly maximumHeight: number;
  readonly components: number;
}

/** SOF0, SOF1 and SOF2. */
export function readFrame(segment: Uint8Array, progressive: boolean, expected: ExpectedImage): Frame {
  const [precision, heightHigh, heightLow, widthHigh, widthLow, count] = segment;
  if (count === undefined || segment.length < 6 + 3 * count)
    throw corrupt("its JPEG data have a bad frame header");
  if (precision !== 8) throw unsupported(`JPEG samples of ${precision} bits are not supported`);
  const height = (heightHigh! << 8) | heightLow!;
  const width = (widthHigh! << 8) | widthLow!;
  if (width !== expected.width || height === 0 || height > expected.maximumHeight) {
    throw corrupt(
      `its JPEG data are ${width} × ${height} pixels instead of ${expected.width} × ${expected.maximumHeight}`,
    );
  }
  if (count !== expected.components) {
    throw corrupt(`its JPEG data have ${count} components instead of ${expected.components}`);
  }
  const given = Array.from({ length: count }, (_, index) => {
    const [id, factors, quantisation] = segment.subarray(6 + 3 * index, 9 + 3 * index);
    return { id: id!, horizontal: factors! >> 4, vertical: factors! & 15, quantisation: quantisation! };
  });
  if (given.some((c) => c.horizontal < 1 || c.horizontal > 4 || c.vertical < 1 || c.vertical > 4)) {
    throw corrupt("its JPEG data have impossible sampling factors");
  }
  const maxHorizontal = Math.max(...given.map((component) => component.horizontal));
  const maxVertical = Math.max(...given.map((component) => component.vertical));
  const mcusAcross = Math.ceil(width / (8 * maxHorizontal));
  const mcusDown = Math.ceil(height / (8 * maxVertical));
  const blocks = given.reduce((sum, c) => sum + c.horizontal * c.vertical, 0) * mcusAcross * mcusDown;
  if (blocks * 64 > MAX_COEFFICIENTS) throw tooLarge("its JPEG data declare too large an image");
  const components = given.map((component) => {
    const ownWidth = Math.ceil((width * component.horizontal) / maxHorizontal);
    const ownHeight = Math.ceil((height * component.vertical) / maxVertical);
    const stride = mcusAcross * component.horizontal;
    return {
      ...component,
      width: ownWidth,
      height: ownHeight,
      blocksAcross: Math.ceil(ownWidth / 8),
      blocksDown: Math.ceil(ownHeight / 8),
      stride,
      coefficients: new Int16Array(stride * mcusDown * component.vertical * 64),
      table: null,
    };
  });
  return { progressive, width, height, components, mcusAcross, mcusDown, maxHorizontal, maxVertical };
}
