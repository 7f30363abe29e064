import { create } from "zustand";
import type { BackendStatus, RegistryEntry } from "../../shared/domain/learning.ts";
import { call } from "./session.ts";

interface EngineState {
  readonly status: "idle" | "loading" | "ready" | "failed";
  readonly backend: BackendStatus | null;
  readonly encoders: readonly RegistryEntry[];
  readonly queryFunctions: readonly RegistryEntry[];
  readonly error: unknown;
}

/** What the learning engine runs on and what it offers. */
export const useEngine = create<EngineState>()(() => ({
  status: "idle",
  backend: null,
  encoders: [],
  queryFunctions: [],
  error: null,
}));

/** Asks once; the answer is kept. After a failure the next call asks again. */
export async function loadEngine(): Promise<void> {
  const { status } = useEngine.getState();
  if (status === "loading" || status === "ready") return;
  useEngine.setState({ status: "loading", error: null });
  try {
    useEngine.setState({ status: "ready", ...(await call("app.engine")) });
  } catch (error) {
    useEngine.setState({ status: "failed", error });
  }
}
