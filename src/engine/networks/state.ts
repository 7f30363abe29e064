import { FieldmarkError } from "../../shared/errors.ts";
import type { NamedArrays } from "../embeddings/named-arrays.ts";
import type { Parts } from "./parts.ts";

/**
 * All values of a network by PyTorch's names: parameters and running statistics, in the layouts of
 * `Parameter.shape` (convolutions height × width × inputs × outputs, linear inputs × outputs).
 */
export function readState({ parameters, statistics }: Parts): NamedArrays {
  const arrays: Record<string, Float32Array> = {};
  for (const [name, parameter] of parameters) arrays[name] = parameter.variable.read();
  for (const [name, statistic] of statistics) arrays[name] = statistic.read();
  return arrays;
}

/** @throws FieldmarkError `no-model` where an array is missing or of another size; nothing has changed then */
export function loadState({ parameters, statistics }: Parts, arrays: NamedArrays): void {
  const parts = [
    ...Array.from(parameters.values(), ({ name, size, variable }) => ({ name, size, target: variable })),
    ...Array.from(statistics.values(), (target) => ({ name: target.name, size: target.length, target })),
  ];
  const loads = parts.map(({ name, size, target }) => {
    const values = arrays[name];
    if (values?.length === size) return () => target.assign(values);
    throw new FieldmarkError(
      "no-model",
      `The weights do not fit the network: "${name}" should have ${size} values and ` +
        `${values ? `has ${values.length}` : "is missing"}. Use weights of the same network, bands and classes.`,
      { details: { name, expected: size, found: values?.length ?? null } },
    );
  });
  for (const load of loads) load();
}
