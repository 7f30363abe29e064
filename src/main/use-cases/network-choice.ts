import type { OptionValues } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import type { Work } from "../work.ts";
import { callOptions } from "./encoding.ts";

/** An end-to-end network with its options. */
export interface NetworkChoice {
  readonly id: string;
  readonly options: OptionValues;
}

/** What is asked for, else what the project's settings say; null = a head on embeddings. */
export function chosenNetwork(
  store: ProjectStore,
  { network, head }: { readonly network?: NetworkChoice | null; readonly head?: string },
): NetworkChoice | null {
  if (network !== undefined) return network;
  return head === undefined ? (store.project().settings.network ?? null) : null;
}

/**
 * The same with the registry's spelling of its id: hyphens may be left out.
 * @throws FieldmarkError `invalid-input` naming the known networks
 */
export async function spelledNetwork(
  engine: EngineHost,
  { id, options }: NetworkChoice,
  work: Work,
): Promise<NetworkChoice> {
  const { networks } = await engine.call("status", undefined, callOptions(work));
  const plain = (name: string) => name.replaceAll("-", "");
  const entry = networks.find((candidate) => plain(candidate.id) === plain(id));
  if (entry) return { id: entry.id, options };
  throw new FieldmarkError(
    "invalid-input",
    `There is no network "${id}". Known: ${networks.map((candidate) => candidate.id).join(", ")}.`,
  );
}
