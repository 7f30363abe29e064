import { execFile } from "node:child_process";
import { statfs } from "node:fs/promises";
import { availableParallelism, cpus, freemem, totalmem } from "node:os";
import { promisify } from "node:util";
import { type ProbeOptions, probeBackend } from "../../engine/backends/index.ts";
import type { BackendStatus } from "../../shared/domain/learning.ts";
import { toErrorShape } from "../../shared/errors.ts";
import { findBrowser } from "./find-browser.ts";
import { findElectron } from "./find-electron.ts";

/** The state of this machine and installation, for people and for machines. Sizes in bytes. */
export interface Doctor {
  /** The backend that a new engine process gets; `id` null where none starts at all. */
  readonly backend: Omit<BackendStatus, "id"> & { readonly id: BackendStatus["id"] | null };
  readonly node: {
    readonly version: string;
    readonly path: string;
    readonly platform: string;
    readonly arch: string;
  };
  readonly electron: {
    readonly version: string | null;
    readonly binary: string | null;
    readonly reason: string;
  };
  readonly browser: { readonly path: string | null; readonly version: string | null };
  /** Of the folder that projects are made in by default: the current one. */
  readonly disk: { readonly path: string; readonly freeBytes: number; readonly totalBytes: number };
  readonly memory: { readonly freeBytes: number; readonly totalBytes: number };
  readonly processor: { readonly model: string; readonly threads: number };
  /** What nobody has run yet, and is therefore only known to type-check and to pass tests with stand-ins. */
  readonly neverRun: readonly string[];
  /** What would make Fieldmark faster or more comfortable here. */
  readonly improvements: readonly string[];
}

const NEVER_RUN = ["Electron host", "CUDA"] as const;

const LITTLE_MEMORY = 8 * 2 ** 30;
const LITTLE_DISK = 5 * 2 ** 30;

export interface DiagnoseOptions {
  readonly folder?: string;
  readonly env?: Readonly<NodeJS.ProcessEnv>;
  readonly probe?: ProbeOptions;
}

async function backendState(options: ProbeOptions): Promise<Doctor["backend"]> {
  try {
    const { id, reason, improve, version } = await probeBackend(options);
    return { id, reason, improve, version };
  } catch (error) {
    const { message } = toErrorShape(error);
    return { id: null, reason: message, improve: 'Run "npm ci" again in Fieldmark\'s folder.', version: "" };
  }
}

async function browserVersion(path: string): Promise<string | null> {
  // Chrome on Windows opens a window instead of answering.
  if (process.platform === "win32") return null;
  try {
    const { stdout } = await promisify(execFile)(path, ["--version"], { timeout: 10_000 });
    return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? null;
  } catch {
    return null;
  }
}

function electronState(env: Readonly<NodeJS.ProcessEnv>): Doctor["electron"] {
  const { version, binary } = findElectron(env);
  const reason = binary
    ? "Electron's binary is there; the desktop window opens."
    : "Electron's binary is not on this machine; the serve host shows the same window in a browser.";
  return { version, binary, reason };
}

function improvementsOf(doctor: Omit<Doctor, "improvements">): string[] {
  const { backend, electron, browser, disk, memory } = doctor;
  const candidates: (string | null)[] = [
    backend.improve,
    electron.binary
      ? null
      : 'For a desktop window of its own: "npm run setup -- --electron", where the network allows it.',
    browser.path || electron.binary
      ? null
      : "Install Chromium or Chrome, to see Fieldmark in it and to run the end-to-end tests.",
    disk.freeBytes < LITTLE_DISK
      ? `Free some disk space: ${gibibytes(disk.freeBytes)} are left in ${disk.path}.`
      : null,
    memory.totalBytes < LITTLE_MEMORY
      ? "With less than 8 GiB of memory, close other programs while Fieldmark trains."
      : null,
  ];
  return candidates.filter((candidate) => candidate !== null);
}

/** Bytes as GiB with one decimal. */
export function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

/** Looks at this machine; takes a second or two, since the backend is really loaded (in a process of its own). */
export async function diagnose(options: DiagnoseOptions = {}): Promise<Doctor> {
  const { folder = process.cwd(), env = process.env, probe = {} } = options;
  const browser = findBrowser(env);
  const [backend, version, disk] = await Promise.all([
    backendState(probe),
    browser === null ? null : browserVersion(browser),
    statfs(folder),
  ]);
  const doctor = {
    backend,
    node: {
      version: process.versions.node,
      path: process.execPath,
      platform: process.platform,
      arch: process.arch,
    },
    electron: electronState(env),
    browser: { path: browser, version },
    disk: { path: folder, freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
    memory: { freeBytes: freemem(), totalBytes: totalmem() },
    processor: { model: cpus()[0]?.model.trim() ?? "unknown", threads: availableParallelism() },
    neverRun: NEVER_RUN,
  };
  return { ...doctor, improvements: improvementsOf(doctor) };
}
