import { z } from "zod";

/** One class of the project's taxonomy. `id` is given by the store and never reused. */
export const classSchema = z.object({
  id: z.number().int().positive(),
  name: z.string().min(1).max(120),
  /** The key that toggles the class: 1–0, or shift+1–0; null for none. */
  key: z.string().max(16).nullable(),
  /** `#rrggbb`. */
  color: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  description: z.string().max(2000),
  parentId: z.number().int().positive().nullable(),
  position: z.number().int().nonnegative(),
});
export type TaxonomyClass = z.infer<typeof classSchema>;

/** A class as a taxonomy file, a preset or the editor gives it: only the name is needed. */
export const classInputSchema = z.object({
  /** Set where an existing class is edited. */
  id: z.number().int().positive().optional(),
  name: z.string().trim().min(1).max(120),
  key: z.string().max(16).nullable().optional(),
  color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .optional(),
  description: z.string().max(2000).optional(),
  /** Name of the parent class. */
  parent: z.string().nullable().optional(),
});
export type ClassInput = z.infer<typeof classInputSchema>;

/** Class keys in palette order: 1–9, 0, then the same with shift. */
export const CLASS_KEYS = [
  ..."1234567890",
  ...Array.from("1234567890", (digit) => `shift+${digit}`),
] as const;

/** Twenty distinguishable class colours for light and dark, in palette order. */
export const CLASS_COLORS = [
  "#4c8dd6",
  "#2f9e62",
  "#d9822b",
  "#c94f4f",
  "#8f6ac8",
  "#1f9d9d",
  "#c2a12d",
  "#d56a9f",
  "#7a8b3c",
  "#8a6f5a",
  "#3f6fb5",
  "#65b36a",
  "#e3a857",
  "#e07a6d",
  "#b191dd",
  "#5fc0bd",
  "#a3b545",
  "#e39ac0",
  "#5d7f8c",
  "#a98467",
] as const;
