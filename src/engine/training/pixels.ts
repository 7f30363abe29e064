import { createPatchReader, type PatchPixels, type PatchReader } from "../../archive/patch-reader.ts";
import type { PatchTable } from "../../shared/domain/imagery.ts";
import { Cancelled, FieldmarkError, toErrorShape } from "../../shared/errors.ts";
import type { Random } from "../../shared/random.ts";
import { fitBandScaling, standardise } from "../encoders/band-scaling.ts";
import { readPatch } from "../encoders/patches.ts";
import { breathe, type Work } from "../work.ts";
import { PatchPlaces } from "./patch-tables.ts";
import type { PixelForm } from "./pixel-form.ts";

/** Bytes of standardised pixels that stay in memory. */
const MOST_BYTES = 3 * 2 ** 30;
/** Patches that are decoded at the same time. */
const READ_TOGETHER = 16;
/** Patches and values that the standardisation is fitted to. */
const FIT_PATCHES = 400;
const FIT_VALUES = 40_000_000;

/** Reads the patches of an archive as they are on disk. */
export class PixelReader {
  readonly places: PatchPlaces;
  readonly #readers = new Map<string, PatchReader>();

  constructor(tables: readonly PatchTable[]) {
    this.places = new PatchPlaces(tables);
  }

  /** @throws FieldmarkError where the patch is not listed or its file can't be read */
  read(id: number, bands: readonly string[], side: number): Promise<PatchPixels> {
    const place = this.places.placeOf(id);
    if (!place) {
      throw new FieldmarkError("not-found", `The patch ${id} has no imagery in this project any more.`);
    }
    const { root } = place.table;
    const reader = this.#readers.get(root) ?? createPatchReader(root);
    this.#readers.set(root, reader);
    return readPatch(reader, place.table, place.index, bands, side);
  }

  /**
   * The standardisation of each band over a random sample of the archive, labelled or not.
   * @throws FieldmarkError `unreadable-file` where not one patch can be read
   */
  async fitForm(bands: readonly string[], side: number, random: Random, work: Work): Promise<PixelForm> {
    const wanted = Math.max(1, Math.min(FIT_PATCHES, Math.floor(FIT_VALUES / (side * side * bands.length))));
    const sample: PatchPixels[] = [];
    let lastFailure: unknown;
    for (const id of this.places.shuffledIds(random)) {
      if (sample.length === wanted) break;
      work.progress({ done: sample.length, total: wanted, message: "Looking at a sample of the archive" });
      await breathe(work);
      try {
        sample.push(await this.read(id, bands, side));
      } catch (error) {
        if (error instanceof Cancelled) throw error;
        lastFailure = error;
      }
    }
    if (sample.length === 0) {
      const why = lastFailure === undefined ? "there are none" : toErrorShape(lastFailure).message;
      throw new FieldmarkError("unreadable-file", `None of the patches could be read: ${why}`, {
        cause: lastFailure,
      });
    }
    return { bands: [...bands], side, scaling: fitBandScaling(sample) };
  }

  async close(): Promise<void> {
    for (const reader of this.#readers.values()) await reader.close();
  }
}

/** Standardised pixels of some patches, by row. */
export interface Pixels {
  readonly form: PixelForm;
  readonly count: number;
  /** For each row side × side × bands values, row-major. Not to be changed. */
  read(rows: ArrayLike<number>): Promise<Float32Array[]>;
}

/** Some rows of pixels. */
export function somePixels(pixels: Pixels, rows: ArrayLike<number>): Pixels {
  return {
    form: pixels.form,
    count: rows.length,
    read: (wanted) => pixels.read(Uint32Array.from(wanted, (row) => rows[row]!)),
  };
}

/** Pixels of an archive. As many as fit stay in memory; the others are read again each time. */
export class PixelStore implements Pixels {
  readonly form: PixelForm;
  /** Patches that could be read, in the order in which they were asked for. */
  readonly ids: Int32Array;
  /** Of the patches asked for, those that could not be read. */
  readonly unreadable: readonly { readonly id: number; readonly message: string }[];
  readonly #reader: PixelReader;
  readonly #kept: ReadonlyMap<number, Float32Array>;

  private constructor(
    reader: PixelReader,
    form: PixelForm,
    kept: ReadonlyMap<number, Float32Array>,
    ids: Int32Array,
    unreadable: PixelStore["unreadable"],
  ) {
    this.#reader = reader;
    this.form = form;
    this.#kept = kept;
    this.ids = ids;
    this.unreadable = unreadable;
  }

  /** Reads every patch once. The reader stays the caller's and open as long as the store is used. */
  static async open(
    reader: PixelReader,
    form: PixelForm,
    wanted: Int32Array,
    work: Work,
    mostBytes = MOST_BYTES,
  ): Promise<PixelStore> {
    const most = Math.floor(mostBytes / (4 * form.side * form.side * form.bands.length));
    const kept = new Map<number, Float32Array>();
    const ids: number[] = [];
    const unreadable: { id: number; message: string }[] = [];
    for (let start = 0; start < wanted.length; start += READ_TOGETHER) {
      work.progress({ done: start, total: wanted.length, message: "Reading pixels" });
      await breathe(work);
      const some = Array.from(wanted.subarray(start, start + READ_TOGETHER));
      const images = await Promise.allSettled(some.map(async (id) => reader.read(id, form.bands, form.side)));
      images.forEach((image, i) => {
        const id = some[i]!;
        if (image.status === "rejected") {
          unreadable.push({ id, message: toErrorShape(image.reason).message });
          return;
        }
        ids.push(id);
        if (kept.size < most) kept.set(id, standardise(image.value, form.scaling));
      });
    }
    return new PixelStore(reader, form, kept, Int32Array.from(ids), unreadable);
  }

  get count(): number {
    return this.ids.length;
  }

  read(rows: ArrayLike<number>): Promise<Float32Array[]> {
    const { bands, side, scaling } = this.form;
    return Promise.all(
      Array.from(rows, async (row) => {
        const id = this.ids[row]!;
        return this.#kept.get(id) ?? standardise(await this.#reader.read(id, bands, side), scaling);
      }),
    );
  }
}
