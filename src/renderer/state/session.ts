import { FieldmarkError } from "../../shared/errors.ts";
import type { Connection } from "../connection/connection.ts";

let current: Connection | null = null;

/** Sets the connection that the whole page uses. Called once, before the first render. */
export function startSession(connection: Connection): void {
  current = connection;
}

export function session(): Connection {
  if (!current) throw new FieldmarkError("internal", "The page was used before it was connected.");
  return current;
}

/** Calls the application; see `Connection.call`. */
export const call: Connection["call"] = (name, ...rest) => session().call(name, ...rest);
