import { PatchPicture } from "../../components/patch-picture.tsx";
import { usePictureUrl } from "../../components/use-look.ts";
import { useView } from "../../state/view-store.ts";
import { useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import { useFocusedPatch } from "../use-targets.ts";
import classes from "./inspector.module.css";
import { LabelHistory } from "./label-history.tsx";
import { PatchActions } from "./patch-actions.tsx";
import { PatchFacts } from "./patch-facts.tsx";
import { Predictions } from "./predictions.tsx";
import { ReasonCard } from "./reason-card.tsx";
import { usePatchDetail } from "./use-patch-detail.ts";

/** All about the focused patch. */
export function Inspector() {
  const patch = useFocusedPatch();
  const large = useWorkbench((bench) => bench.large);
  const url = usePictureUrl(360);
  const pixelated = useView((view) => view.pixelated);
  const detail = usePatchDetail(patch);
  return (
    <aside className={classes.inspector} aria-label={strings.inspector.title}>
      {!patch && <p className={classes.none}>{strings.inspector.none}</p>}
      {patch && (
        <>
          <div className={classes.head}>
            <h2 className={classes.name} title={patch.name} data-selectable>
              {patch.name}
            </h2>
            <span className={classes.status} data-status={patch.status}>
              {strings.label.status[patch.status]}
            </span>
          </div>
          {!large && (
            <button
              type="button"
              className={classes.picture}
              aria-label={strings.inspector.enlarge}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => useWorkbench.setState({ large: true })}
            >
              <PatchPicture key={patch.id} src={url(patch.id)} alt={patch.name} pixelated={pixelated} />
            </button>
          )}
          <PatchActions patch={patch} />
          <ReasonCard patch={patch} />
          <Predictions patch={patch} />
          <PatchFacts patch={patch} detail={detail} />
          <LabelHistory detail={detail} />
        </>
      )}
    </aside>
  );
}
