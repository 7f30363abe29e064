import { notifications } from "@mantine/notifications";
import { Cancelled, type ErrorShape, toErrorShape } from "../../shared/errors.ts";
import { strings } from "../strings.ts";
import { ErrorSentence } from "./error-sentence.tsx";

/** Shows what went wrong, until it is closed. Cancellation is not an error and shows nothing. */
export function presentError(error: unknown): void {
  if (error instanceof Cancelled) return;
  showError(toErrorShape(error));
}

export function showError(error: ErrorShape): void {
  notifications.show({
    // The same trouble twice is one message.
    id: `${error.code}:${error.message}`,
    title: strings.errors.title,
    message: <ErrorSentence error={error} />,
    color: "red",
    autoClose: false,
    withBorder: true,
  });
}

/** Runs something for its effect and shows its error. */
export function reporting(work: Promise<unknown>): void {
  work.catch(presentError);
}
