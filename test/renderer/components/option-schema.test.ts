import { describe, expect, it } from "vitest";
import { z } from "zod";
import { optionFields } from "../../../src/renderer/components/option-schema.ts";

describe("fields of an options schema", () => {
  it("come from what zod makes of an object", () => {
    const schema = z.toJSONSchema(
      z.object({
        beta: z.number().int().min(1).max(20).default(3).describe("Candidates for each place."),
        onlyConfirmed: z.boolean().default(true),
        start: z.enum(["random", "fps"]).default("fps"),
        title: z.string().optional(),
        weights: z.array(z.number()).optional(),
      }),
    );
    expect(
      optionFields(schema).map(({ id, label, type, choices, minimum, maximum, initial }) => ({
        id,
        label,
        type,
        choices,
        range: [minimum, maximum],
        initial,
      })),
    ).toEqual([
      { id: "beta", label: "Beta", type: "integer", choices: [], range: [1, 20], initial: 3 },
      {
        id: "onlyConfirmed",
        label: "Only confirmed",
        type: "boolean",
        choices: [],
        range: [undefined, undefined],
        initial: true,
      },
      {
        id: "start",
        label: "Start",
        type: "choice",
        choices: ["random", "fps"],
        range: [undefined, undefined],
        initial: "fps",
      },
      {
        id: "title",
        label: "Title",
        type: "text",
        choices: [],
        range: [undefined, undefined],
        initial: undefined,
      },
    ]);
  });

  it("are none where there are no options", () => {
    expect(optionFields({})).toEqual([]);
    expect(optionFields({ type: "object", properties: {} })).toEqual([]);
  });
});
