import { z } from "zod";
import type { Outcome } from "./outcome.ts";

const annotationSchema = z.object({ type: z.string(), description: z.string().optional() });
const testSchema = z.object({
  status: z.enum(["expected", "unexpected", "flaky", "skipped"]),
  annotations: z.array(annotationSchema).default([]),
});
const specSchema = z.object({ title: z.string(), file: z.string(), tests: z.array(testSchema) });

interface Suite {
  readonly title: string;
  readonly specs: z.infer<typeof specSchema>[];
  readonly suites?: Suite[] | undefined;
}

const suiteSchema: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    title: z.string(),
    specs: z.array(specSchema).default([]),
    suites: z.array(suiteSchema).optional(),
  }),
);

const reportSchema = z.object({
  suites: z.array(suiteSchema).default([]),
  errors: z.array(z.object({ message: z.string().optional() })).default([]),
});

/**
 * The outcome told by Playwright's JSON reporter. A test that needed a second try counts as passed.
 * @param reasonForAll where given, every test counts as skipped for this reason (a mere listing)
 */
export function readPlaywrightReport(json: string, reasonForAll?: string): Outcome {
  const report = reportSchema.parse(JSON.parse(json));
  const failed: string[] = report.errors.map((error) => error.message?.split("\n")[0] ?? "end-to-end tests");
  const skipped: { name: string; reason: string }[] = [];
  let passed = 0;
  const visit = (suite: Suite): void => {
    for (const spec of suite.specs) {
      const name = `${spec.file} > ${spec.title}`;
      for (const test of spec.tests) {
        const note = test.annotations.find(
          (each) => each.type === "skip" || each.type === "fixme",
        )?.description;
        if (reasonForAll !== undefined) skipped.push({ name, reason: reasonForAll });
        else if (test.status === "skipped") skipped.push({ name, reason: note ?? "no reason given" });
        else if (test.status === "unexpected") failed.push(name);
        else passed += 1;
      }
    }
    for (const inner of suite.suites ?? []) visit(inner);
  };
  for (const suite of report.suites) visit(suite);
  return { passed, failed, skipped };
}
