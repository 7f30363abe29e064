import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { electronPackage, findElectron } from "../../src/main/doctor/find-electron.ts";
import { lastLine, type Machine } from "./machine.ts";
import type { StepResult } from "./step.ts";

const INSTALL_LIMIT = 5 * 60_000;
const SUPPLY =
  'Run "npm run setup -- --electron" where the wider network can be reached, or unpack Electron\'s zip for this ' +
  "system into a folder and name it in ELECTRON_OVERRIDE_DIST_PATH.";

/** Where Electron's own downloader keeps what it fetched before. */
function downloadFolder(machine: Machine): string {
  const { env } = machine;
  if (env.electron_config_cache) return env.electron_config_cache;
  if (machine.platform === "win32") return join(env.LOCALAPPDATA ?? homedir(), "electron", "Cache");
  if (machine.platform === "darwin") return join(homedir(), "Library", "Caches", "electron");
  return join(env.XDG_CACHE_HOME ?? join(env.HOME ?? homedir(), ".cache"), "electron");
}

function isDownloaded(machine: Machine, version: string): boolean {
  const folder = downloadFolder(machine);
  const name = `electron-v${version}-${machine.platform}-${machine.arch}.zip`;
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).some((path) => path.endsWith(name));
}

/**
 * Electron's binary: there already, unpacked from a download that an earlier installation left in its cache, or, only
 * when asked, downloaded.
 */
export async function setUpElectron(
  machine: Machine,
  options: { readonly download: boolean; readonly log: (line: string) => void },
): Promise<StepResult> {
  const { version, binary } = findElectron(machine.env);
  if (binary)
    return { id: "electron", status: "ready", what: `Electron ${version ?? ""} at ${binary}.`, supply: null };
  const folder = electronPackage();
  const without = "the serve host shows Fieldmark in a browser instead.";
  if (folder === null || version === null) {
    return {
      id: "electron",
      status: "skipped",
      what: `The npm package electron is absent; ${without}`,
      supply: null,
    };
  }
  if (!options.download && !isDownloaded(machine, version)) {
    return {
      id: "electron",
      status: "skipped",
      what: `Electron's binary is not on this machine; ${without}`,
      supply: SUPPLY,
    };
  }
  options.log(`Installing Electron ${version} …`);
  const result = await machine.run(process.execPath, [join(folder, "install.js")], { limit: INSTALL_LIMIT });
  const installed = findElectron(machine.env).binary;
  if (installed)
    return { id: "electron", status: "done", what: `Electron ${version} at ${installed}.`, supply: null };
  const what = `Electron's binary could not be installed (${lastLine(result)}); ${without}`;
  return { id: "electron", status: "failed", what, supply: SUPPLY };
}
