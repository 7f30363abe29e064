import { ColorBar } from "../../components/color-bar.tsx";
import { limit } from "../../components/format.ts";
import { useCurrentLook } from "../../components/use-look.ts";
import { usePaintedLook } from "../../components/use-painted-look.ts";
import { strings } from "../../strings.ts";
import classes from "./legend.module.css";

/** The colour bar of one band or an index with the values that its colours stand for; nothing for three bands. */
export function Legend({ patchId }: { patchId: number }) {
  const { paint, colorMap } = useCurrentLook();
  const look = usePaintedLook(paint === "rgb" ? undefined : patchId);
  const [channel] = look?.channels ?? [];
  if (colorMap === null || paint === "rgb" || !look || look.paint !== paint || !channel) return null;
  const { name, low, high } = channel;
  return (
    <div
      className={classes.legend}
      role="img"
      aria-label={strings.inspector.legend(name, limit(low), limit(high))}
    >
      <div className={classes.name}>{name}</div>
      <ColorBar map={colorMap} gamma={look.gamma} />
      <div className={classes.values}>
        <span>{limit(low)}</span>
        <span>{limit((low + high) / 2)}</span>
        <span>{limit(high)}</span>
      </div>
    </div>
  );
}
