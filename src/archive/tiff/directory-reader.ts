import type { ByteSource } from "./byte-source.ts";
import { corrupt } from "./faults.ts";
import {
  type Directory,
  type Entry,
  entryBytes,
  entryNumbers,
  entryText,
  type TiffHeader,
  wholeNumber,
} from "./ifd.ts";
import { INTEGER_TYPES, TYPE_BYTES } from "./tags.ts";

/** Longer optional fields are ignored: none that the reader knows has any use for so many values. */
const MOST_OPTIONAL_VALUES = 4 << 20;

/**
 * Typed access to one directory's fields. `required*` readers treat a malformed field as damage, because nothing can
 * be decoded safely without it; `optional*` readers treat it as absent. Which field is which follows libtiff.
 */
export class DirectoryReader {
  readonly source: ByteSource;
  readonly header: TiffHeader;
  readonly directory: Directory;

  constructor(source: ByteSource, header: TiffHeader, directory: Directory) {
    this.source = source;
    this.header = header;
    this.directory = directory;
  }

  entry(tag: number): Entry | undefined {
    return this.directory.entries.get(tag);
  }

  /** One whole number, or undefined where the field is absent; malformed is a fault. */
  async requiredWhole(tag: number, name: string, maximum = 0xffffffff): Promise<number | undefined> {
    const entry = this.entry(tag);
    if (entry === undefined) return undefined;
    return wholeNumber(this.source, this.header.littleEndian, entry, name, maximum);
  }

  /** A field with one value per sample, or one for all; the samples have to agree. */
  async requiredPerSample(tag: number, name: string, samples: number): Promise<number | undefined> {
    const entry = this.entry(tag);
    if (entry === undefined) return undefined;
    if (entry.count === 1) return this.requiredWhole(tag, name, 0xffff);
    if (entry.count < samples)
      throw corrupt(`${name} has ${entry.count} values for ${samples} samples per pixel`);
    const values = await this.requiredArray({ ...entry, count: samples }, name);
    if (!this.isReadable(entry)) throw corrupt(`${name} lies outside the file`);
    const first = values[0]!;
    for (let sample = 1; sample < samples; sample++) {
      if (values[sample] !== first) throw corrupt(`${name} differs from sample to sample`);
    }
    return first;
  }

  /** All values of a field of whole numbers from 0 to 65535. */
  async requiredArray(entry: Entry, name: string): Promise<Float64Array> {
    if (!INTEGER_TYPES.has(entry.type)) throw corrupt(`${name} has the wrong field type (${entry.type})`);
    const values = await entryNumbers(this.source, this.header.littleEndian, entry);
    for (const value of values) {
      if (value < 0 || value > 0xffff) throw corrupt(`${name} has the impossible value ${value}`);
    }
    return values;
  }

  /** A field's numbers, or undefined where it is absent, malformed, or has fewer than `minimum` values. */
  async optionalNumbers(tag: number, minimum = 1): Promise<Float64Array | undefined> {
    const entry = this.entry(tag);
    if (entry === undefined || entry.count < minimum || entry.count > MOST_OPTIONAL_VALUES) return undefined;
    return this.#tolerant(() => entryNumbers(this.source, this.header.littleEndian, entry));
  }

  /** A field's single whole number. */
  async optionalNumber(tag: number): Promise<number | undefined> {
    const entry = this.entry(tag);
    if (entry === undefined || entry.count !== 1 || !INTEGER_TYPES.has(entry.type)) return undefined;
    return (await this.optionalNumbers(tag))?.[0];
  }

  async optionalText(tag: number): Promise<string | undefined> {
    const entry = this.entry(tag);
    if (entry === undefined || entry.type !== 2 || entry.count > MOST_OPTIONAL_VALUES) return undefined;
    return this.#tolerant(() => entryText(this.source, entry));
  }

  async optionalBytes(tag: number): Promise<Uint8Array | undefined> {
    const entry = this.entry(tag);
    if (entry === undefined || entry.count > MOST_OPTIONAL_VALUES) return undefined;
    return this.#tolerant(() => entryBytes(this.source, entry));
  }

  /** Whether the field's values all lie inside the file. */
  isReadable(entry: Entry): boolean {
    return entry.valueOffset + entry.count * (TYPE_BYTES[entry.type] ?? 0) <= this.source.size;
  }

  async #tolerant<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (error instanceof Error && error.name === "RasterFault") return undefined;
      throw error;
    }
  }
}
