import { useApp } from "./app-store.ts";
import { hasPendingActions } from "./patches-store.ts";

/**
 * Has the browser ask before the page is left or reloaded while labels wait for the connection: they are kept
 * nowhere but in the page. Returns the function that ends it.
 */
export function guardUnsentLabels(): () => void {
  function beforeUnload(event: BeforeUnloadEvent): void {
    if (useApp.getState().connection !== "open" && hasPendingActions()) event.preventDefault();
  }
  window.addEventListener("beforeunload", beforeUnload);
  return () => window.removeEventListener("beforeunload", beforeUnload);
}
