import type { LabelMatrix, SimulationConfig, SimulationRow } from "../../shared/contracts/engine.ts";
import type { PatchTable } from "../../shared/domain/imagery.ts";
import type { ProjectKind } from "../../shared/domain/learning.ts";

export interface SimulateRequest {
  /** Not looked at where a network is trained. */
  readonly embeddings: string;
  /** One table a source; looked at where a network is trained. */
  readonly patches: readonly PatchTable[];
  readonly kind: ProjectKind;
  readonly classIds: readonly number[];
  readonly labels: LabelMatrix;
  /** One entry a row of labels: 0 pool, 1 val, 2 test. */
  readonly splits: Uint8Array;
  readonly config: SimulationConfig;
  /** Number of the first trial. */
  readonly firstTrial: number;
  /** Rows of an interrupted simulation with the same configuration. */
  readonly earlier: readonly SimulationRow[];
}
