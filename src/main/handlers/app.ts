import type { ApplicationOptions } from "../application-options.ts";
import { defined } from "../defined.ts";
import { VERSION } from "../version.ts";
import type { Core, GroupHandlers } from "./core.ts";

type HostFacts = Pick<ApplicationOptions, "host" | "imageBase" | "dialogs">;

/** The application itself: facts, engine, preferences, jobs. */
export function appHandlers(
  { workspace, jobs, engine, preferences }: Core,
  { host, imageBase, dialogs }: HostFacts,
): GroupHandlers<"app" | "preferences" | "jobs"> {
  return {
    "app.info": () => ({
      version: VERSION,
      host,
      platform: process.platform,
      imageBase,
      hasNativeDialogs: dialogs !== null,
      preferences: preferences.get(),
      project: workspace.summary(),
      jobs: jobs.list(),
    }),
    "app.engine": async (_input, { signal, progress }) => {
      const { backend, encoders, queryFunctions } = await engine.call("status", undefined, {
        signal,
        onProgress: progress,
      });
      return { backend, encoders, queryFunctions };
    },
    "preferences.set": (changes) => preferences.set(defined(changes)),
    "jobs.cancel": ({ jobId }) => ({ cancelled: jobs.cancel(jobId) }),
    "jobs.dismiss": ({ jobId }) => {
      jobs.dismiss(jobId);
      return undefined;
    },
  };
}
