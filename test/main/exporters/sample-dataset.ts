import type { ExportDataset, ExportedPatch } from "../../../src/main/exporters/dataset.ts";

function patch(id: number, changes: Partial<ExportedPatch>): ExportedPatch {
  return {
    id,
    name: `scene@${64 * id}_0`,
    image: "north/scene",
    x: 64 * id,
    y: 0,
    width: 64,
    height: 64,
    split: null,
    control: false,
    round: 0,
    confirmed: true,
    states: ["present", "absent"],
    footprint: null,
    center: null,
    ...changes,
  };
}

/** Three patches, two classes, every state once. One class is named like a formula, the other plainly. */
export function sampleDataset(): ExportDataset {
  const classes = ["water", "=trees"].map((name, position) => ({
    id: position + 1,
    name,
    key: String(position + 1),
    color: "#336699",
    description: "",
    parentId: null,
    position,
  }));
  return {
    name: "Sample",
    kind: "multi-label",
    classes,
    patches: [
      patch(1, {
        split: "pool",
        footprint: [
          [9, 48],
          [9.1, 48],
          [9.1, 48.1],
          [9, 48.1],
          [9, 48],
        ],
        center: [9.05, 48.05],
      }),
      patch(2, { states: ["absent", null], control: true }),
      patch(3, { states: ["unsure", "present"], image: '+odd, "name"', round: null }),
    ],
    rounds: [
      {
        number: 0,
        function: "mge+clustering",
        budget: 2,
        labeled: 2,
        control: 1,
        createdAt: "2026-11-20T10:00:00.000Z",
      },
    ],
    archivePatches: 40,
    encoder: "rcf",
    seed: 1,
    createdAt: "2026-11-20T10:00:00.000Z",
    version: "0.0.0",
  };
}
