import { z } from "zod";
import { defineCall, defineContract } from "../../../src/shared/rpc/contract.ts";

const arrays = z.object({
  floats: z.custom<Float32Array>((value) => value instanceof Float32Array),
  integers: z.custom<Int32Array>((value) => value instanceof Int32Array),
  states: z.custom<Int8Array>((value) => value instanceof Int8Array),
  numbers: z.array(z.number().or(z.nan())),
});
export type Arrays = z.infer<typeof arrays>;

/** What a port between processes carries besides JSON: typed arrays and numbers that JSON has no word for. */
export const arrayContract = defineContract({
  calls: {
    /** Gives back what it got, with what the answering side saw of it. */
    echo: defineCall(arrays, arrays.extend({ seen: z.string() })),
  },
  events: {},
});
