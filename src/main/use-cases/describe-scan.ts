import type { ScanReport, SourceChanges } from "../../shared/domain/sources.ts";
import type { Rescan } from "./project-set-up.ts";

function files(count: number): string {
  return `${count} ${count === 1 ? "file" : "files"}`;
}

function patchesOf(count: number): string {
  return `${count} ${count === 1 ? "patch" : "patches"}`;
}

/** How many files there are, and how many of them are others than before. */
export function describeChanges(changes: SourceChanges): string {
  const found = [
    [changes.new.count, "new"],
    [changes.changed.count, "changed"],
    [changes.missing.count, "missing"],
    [changes.touched.count, "touched but the same"],
  ] as const;
  const differences = found.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `${files(changes.files)}${differences.length === 0 ? ", nothing changed" : `: ${differences.join(", ")}`}`;
}

/** What a scan of one source found, in a sentence. */
export function describeReport({ changes, scenes, patches, unreadable }: ScanReport): string {
  const parts = [describeChanges(changes)];
  if (patches.added > 0) parts.push(`${patchesOf(patches.added)} added`);
  if (patches.changed > 0) parts.push(`${patchesOf(patches.changed)} with other pixels, to be encoded anew`);
  if (patches.missing > 0) parts.push(`${patchesOf(patches.missing)} without imagery now (labels are kept)`);
  if (unreadable > 0) parts.push(`${files(unreadable)} could not be used`);
  return `${parts.join("; ")}; ${scenes.total} scenes in all.`;
}

/** What a scan of several sources found. */
export function describeRescan({ sources }: Rescan): string {
  const [only] = sources;
  if (sources.length === 1 && only?.report) return describeReport(only.report);
  return sources
    .map(({ name, report }) => `${name}: ${report ? describeReport(report) : "its folder is missing."}`)
    .join(" ");
}
