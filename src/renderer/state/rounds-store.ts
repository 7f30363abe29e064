import { create } from "zustand";
import type { CurvePoint, Round } from "../../shared/domain/project.ts";
import { call } from "./session.ts";

interface RoundsState {
  readonly loaded: boolean;
  readonly rounds: readonly Round[];
  readonly curve: readonly CurvePoint[];
}

/** The project's rounds, oldest first, and one point of the curve for each trained model. */
export const useRounds = create<RoundsState>()(() => ({ loaded: false, rounds: [], curve: [] }));

export async function loadRounds(): Promise<void> {
  const { rounds, curve } = await call("rounds.list");
  useRounds.setState({
    loaded: true,
    rounds: rounds.toSorted((a, b) => a.number - b.number),
    curve: curve.toSorted((a, b) => a.labeled - b.labeled || a.round - b.round),
  });
}

export function resetRounds(): void {
  useRounds.setState({ loaded: false, rounds: [], curve: [] });
}
