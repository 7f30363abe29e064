import { Checkbox } from "@mantine/core";
import type { KnownArchiveFacts } from "../../../shared/contracts/app.ts";
import { number } from "../../components/format.ts";
import { strings } from "../../strings.ts";
import classes from "./known-archive-card.module.css";

/** An archive that was recognised, and whether its labels and splits are taken over. */
export function KnownArchiveCard(props: {
  archive: KnownArchiveFacts;
  takeOver: boolean;
  onChange: (takeOver: boolean) => void;
}) {
  const { archive } = props;
  const { known } = strings.newProject;
  return (
    <section className={classes.card} aria-label={known.title}>
      <h3 className={classes.name}>{known.recognised(archive.name)}</h3>
      <p className={classes.description}>{archive.description}</p>
      {archive.problem === null ? (
        <>
          <p className={classes.facts}>{factsOf(archive)}</p>
          <Checkbox
            label={known.takeOver(archive.splits !== null)}
            description={props.takeOver ? known.taken : known.notTaken}
            checked={props.takeOver}
            onChange={(event) => props.onChange(event.currentTarget.checked)}
          />
        </>
      ) : (
        <p className={classes.problem}>{archive.problem}</p>
      )}
    </section>
  );
}

/** "17 classes, 826 labelled images: 690 pool, 136 validation". */
export function factsOf(archive: KnownArchiveFacts): string {
  const { known, classCount } = strings.newProject;
  const counts = `${classCount(archive.classes.length)}, ${known.images(number(archive.images))}`;
  const { splits } = archive;
  if (!splits) return counts;
  const parts = (["pool", "val", "test"] as const)
    .filter((split) => splits[split] > 0)
    .map((split) => known.split(number(splits[split]), strings.splits[split].toLowerCase()));
  return parts.length > 0 ? `${counts}: ${parts.join(", ")}` : counts;
}
