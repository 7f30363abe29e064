import { fileURLToPath } from "node:url";
import { createApplication } from "../../application.ts";
import { defaultConfigFolder } from "../../preferences.ts";
import { type ServeHost, startServeHost } from "./serve-host.ts";

/** Where pictures are found under this host. */
export const IMAGE_BASE = "/tile";

/** The built renderer, seen from the source tree and from the bundle alike. */
const RENDERER_FOLDER = fileURLToPath(
  import.meta.url.endsWith(".ts")
    ? new URL("../../../../out/renderer", import.meta.url)
    : new URL("../renderer", import.meta.url),
);

export interface StartServeOptions {
  /** A project to open at once. */
  readonly project?: string;
  readonly port?: number;
  readonly configFolder?: string;
}

/** Makes the application core and serves it to the machine's own browser. Fails before listening when the project can't be opened. */
export async function startServe(options: StartServeOptions = {}): Promise<ServeHost> {
  const application = createApplication({
    configFolder: options.configFolder ?? defaultConfigFolder(),
    host: "serve",
    dialogs: null,
    imageBase: IMAGE_BASE,
  });
  try {
    if (options.project !== undefined) {
      await application.handlers["projects.open"](
        { folder: options.project },
        { signal: new AbortController().signal, progress: () => {} },
      );
    }
    return await startServeHost({
      application,
      rendererFolder: RENDERER_FOLDER,
      ...(options.port === undefined ? {} : { port: options.port }),
    });
  } catch (error) {
    await application.close();
    throw error;
  }
}
