import type { AppContract } from "../shared/contracts/app.ts";
import type { Handlers } from "../shared/rpc/contract.ts";
import type { ApplicationOptions } from "./application-options.ts";
import { createEngineHost } from "./engine-host/engine-host.ts";
import { spawnEngineChild } from "./engine-host/spawn-child.ts";
import { type AppEventListener, Events } from "./events.ts";
import { appHandlers } from "./handlers/app.ts";
import type { Core } from "./handlers/core.ts";
import { evaluationHandlers } from "./handlers/evaluation.ts";
import { exportHandlers } from "./handlers/exports.ts";
import { folderHandlers } from "./handlers/folders.ts";
import { labelHandlers } from "./handlers/labels.ts";
import { patchHandlers } from "./handlers/patches.ts";
import { projectHandlers } from "./handlers/projects.ts";
import { roundHandlers } from "./handlers/rounds.ts";
import { sourceHandlers } from "./handlers/sources.ts";
import { splitHandlers } from "./handlers/splits.ts";
import { taxonomyHandlers } from "./handlers/taxonomy.ts";
import { createImageEndpoint } from "./image-endpoint.ts";
import type { ImageReply } from "./image-reply.ts";
import { createJobs } from "./jobs.ts";
import { createPreferencesStore } from "./preferences.ts";
import { shownProject } from "./shown-project.ts";
import { Workspace } from "./workspace.ts";

export type { ApplicationOptions, Dialogs } from "./application-options.ts";
export type { EngineProcess, EngineSpawner } from "./engine-host/engine-process.ts";
export type { AppEventListener } from "./events.ts";
export type { ImageReply } from "./image-reply.ts";

/** The application core: the same under every host. */
export interface Application {
  readonly handlers: Handlers<AppContract>;
  /** Returns the function that ends the subscription. */
  onEvent(listener: AppEventListener): () => void;
  /** What follows the image base: `/patch/ID`, `/planes/ID` or `/look/ID`, see `shared/display/picture-address.ts`. */
  image(path: string, query: URLSearchParams, signal: AbortSignal): Promise<ImageReply>;
  /** Cancels jobs, stops the engine and the decoders, closes the project. */
  close(): Promise<void>;
}

/** Wires the application core. Nothing is started before it is needed. */
export function createApplication(options: ApplicationOptions): Application {
  const events = new Events();
  const preferences = createPreferencesStore(options.configFolder);
  const jobs = createJobs((job) => events.emit("job", job));
  const engine = createEngineHost(options.spawnEngine ?? spawnEngineChild);
  const images = createImageEndpoint(() => workspace.current && shownProject(workspace.current));
  const workspace = new Workspace({ preferences, events, jobs, engine, onSwitch: () => images.clear() });
  const core: Core = { workspace, jobs, engine, events, preferences, images };

  return {
    handlers: {
      ...appHandlers(core, options),
      ...folderHandlers(options.dialogs),
      ...sourceHandlers(core),
      ...projectHandlers(core),
      ...taxonomyHandlers(core),
      ...patchHandlers(core),
      ...labelHandlers(core),
      ...roundHandlers(core),
      ...evaluationHandlers(core),
      ...splitHandlers(core),
      ...exportHandlers(core),
    },
    onEvent: (listener) => events.on(listener),
    image: (path, query, signal) => images.image(path, query, signal),
    async close() {
      const ended = jobs.cancelAll();
      // Everything that the engine does can be cut short: a job that waits for a long batch ends at once.
      engine.close();
      await ended;
      await workspace.close();
      await images.close();
    },
  };
}
