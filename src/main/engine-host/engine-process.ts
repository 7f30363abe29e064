import type { Port } from "../../shared/rpc/port.ts";

/** A running engine, whichever kind of process it is. */
export interface EngineProcess {
  readonly port: Port;
  readonly pid: number | undefined;
  /** Ends the process; the port reports its close. */
  kill(): void;
}

/** Starts an engine process. Hosts inject their own kind: a child of Node, or Electron's utilityProcess. */
export type EngineSpawner = () => EngineProcess;
