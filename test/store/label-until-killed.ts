import { writeSync } from "node:fs";
import { openProject } from "../../src/store/project-store.ts";

// Labels one patch after the other and prints each label once the store has taken it, until it is killed.
const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: label-until-killed.ts PROJECT");
const store = openProject(folder);
const patchIds = store.patchIds();
const classIds = store.classes().map((one) => one.id);
const states = ["present", "absent", "unsure"] as const;

for (let turn = store.journalPosition(); ; turn++) {
  const patchId = patchIds[turn % patchIds.length]!;
  const classId = classIds[Math.floor(turn / patchIds.length) % classIds.length]!;
  const now = store.labelsOf([patchId]).get(patchId)?.[classId];
  const state = states[(now === undefined ? 0 : states.indexOf(now) + 1) % states.length]!;
  store.changeLabels([{ patchId, classId, state }], { annotator: "Ana", origin: "manual", round: null });
  writeSync(1, `${JSON.stringify({ position: store.journalPosition(), patchId, classId, state })}\n`);
}
