import type { Message, Port } from "./port.ts";

/** Two connected ports within one process; messages are structured-cloned, as between processes. */
export function memoryPorts(): [Port, Port] {
  const sides = [new MemoryPort(), new MemoryPort()] as const;
  sides[0].peer = sides[1];
  sides[1].peer = sides[0];
  return [sides[0], sides[1]];
}

class MemoryPort implements Port {
  peer: MemoryPort | null = null;
  #listener: ((message: unknown) => void) | null = null;
  readonly #closeListeners = new Set<(reason: string) => void>();
  #closed = false;

  post(message: Message): void {
    if (this.#closed) return;
    const copy: unknown = structuredClone(message);
    const peer = this.peer;
    queueMicrotask(() => peer?.receive(copy));
  }

  receive(message: unknown): void {
    if (!this.#closed) this.#listener?.(message);
  }

  onMessage(listener: (message: unknown) => void): () => void {
    this.#listener = listener;
    return () => {
      if (this.#listener === listener) this.#listener = null;
    };
  }

  onClose(listener: (reason: string) => void): () => void {
    this.#closeListeners.add(listener);
    return () => void this.#closeListeners.delete(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { peer } = this;
    this.peer = null;
    peer?.lost();
  }

  lost(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const listener of this.#closeListeners) listener("The other side was closed.");
  }
}
