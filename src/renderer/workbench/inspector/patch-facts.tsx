import type { PatchDetail, PatchItem } from "../../../shared/domain/project.ts";
import { coordinates } from "../../components/format.ts";
import { PathText } from "../../components/path-text.tsx";
import { strings } from "../../strings.ts";
import { type GroundSize, groundSize } from "./ground-size.ts";
import classes from "./patch-facts.module.css";
import { Section } from "./section.tsx";

/** Where the patch comes from, its size on the ground, its coordinates. */
export function PatchFacts({ patch, detail }: { patch: PatchItem; detail: PatchDetail | null }) {
  const facts: [string, string][] = [
    [strings.inspector.size, strings.inspector.pixels(patch.width, patch.height)],
  ];
  if (detail) {
    facts.unshift([strings.inspector.scene, detail.scene]);
    const ground = groundSize(detail);
    if (ground) facts.push([strings.inspector.ground, inWords(ground)]);
    if (detail.center) facts.push([strings.inspector.center, coordinates(detail.center)]);
    if (detail.epsg !== null) facts.push([strings.inspector.crs, `EPSG:${detail.epsg}`]);
  }
  if (patch.split && patch.split !== "pool")
    facts.push([strings.inspector.split, strings.splits[patch.split]]);
  return (
    <Section title={strings.inspector.facts}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd data-selectable>
              <PathText text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function inWords({ width, height, pixel, exact }: GroundSize): string {
  const text = strings.inspector.groundSize(metres(width), metres(height), metres(pixel));
  return exact ? text : strings.inspector.about(text);
}

function metres(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(2)} km`;
  return `${Number(value.toPrecision(3))} m`;
}
