import { once } from "node:events";
import { startServe } from "../../hosts/serve/index.ts";
import { projectFolderOf } from "../../use-cases/project-folder.ts";
import { wholeNumber } from "../arguments.ts";
import type { DefineCommand } from "../define-command.ts";

/** The application in the machine's own browser. */
export const serveCommand: DefineCommand = (program, { run }) =>
  program
    .command("serve")
    .description("show Fieldmark in this machine's browser; prints a link that can be used once")
    .argument("[project]", "project to open")
    .option("--port <n>", "port on 127.0.0.1 (default, and 0: a free one)", wholeNumber(0))
    .action((project: string | undefined, options: { port?: number; json?: boolean }) =>
      run(options, async ({ work, print, note }) => {
        const host = await startServe({
          ...(project === undefined ? {} : { project: projectFolderOf(project) }),
          ...(options.port === undefined ? {} : { port: options.port }),
        });
        print({ url: host.url }, host.url);
        note("Open the link in a browser on this machine. Ctrl+C ends Fieldmark.");
        if (work.signal && !work.signal.aborted) await once(work.signal, "abort");
        await host.close();
      }),
    );
