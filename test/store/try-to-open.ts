import { toErrorShape } from "../../src/shared/errors.ts";
import { openProject } from "../../src/store/project-store.ts";

// Opens a project and prints "opened", or the code of the error.
let outcome = "opened";
try {
  openProject(process.argv[2] ?? "").close();
} catch (error) {
  outcome = toErrorShape(error).code;
}
process.stdout.write(outcome);
