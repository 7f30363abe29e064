import type { PatchTable, Scene } from "../shared/domain/imagery.ts";
import { FieldmarkError } from "../shared/errors.ts";
import { type Connection, idList } from "./connection.ts";
import { missingPatch, parseScene } from "./imagery.ts";

interface PatchRow {
  readonly id: number;
  readonly scene_id: number;
  readonly source_id: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Patches in columns, one table a source (a source without any of them has none).
 *
 * @param ids the patches wanted, in the order of each table; all patches by id when left out
 * @throws FieldmarkError not-found for an id that the project doesn't have
 */
export function patchTables(db: Connection, ids?: Iterable<number>): PatchTable[] {
  const bySource = new Map<number, PatchRow[]>();
  for (const row of readRows(db, ids)) {
    const rows = bySource.get(row.source_id);
    if (rows) rows.push(row);
    else bySource.set(row.source_id, [row]);
  }
  return Array.from(bySource, ([sourceId, rows]) => toTable(db, sourceId, rows));
}

/**
 * The one table of patches that all belong to one source.
 *
 * @throws FieldmarkError invalid-input when the patches belong to several sources or there are none
 */
export function patchTable(db: Connection, ids?: Iterable<number>): PatchTable {
  const [table, ...more] = patchTables(db, ids);
  if (!table) throw new FieldmarkError("invalid-input", "There are no patches to read. Add imagery first.");
  if (more.length > 0) {
    throw new FieldmarkError(
      "invalid-input",
      "The patches belong to several sources, which this step cannot take at once.",
    );
  }
  return table;
}

function readRows(db: Connection, ids: Iterable<number> | undefined): PatchRow[] {
  const columns = "patch.id, scene_id, source_id, x, y, width, height";
  if (ids === undefined) {
    return db.all<PatchRow>(
      `SELECT ${columns} FROM patch JOIN scene ON scene.id = patch.scene_id ORDER BY patch.id`,
    );
  }
  const wanted = Array.from(ids);
  const rows = db.all<PatchRow>(
    `SELECT ${columns} FROM json_each(?) AS wanted
     CROSS JOIN patch ON patch.id = wanted.value JOIN scene ON scene.id = patch.scene_id ORDER BY wanted.id`,
    idList(wanted),
  );
  if (rows.length !== wanted.length) {
    const found = new Set(rows.map((row) => row.id));
    throw missingPatch(wanted.find((id) => !found.has(id)) ?? Number.NaN);
  }
  return rows;
}

function toTable(db: Connection, sourceId: number, rows: readonly PatchRow[]): PatchTable {
  const root = db.value<string>("SELECT folder FROM source WHERE id = ?", sourceId)!;
  const scenes: Scene[] = [];
  const sceneIndex = new Map<number, number>();
  const table = {
    root,
    scenes,
    ids: new Int32Array(rows.length),
    scene: new Int32Array(rows.length),
    x: new Int32Array(rows.length),
    y: new Int32Array(rows.length),
    width: new Int32Array(rows.length),
    height: new Int32Array(rows.length),
  };
  rows.forEach((row, at) => {
    let index = sceneIndex.get(row.scene_id);
    if (index === undefined) {
      index = scenes.length;
      sceneIndex.set(row.scene_id, index);
      scenes.push(parseScene(db.value<string>("SELECT definition FROM scene WHERE id = ?", row.scene_id)!));
    }
    table.ids[at] = row.id;
    table.scene[at] = index;
    table.x[at] = row.x;
    table.y[at] = row.y;
    table.width[at] = row.width;
    table.height[at] = row.height;
  });
  return table;
}
