import { createHash, randomUUID } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { hostname, platform } from "node:os";
import { dirname } from "node:path";
import type { Connection } from "./connection.ts";
import { CHAIN_START } from "./entry-hash.ts";

export interface Replica {
  /** Number within this database. */
  readonly number: number;
  /** The same in every copy of the project that has this replica's entries. */
  readonly uuid: string;
}

/** What ties a replica to one machine and to one copy of the project on it. */
export interface ReplicaBinding {
  readonly machine: string;
  readonly place: string;
}

/**
 * Where a database lies: this machine, and the file itself (inode and birth time of the file, inode of its
 * folder), not its path. So a project that is moved or renamed keeps its replica, and a copy gets a new one.
 * When in doubt a new replica is right: it costs a row, while two copies that share one would tear the chain.
 */
export function bindingOf(databaseFile: string): ReplicaBinding {
  const file = statSync(databaseFile, { bigint: true });
  const folder = statSync(dirname(databaseFile), { bigint: true });
  return {
    machine: machineName(),
    place: [file.ino, file.birthtimeNs, folder.ino].join(":"),
  };
}

/** The replica of this binding; made when the project is opened here for the first time. */
export function bindReplica(db: Connection, binding: ReplicaBinding): Replica {
  const known = db.get<Replica>(
    "SELECT number, uuid FROM replica WHERE machine = ? AND place = ?",
    binding.machine,
    binding.place,
  );
  if (known) return known;
  const uuid = randomUUID();
  const number = db.write(() =>
    db.run(
      "INSERT INTO replica (uuid, machine, place, created_at, head_hash) VALUES (?, ?, ?, ?, ?)",
      uuid,
      binding.machine,
      binding.place,
      new Date().toISOString(),
      CHAIN_START,
    ),
  );
  return { number, uuid };
}

/** The replica that wrote last, for a project opened read-only; null in one that was never opened for writing. */
export function latestReplica(db: Connection): Replica | null {
  return (
    db.get<Replica>("SELECT number, uuid FROM replica ORDER BY head_time DESC, number DESC LIMIT 1") ?? null
  );
}

/** A hash, so that a project handed on does not tell the machine's name. */
function machineName(): string {
  return createHash("sha256")
    .update([platform(), hostname(), systemMachineId()].join("\n"))
    .digest("hex")
    .slice(0, 32);
}

/** Linux's own machine id; elsewhere, or where there is none, the host name has to do. */
function systemMachineId(): string {
  try {
    return readFileSync("/etc/machine-id", "utf8").trim();
  } catch {
    return "";
  }
}
