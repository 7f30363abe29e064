import { z } from "zod";

/** Float32 arrays by name: an encoder's filters, a head's weights. */
export type NamedArrays = Readonly<Record<string, Float32Array>>;

/** Where each array lies in the file, in float32 values. */
export const arrayLayoutSchema = z.array(
  z.object({ name: z.string(), length: z.number().int().nonnegative() }),
);
export type ArrayLayout = z.infer<typeof arrayLayoutSchema>;

/** One block of values with its layout, in the order of the record's keys. */
export function packArrays(arrays: NamedArrays): { layout: ArrayLayout; values: Float32Array } {
  const entries = Object.entries(arrays);
  const layout = entries.map(([name, array]) => ({ name, length: array.length }));
  const values = new Float32Array(layout.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const [, array] of entries) {
    values.set(array, offset);
    offset += array.length;
  }
  return { layout, values };
}

/** The opposite of `packArrays`; null where the values do not fill the layout. */
export function unpackArrays(layout: ArrayLayout, values: Float32Array): NamedArrays | null {
  const total = layout.reduce((sum, { length }) => sum + length, 0);
  if (total !== values.length) return null;
  const arrays: Record<string, Float32Array> = {};
  let offset = 0;
  for (const { name, length } of layout) {
    arrays[name] = values.slice(offset, offset + length);
    offset += length;
  }
  return arrays;
}
