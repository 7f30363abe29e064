import { diagnose, renderDoctor } from "../../doctor/index.ts";
import type { DefineCommand } from "../define-command.ts";

/** What this machine and installation can do, and why. */
export const doctorCommand: DefineCommand = (program, { run }) =>
  program
    .command("doctor")
    .description("show Node, Electron, the computing backend and why it runs, and what would improve it")
    .action((options: { json?: boolean }) =>
      run(options, async ({ print }) => {
        const doctor = await diagnose();
        print(doctor, renderDoctor(doctor));
      }),
    );
