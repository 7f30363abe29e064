// Makes a project and ends itself without any clean-up once a step has come so far: as a power cut would.
// Arguments: the project's folder, the source, the progress message, the number at which it ends.
import { setUpProject } from "../../../src/main/use-cases/project-set-up.ts";

const [folder = "", source = "", message = "", number = "0"] = process.argv.slice(2);
await setUpProject(
  {
    folder,
    kind: "multi-label",
    source,
    grid: { patchSize: 8, stride: null, edges: "shift", nodataLimit: 0.25 },
    classes: [{ name: "Forest" }],
  },
  {
    progress: (progress) => {
      if (progress.message === message && progress.done >= Number(number))
        process.kill(process.pid, "SIGKILL");
    },
  },
);
