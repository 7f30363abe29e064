import { NumberInput, SegmentedControl, Slider } from "@mantine/core";
import type { Grid } from "../../../shared/domain/imagery.ts";
import { number } from "../../components/format.ts";
import { strings } from "../../strings.ts";
import { countPatches } from "./count-patches.ts";
import type { ChangeDraft, Draft } from "./draft.ts";
import { GridSketch } from "./grid-sketch.tsx";
import classes from "./patches-step.module.css";

const USUAL_SIZES = [64, 120, 128, 256, 512];
const DEFAULT_SIZE = 64;

/** How the scenes are cut, with what comes of it. */
export function PatchesStep({ draft, change }: { draft: Draft; change: ChangeDraft }) {
  const { grid, preview } = draft;
  const { patches } = strings.newProject;
  const windows = grid.patchSize !== "whole";
  const size = grid.patchSize === "whole" ? DEFAULT_SIZE : grid.patchSize;
  const scene = preview?.sizes[0] ?? { width: 1000, height: 800, count: 1 };
  const count = preview && countPatches(preview.sizes, preview.scenes, grid);
  const clouds = Math.round((grid.cloudLimit ?? 1) * 100);

  function set(changes: Partial<Grid>): void {
    change({ grid: { ...grid, ...changes } });
  }
  function setSize(value: number): void {
    const patchSize = Math.max(8, Math.min(4096, Math.round(value)));
    set({ patchSize, stride: grid.stride === null ? null : Math.min(grid.stride, patchSize) });
  }

  return (
    <div className={classes.step}>
      <div className={classes.form}>
        <SegmentedControl
          size="sm"
          aria-label={patches.mode}
          value={windows ? "windows" : "whole"}
          data={[
            { value: "whole", label: patches.whole },
            { value: "windows", label: patches.windows },
          ]}
          onChange={(value) =>
            value === "whole" ? set({ patchSize: "whole", stride: null }) : setSize(suggestedSize(draft))
          }
        />
        {windows ? (
          <>
            <div>
              <NumberInput
                label={patches.size}
                description={patches.sizeHelp}
                suffix=" px"
                min={8}
                max={4096}
                value={size}
                onChange={(value) => typeof value === "number" && setSize(value)}
              />
              <div className={classes.usual}>
                {USUAL_SIZES.map((usual) => (
                  <button
                    key={usual}
                    type="button"
                    className={classes.usualSize}
                    aria-pressed={usual === size}
                    onClick={() => setSize(usual)}
                  >
                    {usual}
                  </button>
                ))}
              </div>
            </div>
            <NumberInput
              label={patches.stride}
              description={patches.strideHelp}
              suffix=" px"
              min={1}
              max={4096}
              value={grid.stride ?? size}
              onChange={(value) =>
                typeof value === "number" &&
                set({ stride: value === size ? null : Math.max(1, Math.round(value)) })
              }
            />
            <div>
              <div className={classes.label}>{patches.edges}</div>
              <SegmentedControl
                fullWidth
                aria-label={patches.edges}
                value={grid.edges}
                data={[
                  { value: "shift", label: patches.shift },
                  { value: "drop", label: patches.drop },
                ]}
                onChange={(value) => set({ edges: value === "drop" ? "drop" : "shift" })}
              />
              <p className={classes.help}>{grid.edges === "shift" ? patches.shiftHelp : patches.dropHelp}</p>
            </div>
          </>
        ) : (
          <p className={classes.help}>{patches.wholeHelp}</p>
        )}
        <div>
          <div className={classes.label}>{patches.nodata(Math.round(grid.nodataLimit * 100))}</div>
          <Slider
            size={3}
            thumbSize={12}
            color="gray"
            min={0}
            max={100}
            step={5}
            label={null}
            thumbLabel={patches.nodata(Math.round(grid.nodataLimit * 100))}
            value={Math.round(grid.nodataLimit * 100)}
            onChange={(value) => set({ nodataLimit: value / 100 })}
          />
        </div>
        <div>
          <div className={classes.label}>{patches.clouds(clouds)}</div>
          <Slider
            size={3}
            thumbSize={12}
            color="gray"
            min={0}
            max={100}
            step={5}
            label={null}
            thumbLabel={patches.clouds(clouds)}
            value={clouds}
            onChange={(value) => set({ cloudLimit: value / 100 })}
          />
          <p className={classes.help}>{patches.cloudsHelp}</p>
        </div>
      </div>
      <figure className={classes.figure}>
        <GridSketch scene={scene} grid={grid} />
        <figcaption>
          {count ? (
            <>
              <strong className={classes.count}>
                {count.exact ? number(count.patches) : patches.about(number(count.patches))}
              </strong>{" "}
              {patches.fromScenes(number(preview?.scenes ?? 0))}
              <span className={classes.sketched}>{patches.sketched(scene.width, scene.height)}</span>
            </>
          ) : (
            patches.noImagery
          )}
        </figcaption>
      </figure>
    </div>
  );
}

function suggestedSize({ preview }: Draft): number {
  const suggested = preview?.suggestedGrid.patchSize;
  return typeof suggested === "number" ? suggested : DEFAULT_SIZE;
}
