import type { Work } from "../work.ts";

/** Progress of a simulation by rounds, with an estimate of the time left. */
export class SimulationProgress {
  readonly #total: number;
  readonly #work: Work;
  readonly #start = performance.now();
  #done = 0;
  #computed = 0;

  constructor(total: number, work: Work) {
    this.#total = total;
    this.#work = work;
  }

  step(message: string): void {
    this.#done++;
    this.#computed++;
    const perStep = (performance.now() - this.#start) / 1000 / this.#computed;
    const left = Math.round(perStep * (this.#total - this.#done));
    this.#work.progress({
      done: this.#done,
      total: this.#total,
      message: `${message}, ${duration(left)} left`,
    });
  }

  /** Rounds that a trial no longer needs. */
  skip(rounds: number): void {
    this.#done += rounds;
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
