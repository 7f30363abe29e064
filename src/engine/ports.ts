import type { ChildProcess } from "node:child_process";
import type { Message, Port } from "../shared/rpc/port.ts";

/** What a port needs of a channel; all that Electron's and Node's ones have in common. */
interface Channel {
  readonly send: (message: Message) => void;
  readonly listen: (listener: (message: unknown) => void) => () => void;
  readonly onClose: (listener: (reason: string) => void) => () => void;
  readonly close: () => void;
}

function portOver(channel: Channel): Port {
  let closed = false;
  return {
    post(message) {
      if (!closed) channel.send(message);
    },
    onMessage: (listener) => channel.listen(listener),
    onClose: (listener) => channel.onClose(listener),
    close() {
      if (closed) return;
      closed = true;
      channel.close();
    },
  };
}

/** Electron's `process.parentPort` in a utility process: the part of it that is used here. */
export interface ParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { readonly data: unknown }) => void): unknown;
  off(event: "message", listener: (event: { readonly data: unknown }) => void): unknown;
}

/** The engine's end in an Electron utility process. Electron ends the process itself when its parent goes. */
export function parentPortPort(parent: ParentPort): Port {
  return portOver({
    send: (message) => parent.postMessage(message),
    listen(listener) {
      const forward = (event: { readonly data: unknown }) => listener(event.data);
      parent.on("message", forward);
      return () => void parent.off("message", forward);
    },
    onClose: () => () => {},
    close: () => {},
  });
}

/**
 * The engine's end in a child process forked with `serialization: "advanced"`
 * (without it typed arrays turn into objects and NaN into null).
 */
export function forkedProcessPort(self: NodeJS.Process): Port {
  return portOver({
    // The parent may vanish between two messages; its going is told by "disconnect".
    send: (message) => void (self.connected && self.send?.(message, undefined, {}, () => {})),
    listen(listener) {
      self.on("message", listener);
      return () => void self.off("message", listener);
    },
    onClose(listener) {
      const tell = () => listener("The application has ended.");
      self.once("disconnect", tell);
      return () => void self.off("disconnect", tell);
    },
    close: () => void (self.connected && self.disconnect()),
  });
}

/** The application's end of a forked engine (`serialization: "advanced"`). */
export function childProcessPort(child: ChildProcess): Port {
  return portOver({
    send: (message) => void (child.connected && child.send(message, () => {})),
    listen(listener) {
      child.on("message", listener);
      return () => void child.off("message", listener);
    },
    onClose(listener) {
      const tell = (code: number | null, signal: NodeJS.Signals | null) =>
        listener(
          `The engine process has ended (${signal ?? `code ${code}`}). Labels are safe; try again to start it anew.`,
        );
      // A process that can't even be started has no exit to tell.
      const tellFailure = (error: Error) => {
        if (child.pid === undefined) listener(`The engine process could not be started: ${error.message}.`);
      };
      child.once("exit", tell);
      child.on("error", tellFailure);
      return () => {
        child.off("exit", tell);
        child.off("error", tellFailure);
      };
    },
    close: () => void (child.connected && child.disconnect()),
  });
}
