import type { CSSProperties } from "react";
import { type ColorMapId, colorTable } from "../../shared/display/color-maps.ts";
import classes from "./color-bar.module.css";

const STOPS = 32;

/** A colour map from left to right as a CSS gradient, over the values that gamma spreads over it. */
export function colorGradient(id: ColorMapId, gamma = 1): string {
  const table = colorTable(id);
  const stops = Array.from({ length: STOPS + 1 }, (_, stop) => {
    const step = 3 * Math.round(255 * (stop / STOPS) ** (1 / gamma));
    return `rgb(${table[step]} ${table[step + 1]} ${table[step + 2]})`;
  });
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

/** Decoration: what stands beside it tells the values. */
export function ColorBar({ map, gamma, style }: { map: ColorMapId; gamma?: number; style?: CSSProperties }) {
  return (
    <span
      className={classes.bar}
      style={{ ...style, backgroundImage: colorGradient(map, gamma) }}
      aria-hidden="true"
    />
  );
}
