import { lastLine, type Machine } from "./machine.ts";
import type { StepResult } from "./step.ts";

const APT = [
  "-y",
  "-q",
  "-o",
  "DPkg::Lock::Timeout=60",
  "-o",
  "Acquire::Retries=1",
  "-o",
  "Acquire::http::Timeout=20",
];
const ENVIRONMENT = { DEBIAN_FRONTEND: "noninteractive" };
const UPDATE_LIMIT = 3 * 60_000;
const INSTALL_LIMIT = 8 * 60_000;

/** True where missing packages may be installed without asking: as root on a Debian-like system, never through sudo. */
export function canInstall(machine: Machine): boolean {
  return machine.isRoot && machine.isDebian && machine.find("apt-get") !== null;
}

/** Installs Debian packages that are missing; a failure is reported, not thrown. */
export async function installPackages(
  machine: Machine,
  packages: readonly string[],
  log: (line: string) => void,
): Promise<StepResult> {
  const names = packages.join(" ");
  const supply = `Install by hand: apt-get install ${names}.`;
  if (!canInstall(machine)) {
    return {
      id: "system-packages",
      status: "skipped",
      what: `Missing ${names}; not root on a Debian-like system.`,
      supply,
    };
  }
  log(`Installing ${names} with apt-get …`);
  const update = () =>
    machine.run("apt-get", ["update", ...APT.slice(1)], { env: ENVIRONMENT, limit: UPDATE_LIMIT });
  const install = () =>
    machine.run("apt-get", ["install", ...APT, "--no-install-recommends", ...packages], {
      env: ENVIRONMENT,
      limit: INSTALL_LIMIT,
    });
  const hadLists = machine.hasAptLists();
  if (!hadLists) await update();
  let result = await install();
  if (result.code !== 0 && hadLists && !result.timedOut) {
    // Old lists name package versions that the mirror no longer has.
    await update();
    result = await install();
  }
  return result.code === 0
    ? { id: "system-packages", status: "done", what: `Installed ${names}.`, supply: null }
    : {
        id: "system-packages",
        status: "failed",
        what: `apt-get could not install ${names}: ${lastLine(result)}.`,
        supply,
      };
}
