import { z } from "zod";

/** The state of one class on one patch. Not reviewed = no current state (null). */
export const labelStateSchema = z.enum(["present", "absent", "unsure"]);
export type LabelState = z.infer<typeof labelStateSchema>;

/** What a journal entry says; `cleared` takes a label back to "not reviewed". */
export const journalStateSchema = z.enum(["present", "absent", "unsure", "cleared"]);
export type JournalState = z.infer<typeof journalStateSchema>;

/** How a label came to be: by hand, implied by confirming, accepted from a suggestion, from a file, or by undo/redo. */
export const labelOriginSchema = z.enum(["manual", "implied", "suggestion", "import", "undo"]);
export type LabelOrigin = z.infer<typeof labelOriginSchema>;

/** Codes of label matrices in typed arrays (Int8Array, patches × classes, row-major). */
export const LABEL_PRESENT = 1;
export const LABEL_ABSENT = 0;
/** Unsure or not reviewed: masked out of the loss and the metrics. */
export const LABEL_MASKED = -1;

/** Review state of a patch as a whole. */
export const patchStatusSchema = z.enum(["unseen", "in-progress", "confirmed", "skipped"]);
export type PatchStatus = z.infer<typeof patchStatusSchema>;

/** Labels of one patch as the renderer shows them: class id → state; a class that is missing is not reviewed. */
export const patchLabelsSchema = z.record(z.string(), labelStateSchema);
export type PatchLabels = z.infer<typeof patchLabelsSchema>;
