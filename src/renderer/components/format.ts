/** 0.7345 → "73.5 %"; null → "–". */
export function percent(fraction: number | null, digits = 1): string {
  return fraction === null ? "–" : `${(fraction * 100).toFixed(digits)} %`;
}

const count = new Intl.NumberFormat("en", { useGrouping: true });

/** 12345 → "12,345". */
export function number(value: number): string {
  return count.format(value);
}

/** 1536000 → "1.5 MB". */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** step;
  return `${scaled.toFixed(step === 0 || scaled >= 100 ? 0 : 1)} ${units[step]}`;
}

/** Seconds as people say them: "a few seconds", "40 s", "3 min", "1 h 20 min". */
export function duration(seconds: number): string {
  if (seconds < 5) return "a few seconds";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A sample value with as many digits as tell values apart: 1834, 12.4, 0.0312. */
export function sample(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || size >= 1000) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  return value.toPrecision(3);
}

/** The end of a range of sample values, without digits that say nothing: 1834, 12.4, −1. */
export function limit(value: number): string {
  return String(Number(sample(value))).replace("-", "−");
}

/** "2026-11-20T10:00:00Z" as a short local date and time. */
export function dateTime(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

/** 48.2082, 16.3738 → "48.20820° N, 16.37380° E". */
export function coordinates([longitude, latitude]: readonly [number, number]): string {
  const north = `${Math.abs(latitude).toFixed(5)}° ${latitude < 0 ? "S" : "N"}`;
  const east = `${Math.abs(longitude).toFixed(5)}° ${longitude < 0 ? "W" : "E"}`;
  return `${north}, ${east}`;
}

/** The last part of a path, whichever slashes it has. */
export function baseName(path: string): string {
  return (
    path
      .replace(/[\\/]+$/, "")
      .split(/[\\/]/)
      .at(-1) ?? path
  );
}

/** The folder that a folder lies in; the topmost one lies in itself. */
export function parentFolder(folder: string): string {
  const path = folder.replace(/[\\/]+$/, "");
  const at = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  if (at < 0) return folder;
  // "/" and "C:\" keep their slash.
  return /^([a-zA-Z]:)?$/.test(path.slice(0, at)) ? path.slice(0, at + 1) : path.slice(0, at);
}
