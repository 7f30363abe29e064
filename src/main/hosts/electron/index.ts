// The desktop application: binds the real Electron to the host.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as electron from "electron";
import { createApplication } from "../../application.ts";
import { defaultConfigFolder } from "../../preferences.ts";
import { chooseFolder } from "./dialogs.ts";
import { runElectronHost } from "./electron-host.ts";
import { IMAGE_BASE } from "./protocols.ts";
import { utilityEngineSpawner } from "./utility-engine.ts";

const main = dirname(fileURLToPath(import.meta.url));

await runElectronHost({
  electron,
  preload: join(main, "../preload/index.cjs"),
  rendererFolder: join(main, "../renderer"),
  createApplication: async (window) =>
    createApplication({
      configFolder: defaultConfigFolder(),
      host: "electron",
      imageBase: IMAGE_BASE,
      dialogs: {
        chooseFolder: ({ title, purpose }) => chooseFolder(electron, window(), title, purpose !== "source"),
      },
      spawnEngine: utilityEngineSpawner(electron.utilityProcess, join(main, "engine.js")),
    }),
});
