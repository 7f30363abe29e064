import type { PatchTable } from "../../shared/domain/imagery.ts";
import type { Random } from "../../shared/random.ts";
import { commonBands, medianSide } from "../encoders/patches.ts";

/** Where a patch is listed. */
export interface PatchPlace {
  readonly table: PatchTable;
  readonly index: number;
}

/** Patches of several sources as one archive. */
export class PatchPlaces {
  readonly #tables: readonly PatchTable[];
  readonly #places = new Map<number, PatchPlace>();

  constructor(tables: readonly PatchTable[]) {
    this.#tables = tables;
    for (const table of tables) {
      table.ids.forEach((id, index) => {
        this.#places.set(id, { table, index });
      });
    }
  }

  placeOf(id: number): PatchPlace | undefined {
    return this.#places.get(id);
  }

  /** Bands that all scenes have. @throws FieldmarkError `unsupported-raster` where there is none */
  bands(): string[] {
    const [first] = this.#tables;
    return first ? commonBands({ ...first, scenes: this.#tables.flatMap(({ scenes }) => scenes) }) : [];
  }

  /** Median over all patches of the longer side, in pixels. */
  medianSide(): number {
    const columns = (of: (table: PatchTable) => Int32Array) =>
      Int32Array.from(this.#tables.flatMap((table) => Array.from(of(table))));
    const [first] = this.#tables;
    if (!first) return 1;
    return medianSide({
      ...first,
      width: columns(({ width }) => width),
      height: columns(({ height }) => height),
    });
  }

  /** All ids in random order. */
  shuffledIds(random: Random): Int32Array {
    return random.shuffle(Int32Array.from(this.#places.keys()).sort());
  }
}
