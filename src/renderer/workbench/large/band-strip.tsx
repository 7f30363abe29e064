import { PatchPicture } from "../../components/patch-picture.tsx";
import { usePictureUrl } from "../../components/use-look.ts";
import { useApp } from "../../state/app-store.ts";
import { useView } from "../../state/view-store.ts";
import { strings } from "../../strings.ts";
import classes from "./band-strip.module.css";

const THUMBNAIL = 72;

/** Every band in grey; a click shows it large. */
export function BandStrip({ patchId }: { patchId: number }) {
  const bands = useApp((app) => app.project?.bands) ?? [];
  const url = usePictureUrl(THUMBNAIL);
  const shown = useView((view) => (view.composite === "custom" ? view.custom?.bands : undefined));
  return (
    <section className={classes.strip} aria-label={strings.large.bands}>
      <h3 className={classes.title}>{strings.large.bands}</h3>
      <div className={classes.bands}>
        {bands.map(({ name }) => {
          const custom = { bands: [name], stretch: "project" as const, gamma: 1 };
          return (
            <button
              key={name}
              type="button"
              className={classes.band}
              aria-pressed={shown?.length === 1 && shown[0] === name}
              aria-label={strings.large.showBand(name)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => useView.setState({ composite: "custom", custom })}
            >
              <span className={classes.picture}>
                <PatchPicture key={patchId} src={url(patchId, { composite: "custom", custom })} alt="" />
              </span>
              <span className={classes.name}>{name}</span>
            </button>
          );
        })}
      </div>
    </section>
  );
}
