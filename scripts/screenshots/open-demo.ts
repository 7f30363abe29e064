import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DEMO_FILES, readDemoTruth } from "../../src/archive/demo/truth.ts";
import { type Application, createApplication } from "../../src/main/application.ts";
import { IMAGE_BASE } from "../../src/main/hosts/serve/index.ts";
import { startServeHost } from "../../src/main/hosts/serve/serve-host.ts";
import { QUIET } from "../../src/main/work.ts";
import { ROOT } from "../setup/set-up.ts";

const ROUNDS = 4;
const BUDGET = 24;
const CONTEXT = { ...QUIET, signal: new AbortController().signal };

/** The application with the demo project open, some rounds labelled and the next one waiting. */
export interface OpenDemo {
  /** With the one-time token. */
  readonly url: string;
  /** Where the archive and the project lie. */
  readonly folder: string;
  /** Patch name → names of the classes that are truly present. */
  readonly truth: ReadonlyMap<string, readonly string[]>;
  readonly classNames: readonly string[];
  close(): Promise<void>;
}

/** Runs a job of the application to its end. */
async function finish(application: Application, start: () => Promise<{ jobId: string }> | { jobId: string }) {
  const { promise, resolve, reject } = Promise.withResolvers<string | null>();
  const stop = application.onEvent((event, payload) => {
    if (event !== "job" || payload === null || !("state" in payload) || payload.state === "running") return;
    if (payload.state === "done") resolve(payload.output);
    else reject(new Error(`${payload.title}: ${payload.error?.message ?? payload.state}`));
  });
  try {
    await start();
    return await promise;
  } finally {
    stop();
  }
}

/** Makes the demo in a new folder and goes through some rounds with its truth as the analyst. */
export async function openDemo(folder: string, log: (line: string) => void): Promise<OpenDemo> {
  const configFolder = join(folder, ".config");
  await mkdir(configFolder);
  await writeFile(
    join(configFolder, "preferences.json"),
    JSON.stringify({ annotator: "Ana", colorScheme: "auto" }),
  );
  const application = createApplication({
    configFolder,
    host: "serve",
    dialogs: null,
    imageBase: IMAGE_BASE,
  });
  const { handlers } = application;

  log("Making the demo …");
  await finish(application, () => handlers["projects.demo"]({ parent: folder }, CONTEXT));
  const demoFolder = join(folder, "Fieldmark demo");
  const { scenes, classes } = await readDemoTruth(join(demoFolder, "archive"));
  // The pictures of the set-up are of an archive that nobody has labelled yet.
  await rm(join(demoFolder, "archive", DEMO_FILES.labels));
  const truth = new Map(
    scenes.flatMap(({ image, patches }) =>
      patches.map(({ x, y, labels }) => [`${image.replace(/\.tif$/, "")}@${x}_${y}`, labels] as const),
    ),
  );
  const summary = await handlers["projects.summary"](undefined, CONTEXT);
  const query = summary?.settings.queryFunction ?? "random";
  for (let round = 0; round <= ROUNDS; round++) {
    log(`Round ${round} …`);
    await finish(application, () =>
      handlers["rounds.next"]({ function: query, options: {}, budget: BUDGET }, CONTEXT),
    );
    if (round < ROUNDS) await labelQueue(application, truth);
  }
  const host = await startServeHost({ application, rendererFolder: join(ROOT, "out", "renderer") });
  return {
    url: host.url,
    folder: demoFolder,
    truth,
    classNames: classes.map(({ name }) => name),
    close: () => host.close(),
  };
}

async function labelQueue(
  { handlers }: Application,
  truth: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const summary = await handlers["projects.summary"](undefined, CONTEXT);
  const { items } = await handlers["patches.page"](
    { filter: { view: "queue" }, offset: 0, limit: 500 },
    CONTEXT,
  );
  const changes = items.flatMap(({ id: patchId, name }) =>
    (summary?.classes ?? [])
      .filter((each) => truth.get(name)?.includes(each.name))
      .map(({ id: classId }) => ({ patchId, classId, state: "present" as const })),
  );
  await handlers["labels.set"]({ changes, origin: "manual" }, CONTEXT);
  await handlers["labels.confirm"]({ patchIds: items.map(({ id }) => id), confirmed: true }, CONTEXT);
}
