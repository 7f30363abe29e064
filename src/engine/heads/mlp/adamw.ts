import type { EngineMath, Tensor2D } from "../../backends/index.ts";

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/**
 * AdamW (Loshchilov and Hutter 2019, Algorithm 2): Adam with weight decay apart from the gradient; plain Adam
 * where the decay is 0.
 */
export class AdamW<Name extends string> {
  readonly #tf: EngineMath;
  readonly #names: readonly Name[];
  readonly #decay: number;
  readonly #first = new Map<Name, Tensor2D>();
  readonly #second = new Map<Name, Tensor2D>();
  #steps = 0;

  constructor(tf: EngineMath, names: readonly Name[], weightDecay: number) {
    this.#tf = tf;
    this.#names = names;
    this.#decay = weightDecay;
  }

  /** New weights; the old ones and the gradients are disposed. */
  step(
    weights: Readonly<Record<Name, Tensor2D>>,
    gradients: Readonly<Record<Name, Tensor2D>>,
    rate: number,
  ): Record<Name, Tensor2D> {
    this.#steps++;
    const correction1 = 1 - BETA1 ** this.#steps;
    const correction2 = 1 - BETA2 ** this.#steps;
    const next: Record<Name, Tensor2D> = { ...weights };
    for (const name of this.#names) {
      const gradient = gradients[name];
      const first = this.#moment(this.#first, name, gradient, BETA1);
      const second = this.#squares(name, gradient);
      next[name] = this.#tf.tidy(() => {
        const root = this.#tf.add(this.#tf.sqrt(this.#tf.div(second, correction2)), EPSILON);
        const move = this.#tf.mul(this.#tf.div(first, root), rate / correction1);
        const kept = this.#decay === 0 ? weights[name] : this.#tf.mul(weights[name], 1 - rate * this.#decay);
        return this.#tf.sub<Tensor2D>(kept, move);
      });
      weights[name].dispose();
      gradient.dispose();
    }
    return next;
  }

  #moment(moments: Map<Name, Tensor2D>, name: Name, value: Tensor2D, beta: number): Tensor2D {
    const old = moments.get(name);
    const next = this.#tf.tidy(() => {
      const part = this.#tf.mul<Tensor2D>(value, 1 - beta);
      return old ? this.#tf.add<Tensor2D>(this.#tf.mul(old, beta), part) : part;
    });
    old?.dispose();
    moments.set(name, next);
    return next;
  }

  #squares(name: Name, gradient: Tensor2D): Tensor2D {
    const squared = this.#tf.square(gradient);
    const moment = this.#moment(this.#second, name, squared, BETA2);
    squared.dispose();
    return moment;
  }

  dispose(): void {
    for (const tensor of [...this.#first.values(), ...this.#second.values()]) tensor.dispose();
  }
}
