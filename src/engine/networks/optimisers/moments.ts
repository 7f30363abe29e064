import { FieldmarkError } from "../../../shared/errors.ts";
import type { NamedArrays } from "../../embeddings/named-arrays.ts";
import type { Kernels } from "../kernels.ts";
import type { Parameter } from "../parameter.ts";
import { Variable } from "../variable.ts";

/** One remembered value for each value of some parameters, zero at first. */
export class Moments {
  readonly #variables: ReadonlyMap<Parameter, Variable>;
  readonly #prefix: string;

  /** @param prefix begins the arrays' names in a checkpoint */
  constructor(kernels: Kernels, parameters: readonly Parameter[], prefix: string) {
    this.#prefix = prefix;
    this.#variables = new Map(
      parameters.map((parameter) => [
        parameter,
        new Variable(kernels, parameter.shape, new Float32Array(parameter.size)),
      ]),
    );
  }

  of(parameter: Parameter): Variable {
    const variable = this.#variables.get(parameter);
    if (variable) return variable;
    throw new FieldmarkError("internal", `The optimiser does not know the parameter ${parameter.name}.`);
  }

  state(): NamedArrays {
    const entries = Array.from(this.#variables, ([{ name }, variable]) => [
      `${this.#prefix}.${name}`,
      variable.read(),
    ]);
    return Object.fromEntries(entries);
  }

  /** @throws FieldmarkError `no-model` where an array is missing or of another size */
  load(arrays: NamedArrays): void {
    for (const [{ name, size }, variable] of this.#variables) {
      const values = arrays[`${this.#prefix}.${name}`];
      if (values?.length !== size) {
        throw new FieldmarkError(
          "no-model",
          `The optimiser's state does not fit the network at "${name}". Start the training anew.`,
        );
      }
      variable.assign(values);
    }
  }

  dispose(): void {
    for (const variable of this.#variables.values()) variable.dispose();
  }
}
