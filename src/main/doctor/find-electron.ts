import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface ElectronInstallation {
  /** The npm package's version; null where the package is absent (an installation without development parts). */
  readonly version: string | null;
  /** The program; null where Electron's binary is not on this machine. */
  readonly binary: string | null;
}

const PROGRAM: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "Electron.app/Contents/MacOS/Electron",
  win32: "electron.exe",
};

/** The npm package's folder, or null; resolved without loading it, since loading would start a download. */
export function electronPackage(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve("electron/package.json"));
  } catch {
    return null;
  }
}

function versionOf(folder: string): string | null {
  const parsed: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (typeof parsed !== "object" || parsed === null || !("version" in parsed)) return null;
  return typeof parsed.version === "string" ? parsed.version : null;
}

/** Electron's binary: in `ELECTRON_OVERRIDE_DIST_PATH`, else in the npm package's `dist`. */
export function findElectron(
  env: Readonly<NodeJS.ProcessEnv> = process.env,
  folder = electronPackage(),
): ElectronInstallation {
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH || (folder === null ? null : join(folder, "dist"));
  const binary = dist === null ? null : join(dist, PROGRAM[process.platform] ?? "electron");
  return {
    version: folder === null ? null : versionOf(folder),
    binary: binary !== null && existsSync(binary) ? binary : null,
  };
}
