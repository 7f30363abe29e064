import type { Grid } from "../../../shared/domain/imagery.ts";
import { strings } from "../../strings.ts";
import { isOnePatch, windowOffsets } from "./count-patches.ts";
import classes from "./grid-sketch.module.css";

const WIDTH = 480;
const HEIGHT = 320;
/** A sketch with more windows than this shows the grey of many lines and nothing else. */
const MOST_WINDOWS = 2500;

/** A scene with its patches drawn to scale: overlap is darker, what belongs to no patch is hatched. */
export function GridSketch({ scene, grid }: { scene: { width: number; height: number }; grid: Grid }) {
  const scale = Math.min(WIDTH / scene.width, HEIGHT / scene.height);
  const width = scene.width * scale;
  const height = scene.height * scale;
  const windows = sketchedWindows(scene, grid);
  return (
    <svg
      className={classes.sketch}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={strings.newProject.patches.sketch(windows.length)}
    >
      <defs>
        <pattern id="unused" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line className={classes.hatch} x1="0" y1="0" x2="0" y2="8" />
        </pattern>
      </defs>
      <g transform={`translate(${(WIDTH - width) / 2} ${(HEIGHT - height) / 2})`}>
        <rect className={classes.scene} width={width} height={height} />
        <rect fill="url(#unused)" width={width} height={height} />
        {windows.map((window) => (
          <rect
            key={`${window.x}-${window.y}`}
            className={classes.covered}
            x={window.x * scale}
            y={window.y * scale}
            width={window.width * scale}
            height={window.height * scale}
          />
        ))}
        {windows.map((window, at) => (
          <rect
            key={`${window.x}-${window.y}`}
            className={classes.window}
            data-first={at === 0 || undefined}
            x={window.x * scale}
            y={window.y * scale}
            width={window.width * scale}
            height={window.height * scale}
          />
        ))}
      </g>
    </svg>
  );
}

function sketchedWindows(scene: { width: number; height: number }, grid: Grid) {
  if (isOnePatch(scene, grid) || grid.patchSize === "whole") return [{ x: 0, y: 0, ...scene }];
  const size = grid.patchSize;
  const stride = grid.stride ?? size;
  const columns = windowOffsets(scene.width, size, stride, grid.edges);
  const rows = windowOffsets(scene.height, size, stride, grid.edges);
  const shownRows = rows.slice(0, Math.max(1, Math.floor(MOST_WINDOWS / Math.max(1, columns.length))));
  return shownRows.flatMap((y) =>
    columns.map((x) => ({
      x,
      y,
      width: Math.min(size, scene.width),
      height: Math.min(size, scene.height),
    })),
  );
}
