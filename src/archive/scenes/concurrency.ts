import { throwIfCancelled } from "../../shared/errors.ts";

/**
 * Maps items with at most `limit` of them at work at a time; results keep the items' order.
 * The first failure, or the signal, ends the whole (`Cancelled`).
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
  signal?: AbortSignal,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  let failed = false;
  async function lane(): Promise<void> {
    while (next < items.length && !failed) {
      throwIfCancelled(signal);
      const index = next++;
      try {
        // The index was checked against the length just above.
        results[index] = await work(items[index] as T, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  throwIfCancelled(signal);
  return results;
}
