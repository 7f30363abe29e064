import type { ScanReport } from "../../shared/domain/sources.ts";
import { number } from "../components/format.ts";
import { strings } from "../strings.ts";
import { ChangedFiles } from "./file-lists.tsx";
import classes from "./source-section.module.css";

/** What a finished scan found and did. */
export function ScanResult({ report }: { report: ScanReport }) {
  const { done, result } = strings.sources;
  const { patches } = report;
  const { cloudy = 0 } = patches;
  const nodata = patches.leftOut - cloudy;
  return (
    <>
      <h3 className={classes.title}>{done}</h3>
      <p>{result.patches(number(patches.added), number(patches.changed))}</p>
      {patches.changed > 0 && <p className={classes.facts}>{result.embeddings}</p>}
      {nodata > 0 && <p className={classes.facts}>{result.nodata(number(nodata))}</p>}
      {cloudy > 0 && <p className={classes.facts}>{result.clouds(number(cloudy))}</p>}
      <ChangedFiles changes={report.changes} />
    </>
  );
}
