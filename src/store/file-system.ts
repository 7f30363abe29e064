import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";

/** File system types of Linux's statfs(2) that are network shares: NFS, SMB, SMB2/CIFS, AFS, Ceph, 9P, Coda. */
const NETWORK_TYPES = new Set([
  0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x5346414f, 0x00c36400, 0x01021997, 0x73757245,
]);

/**
 * Whether a folder is known to be on a network share, where a write-ahead log is unsafe: SQLite keeps its
 * index in shared memory. Known on Linux, and on Windows for UNC paths; false where it cannot be told.
 */
export function isNetworkShare(folder: string): boolean {
  if (process.platform === "win32") return /^[\\/]{2}[^?.\\/]/.test(folder);
  if (process.platform !== "linux") return false;
  try {
    return NETWORK_TYPES.has(Number(statfsSync(folder).type) >>> 0);
  } catch {
    return false;
  }
}

/**
 * Whether a file may be written to, as far as its permissions tell; the folder's where the file is missing.
 * The file is not opened for it: closing it again would drop the locks that this process holds on it (POSIX).
 */
export function mayWrite(file: string): boolean {
  try {
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
