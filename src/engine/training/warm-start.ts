import { NETWORK_HEAD } from "../../shared/contracts/engine.ts";
import type { NamedArrays } from "../embeddings/named-arrays.ts";
import type { HeadState } from "../heads/head.ts";
import { readModel } from "../heads/model-folder.ts";
import { parseNetworkConfig } from "./network-model.ts";
import type { ChosenNetwork } from "./options.ts";
import type { PixelForm } from "./pixel-form.ts";
import type { Trainee } from "./trainee.ts";

/** Weights that a training goes on from, with what they are used to see. */
export interface WarmStart {
  readonly form: PixelForm;
  readonly lastLayer: string;
  readonly classIds: readonly number[];
  readonly arrays: NamedArrays;
}

/**
 * The model of a folder as a start; null where it is another network, or of other first layers, or sees other
 * pixels than were chosen.
 * @throws FieldmarkError `no-model` where the folder can't be read
 */
export async function readWarmStart(folder: string, chosen: ChosenNetwork): Promise<WarmStart | null> {
  const { description, state } = await readModel(folder);
  const { head, classIds } = description;
  return head === NETWORK_HEAD ? warmStartOf({ classIds, state }, chosen) : null;
}

/** The same of a model in memory. */
export function warmStartOf(
  { classIds, state }: { readonly classIds: readonly number[]; readonly state: HeadState },
  { entry, options }: ChosenNetwork,
): WarmStart | null {
  const { network, options: theirs, form, lastLayer } = parseNetworkConfig(state);
  if (network !== entry.id || (theirs.stem ?? "standard") !== options.stem) return null;
  // Features learned at one scale are of little use at another.
  if ((theirs.side ?? 0) !== options.side) return null;
  return { form, lastLayer, classIds, arrays: state.arrays };
}

/**
 * All weights of a trainee that begins with earlier ones. Classes that the earlier model knew keep their part
 * of the last layer, new ones get a fresh one; so does a loss module that was not there.
 */
export function warmWeights(
  { arrays, lastLayer, classIds: theirs }: WarmStart,
  trainee: Trainee,
  classIds: readonly number[],
): NamedArrays {
  const fresh = trainee.weights();
  const known = Object.fromEntries(
    Object.entries(fresh).map(([name, values]) => {
      const own = arrays[name];
      return [name, own?.length === values.length ? own : values];
    }),
  );
  const columns = classIds.map((id) => theirs.indexOf(id));
  const mix = (name: string) => {
    const [own, other] = [fresh[name], arrays[name]];
    if (!own || !other) return {};
    const values = own.map((value, i) => {
      const column = columns[i % classIds.length]!;
      const row = Math.floor(i / classIds.length);
      return column < 0 ? value : other[row * theirs.length + column]!;
    });
    return { [name]: values };
  };
  return { ...known, ...mix(`${lastLayer}.weight`), ...mix(`${lastLayer}.bias`) };
}
