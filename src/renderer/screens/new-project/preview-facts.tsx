import type { SourcePreview } from "../../../shared/contracts/app.ts";
import { bytes, number } from "../../components/format.ts";
import { strings } from "../../strings.ts";
import classes from "./preview-facts.module.css";

/** What was found in a folder. */
export function PreviewFacts({ preview }: { preview: SourcePreview }) {
  const { found } = strings.newProject;
  const facts: [string, string][] = [
    [found.sensor, strings.sensors[preview.sensor]],
    [found.scenes, found.scenesValue(number(preview.scenes), number(preview.files), bytes(preview.bytes))],
    [found.bands, found.bandsValue(preview.bandNames.length, preview.bandNames.join(", "))],
    [found.type, preview.dtype],
    [found.crs, preview.crs ?? found.noCrs],
    [
      found.sizes,
      preview.sizes.map((size) => found.size(size.width, size.height, number(size.count))).join(", "),
    ],
    ...(preview.quality ? [[found.quality, preview.quality] satisfies [string, string]] : []),
  ];
  return (
    <section aria-label={found.title}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd data-selectable>{value}</dd>
          </div>
        ))}
      </dl>
      {preview.unreadable.length > 0 && (
        <details className={classes.unreadable}>
          <summary>{found.unreadable(preview.unreadable.length)}</summary>
          <ul>
            {preview.unreadable.map((file) => (
              <li key={file.path} data-selectable>
                <strong>{file.path}</strong>
                <span>{file.message}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
