import { useElementSize } from "@mantine/hooks";
import type { PatchItem } from "../../../shared/domain/project.ts";
import { ExplainedPicture } from "../../components/explained-picture.tsx";
import { usePictureUrl } from "../../components/use-look.ts";
import { useView } from "../../state/view-store.ts";
import classes from "./large-picture.module.css";
import type { Zoom } from "./zoom.ts";

const MARGIN = 16;

/** The patch at its own resolution, fitted to the room or enlarged and then scrolled. */
export function LargePicture({ patch, zoom }: { patch: PatchItem; zoom: Zoom }) {
  const { ref, width, height } = useElementSize();
  const pixelated = useView((view) => view.pixelated);
  const longer = Math.max(patch.width, patch.height);
  const url = usePictureUrl(longer);
  const fit = Math.min((width - 2 * MARGIN) / patch.width, (height - 2 * MARGIN) / patch.height);
  const scale = zoom === "fit" ? Math.max(0, fit) : zoom;
  return (
    // Scrolls when the picture is larger than the room; the arrows stay with the list.
    <div className={classes.room} ref={ref}>
      <div className={classes.scroller}>
        <div className={classes.picture} style={{ width: patch.width * scale, height: patch.height * scale }}>
          <ExplainedPicture
            key={patch.id}
            className={classes.content}
            src={url(patch.id)}
            alt={patch.name}
            pixelated={pixelated}
          />
        </div>
      </div>
    </div>
  );
}
