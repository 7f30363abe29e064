import { FieldmarkError } from "../../shared/errors.ts";
import type { NetworkChoice } from "../use-cases/network-choice.ts";

export const NETWORK_HELP =
  "end-to-end network trained on pixels, instead of a classifier on embeddings (default: the project's setting)";
export const NETWORK_OPTION_HELP =
  "option of the network or its training (epochs, side, batchSize, learningRate, …); may be repeated";

interface NetworkFlags {
  readonly network?: string;
  readonly networkOption?: Record<string, string | number | boolean>;
  readonly head?: string;
}

/**
 * What the flags say of a network; nothing where they are silent. Options alone are added to those of the
 * project's network.
 * @throws FieldmarkError `invalid-input` where flags contradict each other
 */
export function networkArguments(
  { network, networkOption, head }: NetworkFlags,
  setting: NetworkChoice | null | undefined,
): { network?: NetworkChoice } {
  if (network !== undefined && head !== undefined) {
    throw new FieldmarkError(
      "invalid-input",
      "Choose either --network or --head: they are two ways to train.",
    );
  }
  if (network !== undefined) return { network: { id: network, options: networkOption ?? {} } };
  if (networkOption === undefined) return {};
  if (!setting || head !== undefined) {
    throw new FieldmarkError(
      "invalid-input",
      "--network-option needs --network: say which network it is for.",
    );
  }
  return { network: { id: setting.id, options: { ...setting.options, ...networkOption } } };
}
