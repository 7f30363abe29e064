import type { AppContract } from "../../shared/contracts/app.ts";
import type { CallName, Handlers } from "../../shared/rpc/contract.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import type { Events } from "../events.ts";
import type { ImageEndpoint } from "../image-endpoint.ts";
import type { Jobs } from "../jobs.ts";
import type { PreferencesStore } from "../preferences.ts";
import type { Workspace } from "../workspace.ts";

/** What the handlers of all groups work with. */
export interface Core {
  readonly workspace: Workspace;
  readonly jobs: Jobs;
  readonly engine: EngineHost;
  readonly events: Events;
  readonly preferences: PreferencesStore;
  readonly images: ImageEndpoint;
}

type GroupOf<Name extends string> = Name extends `${infer Group}.${string}` ? Group : never;

/** The handlers of the calls that begin with one of these group names, all of them. */
export type GroupHandlers<Group extends GroupOf<CallName<AppContract>>> = Pick<
  Handlers<AppContract>,
  Extract<CallName<AppContract>, `${Group}.${string}`>
>;
