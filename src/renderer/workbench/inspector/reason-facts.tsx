import type { ReactNode } from "react";
import type { QueryExplanation } from "../../../shared/domain/learning.ts";
import { number } from "../../components/format.ts";
import { PatchPicture } from "../../components/patch-picture.tsx";
import { usePictureUrl } from "../../components/use-look.ts";
import { strings } from "../../strings.ts";
import { useClassIndex } from "../class-index.ts";
import classes from "./reason-facts.module.css";

const text = strings.inspector.reasonFacts;
/** CSS pixels of the small pictures. */
const PICTURE = 44;
/** Changes of a probability below this are not worth a line. */
const LEAST_CHANGE = 0.05;

const inPercent = (share: number) => Math.round(100 * share);

/** What is known behind a queried patch: its place, the classes in doubt, its group, what is near, what changed. */
export function ReasonFacts({ explanation }: { explanation: QueryExplanation }) {
  const { rank, torn, cluster, nearest, change } = explanation;
  const index = useClassIndex();
  const url = usePictureUrl(PICTURE);
  const doubts = torn.flatMap(({ classId, probability }) => {
    const name = index.get(classId)?.name;
    return name === undefined ? [] : [text.tornClass(name, inPercent(probability))];
  });
  const changes = (change?.classes ?? []).flatMap(({ classId, before, after }) => {
    const name = index.get(classId)?.name;
    const small = Math.abs(after - before) < LEAST_CHANGE;
    return name === undefined || small ? [] : [text.changeOf(name, inPercent(before), inPercent(after))];
  });
  return (
    <dl className={classes.facts}>
      {rank && <Fact name={text.rank}>{text.place(number(rank.at), number(rank.of))}</Fact>}
      {doubts.length > 0 && <Fact name={text.torn}>{doubts.join(", ")}</Fact>}
      {cluster && <Fact name={text.cluster}>{text.clusterSize(cluster.size)}</Fact>}
      {change && <Fact name={text.change}>{changes.join(", ") || text.noChange}</Fact>}
      {nearest.length > 0 && (
        <Fact name={text.nearest}>
          <span className={classes.nearest}>
            {nearest.map(({ patchId, similarity }) => {
              const words = text.similarity(inPercent(Math.max(0, similarity)));
              return (
                <span key={patchId} className={classes.near} title={words}>
                  <PatchPicture src={url(patchId)} alt={words} />
                </span>
              );
            })}
          </span>
        </Fact>
      )}
    </dl>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
