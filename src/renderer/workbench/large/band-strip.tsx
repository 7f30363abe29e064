import { PatchPicture } from "../../components/patch-picture.tsx";
import { useCurrentLook, usePictureUrl } from "../../components/use-look.ts";
import { useApp } from "../../state/app-store.ts";
import { SINGLE_BAND } from "../../state/project-look.ts";
import { showBands } from "../../state/view-store.ts";
import { strings } from "../../strings.ts";
import classes from "./band-strip.module.css";

const THUMBNAIL = 72;

/** Every band in grey; a click shows it large. */
export function BandStrip({ patchId }: { patchId: number }) {
  const bands = useApp((app) => app.project?.bands) ?? [];
  const url = usePictureUrl(THUMBNAIL);
  const current = useCurrentLook();
  const shown = current.composite.id === SINGLE_BAND ? current.bands[0] : undefined;
  return (
    <section className={classes.strip} aria-label={strings.large.bands}>
      <h3 className={classes.title}>{strings.large.bands}</h3>
      <div className={classes.bands}>
        {bands.map(({ name }) => {
          const band = { id: SINGLE_BAND, bands: [name], gamma: 1 };
          return (
            <button
              key={name}
              type="button"
              className={classes.band}
              aria-pressed={shown === name}
              aria-label={strings.large.showBand(name)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => showBands(SINGLE_BAND, [name])}
            >
              <span className={classes.picture}>
                <PatchPicture key={patchId} src={url(patchId, band)} alt="" />
              </span>
              <span className={classes.name}>{name}</span>
            </button>
          );
        })}
      </div>
    </section>
  );
}
