import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A network socket of a process. */
export interface InternetSocket {
  readonly pid: number;
  readonly protocol: string;
  /** Addresses as the kernel writes them (hexadecimal, network order within little-endian words). */
  readonly local: string;
  readonly remote: string;
}

const TABLES = ["tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6"];
/** 127.0.0.1 and ::1, and 127.0.0.1 in an IPv6 socket. */
const LOOPBACK = ["0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F"];

/** Whether both ends are this machine's loopback; a socket that listens has no other end. */
export function isLoopback({ protocol, local, remote }: InternetSocket): boolean {
  const stays = (address: string) => LOOPBACK.includes(address);
  return protocol.startsWith("tcp") && stays(local) && (stays(remote) || /^0+$/.test(remote));
}

/** What a process that is ending no longer tells is as good as nothing. */
function orNothing<T>(read: () => T, nothing: T): T {
  try {
    return read();
  } catch {
    return nothing;
  }
}

/** A process and all that it started, and those started, … (Linux). */
export function processTree(root: number): number[] {
  const children = orNothing(() => readdirSync(`/proc/${root}/task`), []).flatMap((thread) =>
    orNothing(() => readFileSync(`/proc/${root}/task/${thread}/children`, "utf8"), "")
      .split(" ")
      .filter((text) => text !== "")
      .map(Number),
  );
  return [root, ...children.flatMap(processTree)];
}

/** The command line of a process. */
export function commandOf(pid: number): string {
  return orNothing(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"), "").replaceAll("\0", " ");
}

/** The network sockets that a process has open now (Linux). */
export function socketsOf(pid: number): InternetSocket[] {
  const links = orNothing(() => readdirSync(`/proc/${pid}/fd`), []).map((fd) =>
    orNothing(() => readlinkSync(`/proc/${pid}/fd/${fd}`), ""),
  );
  const inodes = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? ""));
  return TABLES.flatMap((protocol) =>
    orNothing(() => readFileSync(`/proc/${pid}/net/${protocol}`, "utf8"), "")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => inodes.has(fields[9] ?? "none"))
      .map((fields) => ({
        pid,
        protocol,
        local: fields[1]?.split(":")[0] ?? "",
        remote: fields[2]?.split(":")[0] ?? "",
      })),
  );
}
