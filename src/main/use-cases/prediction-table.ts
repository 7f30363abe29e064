import { NETWORK_HEAD } from "../../shared/contracts/engine.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import { csvLine } from "../csv.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import type { Work } from "../work.ts";
import { encodeProject } from "./encoding.ts";
import { predictAll } from "./predicting.ts";

/**
 * The newest model's probabilities as CSV: patch_id, image (the scene's name), window (x,y,width,height),
 * one column a class; empty where a patch could not be read. Errors: `no-model`.
 */
export async function predictionCsv(
  store: ProjectStore,
  engine: EngineHost,
  work: Work,
): Promise<{ csv: string; patches: number; modelId: string }> {
  const model = store.newestModel();
  if (!model) {
    throw new FieldmarkError("no-model", "The project has no model yet. Label some patches and train first.");
  }
  if (model.head !== NETWORK_HEAD) await encodeProject(store, engine, model.encoder, work);
  const { ids, probabilities, classIds } = await predictAll(store, engine, model, work);
  const names = new Map(store.classes().map(({ id, name }) => [id, name]));
  const lines = [
    csvLine(["patch_id", "image", "window", ...classIds.map((id) => names.get(id) ?? `class ${id}`)]),
  ];
  for (const table of store.patchTables(ids)) {
    const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
    for (const [position, id] of table.ids.entries()) {
      const row = rowOf.get(id) ?? 0;
      const window = [table.x, table.y, table.width, table.height].map((column) => column[position] ?? 0);
      const values = classIds.map((_, column) => {
        const value = probabilities[row * classIds.length + column] ?? Number.NaN;
        return Number.isNaN(value) ? null : Number(value.toPrecision(6));
      });
      lines.push(
        csvLine([id, table.scenes[table.scene[position] ?? 0]?.name ?? "", window.join(","), ...values]),
      );
    }
  }
  return { csv: lines.join(""), patches: ids.length, modelId: model.id };
}
