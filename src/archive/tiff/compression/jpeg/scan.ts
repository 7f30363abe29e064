import { corrupt } from "../../faults.ts";
import { type Component, type Frame, type Tables, ZIGZAG } from "./frame.ts";
import { BitReader, type HuffmanTable } from "./huffman.ts";

interface ScanComponent {
  readonly component: Component;
  readonly dc: HuffmanTable | undefined;
  readonly ac: HuffmanTable | undefined;
  previousDc: number;
}

interface Spectrum {
  readonly first: number;
  readonly last: number;
  readonly high: number;
  readonly low: number;
}

/**
 * Decodes the coefficients of one scan (T.81, F.2 and G.2) into the frame.
 * @returns the position behind the scan's data
 */
export function decodeScan(
  bytes: Uint8Array,
  header: Uint8Array,
  start: number,
  frame: Frame,
  tables: Tables,
): number {
  const { members, spectrum } = readScanHeader(header, frame, tables);
  const reader = new BitReader(bytes, start);
  const decodeBlock = blockDecoder(frame, spectrum, reader);
  let untilRestart = tables.restartInterval;
  let restarts = 0;
  const unit = (run: () => void) => {
    if (tables.restartInterval > 0) {
      if (untilRestart === 0) {
        reader.restart(restarts++ & 7);
        untilRestart = tables.restartInterval;
        for (const member of members) member.previousDc = 0;
        decodeBlock.reset();
      }
      untilRestart--;
    }
    run();
  };
  const only = members.length === 1 ? members[0] : undefined;
  if (only !== undefined) {
    const { blocksAcross, blocksDown, stride } = only.component;
    for (let row = 0; row < blocksDown; row++) {
      for (let column = 0; column < blocksAcross; column++) {
        unit(() => decodeBlock.run(only, (row * stride + column) * 64));
      }
    }
    return reader.position;
  }
  for (let row = 0; row < frame.mcusDown; row++) {
    for (let column = 0; column < frame.mcusAcross; column++) {
      unit(() => {
        for (const member of members) {
          const { horizontal, vertical, stride } = member.component;
          for (let y = 0; y < vertical; y++) {
            const at = (row * vertical + y) * stride + column * horizontal;
            for (let x = 0; x < horizontal; x++) decodeBlock.run(member, (at + x) * 64);
          }
        }
      });
    }
  }
  return reader.position;
}

function readScanHeader(header: Uint8Array, frame: Frame, tables: Tables) {
  const count = header[0] ?? 0;
  if (count === 0 || count > 4 || header.length < 4 + 2 * count)
    throw corrupt("its JPEG data have a bad scan header");
  const members = Array.from({ length: count }, (_, index): ScanComponent => {
    const id = header[1 + 2 * index]!;
    const choice = header[2 + 2 * index]!;
    const component = frame.components.find((candidate) => candidate.id === id);
    if (component === undefined) throw corrupt("its JPEG data have a scan of an unknown component");
    component.table ??= tables.quantisation[component.quantisation] ?? null;
    return { component, dc: tables.dc[choice >> 4], ac: tables.ac[choice & 15], previousDc: 0 };
  });
  const [first, last, approximation] = header.subarray(1 + 2 * count);
  const spectrum = { first: first!, last: last!, high: approximation! >> 4, low: approximation! & 15 };
  if (frame.progressive) {
    const { low } = spectrum;
    if (
      first! > last! ||
      last! > 63 ||
      low > 13 ||
      (first === 0 && last !== 0) ||
      (first !== 0 && count !== 1)
    ) {
      throw corrupt("its JPEG data have a bad progressive scan");
    }
  }
  return { members, spectrum };
}

interface BlockDecoder {
  run(member: ScanComponent, at: number): void;
  reset(): void;
}

function blockDecoder(frame: Frame, spectrum: Spectrum, reader: BitReader): BlockDecoder {
  if (!frame.progressive) return { run: (member, at) => sequential(reader, member, at), reset() {} };
  if (spectrum.first === 0) {
    const { low } = spectrum;
    const run =
      spectrum.high === 0
        ? (member: ScanComponent, at: number) => firstDc(reader, member, at, low)
        : (member: ScanComponent, at: number) => {
            if (reader.bits(1) === 1) member.component.coefficients[at]! |= 1 << low;
          };
    return { run, reset() {} };
  }
  return spectrum.high === 0 ? firstAc(reader, spectrum) : refineAc(reader, spectrum);
}

function needed(table: HuffmanTable | undefined): HuffmanTable {
  if (table === undefined) throw corrupt("its JPEG data lack a Huffman table");
  return table;
}

function difference(reader: BitReader, member: ScanComponent): number {
  const size = reader.symbol(needed(member.dc));
  if (size > 15) throw corrupt("its JPEG data hold an impossible difference");
  member.previousDc += reader.signed(size);
  return member.previousDc;
}

function sequential(reader: BitReader, member: ScanComponent, at: number): void {
  const { coefficients } = member.component;
  coefficients[at] = difference(reader, member);
  const table = needed(member.ac);
  for (let index = 1; index < 64; index++) {
    const symbol = reader.symbol(table);
    const size = symbol & 15;
    index += symbol >> 4;
    if (size === 0) {
      if (symbol !== 0xf0) return;
      continue;
    }
    if (index > 63) throw corrupt("its JPEG data run over a block's end");
    coefficients[at + ZIGZAG[index]!] = reader.signed(size);
  }
}

function firstDc(reader: BitReader, member: ScanComponent, at: number, low: number): void {
  member.component.coefficients[at] = difference(reader, member) << low;
}

function firstAc(reader: BitReader, { first, last, low }: Spectrum): BlockDecoder {
  let endOfBandRun = 0;
  return {
    reset() {
      endOfBandRun = 0;
    },
    run(member, at) {
      if (endOfBandRun > 0) {
        endOfBandRun--;
        return;
      }
      const table = needed(member.ac);
      for (let index = first; index <= last; index++) {
        const symbol = reader.symbol(table);
        const size = symbol & 15;
        const run = symbol >> 4;
        if (size === 0 && run < 15) {
          endOfBandRun = (1 << run) - 1 + reader.bits(run);
          return;
        }
        index += run;
        if (size === 0) continue;
        if (index > 63) throw corrupt("its JPEG data run over a block's end");
        member.component.coefficients[at + ZIGZAG[index]!] = reader.signed(size) << low;
      }
    },
  };
}

function refineAc(reader: BitReader, { first, last, low }: Spectrum): BlockDecoder {
  let endOfBandRun = 0;
  const step = 1 << low;
  const refine = (coefficients: Int16Array, place: number) => {
    const value = coefficients[place]!;
    if (reader.bits(1) === 1 && (value & step) === 0)
      coefficients[place] = value + (value > 0 ? step : -step);
  };
  return {
    reset() {
      endOfBandRun = 0;
    },
    run(member, at) {
      const { coefficients } = member.component;
      const table = needed(member.ac);
      let index = first;
      if (endOfBandRun === 0) {
        for (; index <= last; index++) {
          const symbol = reader.symbol(table);
          const size = symbol & 15;
          let run = symbol >> 4;
          let value = 0;
          if (size !== 0) {
            value = reader.bits(1) === 1 ? step : -step;
          } else if (run < 15) {
            endOfBandRun = (1 << run) + reader.bits(run);
            break;
          }
          for (; index <= last; index++) {
            const place = at + ZIGZAG[index]!;
            if (coefficients[place] !== 0) refine(coefficients, place);
            else if (run-- === 0) break;
          }
          if (value !== 0) {
            if (index > 63) throw corrupt("its JPEG data run over a block's end");
            coefficients[at + ZIGZAG[index]!] = value;
          }
        }
      }
      if (endOfBandRun > 0) {
        for (; index <= last; index++) {
          const place = at + ZIGZAG[index]!;
          if (coefficients[place] !== 0) refine(coefficients, place);
        }
        endOfBandRun--;
      }
    },
  };
}
