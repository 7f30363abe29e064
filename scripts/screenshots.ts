// npm run screenshots [-- --out DIR] [-- --size 1280x800]: pictures of the real application on the demo archive.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { findBrowser } from "../src/main/doctor/index.ts";
import { openDemo } from "./screenshots/open-demo.ts";
import { paletted } from "./screenshots/paletted.ts";
import { polish } from "./screenshots/polish.ts";
import { settle } from "./screenshots/settle.ts";
import { takeShots } from "./screenshots/shots.ts";
import { thisMachine } from "./setup/machine.ts";
import { setUpRenderer } from "./setup/renderer.ts";
import { ROOT } from "./setup/set-up.ts";
import { renderStep } from "./setup/step.ts";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: join(ROOT, "docs", "screenshots") },
    size: { type: "string", default: "1440x900" },
  },
});
const [width, height] = values.size.split("x").map(Number);
if (!width || !height) throw new Error(`--size takes WIDTHxHEIGHT, not ${values.size}.`);

const browserPath = findBrowser();
if (browserPath === null) throw new Error("No Chromium or Chrome was found to take pictures with.");
const built = await setUpRenderer(thisMachine(), ROOT, (line) => console.log(line));
if (built.status === "failed") throw new Error(renderStep(built));

const folder = await mkdtemp(join(tmpdir(), "fieldmark-screenshots-"));
const out = resolve(values.out);
await mkdir(out, { recursive: true });
const demo = await openDemo(folder, (line) => console.log(line));
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: "reduce" });
  const shown = await polish(page, folder);
  await page.goto(demo.url);
  await takeShots(page, { ...demo, folder: shown(demo.folder) }, async (name) => {
    await settle(page);
    const png = paletted(await page.screenshot({ animations: "disabled", caret: "hide" }));
    await writeFile(join(out, `${name}.png`), png);
    console.log(`${name}.png  ${Math.round(png.byteLength / 1000)} kB`);
  });
} finally {
  await browser.close();
  await demo.close();
  await rm(folder, { recursive: true, force: true });
}
