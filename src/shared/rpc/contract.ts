import type { z } from "zod";

/** One call: what goes in and what comes back. Inputs are validated where they enter. */
export interface CallDefinition<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
}

/** A contract between two processes: its calls and the events that the serving side sends. */
export interface Contract {
  readonly calls: Readonly<Record<string, CallDefinition>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

export type CallName<C extends Contract> = keyof C["calls"] & string;
export type EventName<C extends Contract> = keyof C["events"] & string;
/** What a caller passes (before defaults are filled in). */
export type CallInput<C extends Contract, K extends CallName<C>> = z.input<C["calls"][K]["input"]>;
/** What a handler gets (defaults filled in). */
export type ParsedInput<C extends Contract, K extends CallName<C>> = z.output<C["calls"][K]["input"]>;
export type CallOutput<C extends Contract, K extends CallName<C>> = z.output<C["calls"][K]["output"]>;
export type EventPayload<C extends Contract, K extends EventName<C>> = z.output<C["events"][K]>;

/** Progress of one call. `total` is 0 while unknown. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly message: string;
}

export interface CallContext {
  /** Raised when the caller cancels or goes away; handlers look at it at every batch. */
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
}

export type Handlers<C extends Contract> = {
  readonly [K in CallName<C>]: (
    input: ParsedInput<C, K>,
    context: CallContext,
  ) => Promise<CallOutput<C, K>> | CallOutput<C, K>;
};

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Client<C extends Contract> {
  /** Rejects with `FieldmarkError` for failures and `Cancelled` when the signal was raised. */
  call<K extends CallName<C>>(
    name: K,
    ...rest: undefined extends CallInput<C, K>
      ? [input?: CallInput<C, K>, options?: CallOptions]
      : [input: CallInput<C, K>, options?: CallOptions]
  ): Promise<CallOutput<C, K>>;
  /** Returns the function that ends the subscription. */
  on<K extends EventName<C>>(name: K, listener: (payload: EventPayload<C, K>) => void): () => void;
  /** Fails all open calls with `engine-lost` (or the given error) and stops listening. */
  close(): void;
}

/** Keeps literal types of a contract while checking its shape. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}

export function defineCall<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): CallDefinition<I, O> {
  return { input, output };
}
