import { encodeProject } from "../../use-cases/encoding.ts";
import type { DefineCommand } from "../define-command.ts";

/** Embeddings of all patches; what is there is kept. */
export const encodeCommand: DefineCommand = (program, { run }) =>
  program
    .command("encode")
    .description("compute the embeddings that are missing; can be stopped and continued")
    .argument("<project>")
    .option("--encoder <id>", "encoder (default: the project's)")
    .action((project: string, options: { encoder?: string; json?: boolean }) =>
      run(options, async ({ openProject, engine, work, print, note }) => {
        const store = openProject(project);
        const encoder = options.encoder ?? store.project().settings.encoder;
        const { folder, dimensions, count, computed, seconds, failures } = await encodeProject(
          store,
          engine,
          encoder,
          work,
        );
        for (const { message } of failures) note(message);
        print(
          { encoder, folder, dimensions, count, computed, seconds, failures },
          `${encoder}: ${count} embeddings of ${dimensions} numbers, ${computed} computed now in ${seconds.toFixed(1)} s${failures.length > 0 ? `, ${failures.length} patches could not be read` : ""}.`,
        );
      }),
    );
