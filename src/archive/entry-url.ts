/**
 * Where a process or worker entry lies, both from source (run by Node's type stripping) and from the
 * bundle, where every entry is one file in the main output folder and shared code may sit in `chunks/`.
 *
 * @param source path of the entry below `src/`, for instance `archive/decode-worker.ts`
 * @param bundled file name of the entry in the bundle, for instance `decode-worker.js`
 * @param from tests give another place to start from; the default is this very file
 */
export function entryUrl(source: string, bundled: string, from: string = import.meta.url): URL {
  if (from.endsWith(".ts")) return new URL(`../${source}`, from);
  return new URL(/\/chunks\/[^/]*$/.test(from) ? `../${bundled}` : bundled, from);
}
