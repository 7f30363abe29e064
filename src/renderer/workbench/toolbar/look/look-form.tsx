import { Button } from "@mantine/core";
import { useCurrentLook } from "../../../components/use-look.ts";
import { usePaintedLook } from "../../../components/use-painted-look.ts";
import { CUSTOM, SINGLE_BAND } from "../../../state/project-look.ts";
import { adjustLook, resetLook } from "../../../state/view-store.ts";
import { strings } from "../../../strings.ts";
import { useFocusedPatch } from "../../use-targets.ts";
import { BandFields } from "./band-fields.tsx";
import { ColorMapField } from "./color-map-field.tsx";
import { GammaField } from "./gamma-field.tsx";
import classes from "./look-form.module.css";
import { LookRanges } from "./look-ranges.tsx";
import { StretchFields } from "./stretch-fields.tsx";

/** Stretch, gamma and colour map of the composite in use. Whatever is changed is seen at once. */
export function LookForm() {
  const { composite, name, paint, stretch, colorMap, isAdjusted } = useCurrentLook();
  const { id } = composite;
  const painted = usePaintedLook(useFocusedPatch()?.id);
  const [used] = painted?.channels ?? [];
  return (
    <div className={classes.form}>
      <div className={classes.head}>
        <h2 className={classes.title}>{name ?? strings.view.custom}</h2>
        <Button
          className={classes.reset ?? ""}
          variant="subtle"
          size="compact-xs"
          disabled={!isAdjusted}
          onClick={() => resetLook(id)}
        >
          {strings.look.reset}
        </Button>
      </div>
      {(id === CUSTOM || id === SINGLE_BAND) && <BandFields id={id} />}
      <StretchFields
        stretch={stretch}
        used={used ?? (paint === "index" ? { low: -1, high: 1 } : { low: 0, high: 1 })}
        onChange={(change) => adjustLook(id, { stretch: { ...stretch, ...change } })}
      />
      <GammaField key={id} gamma={composite.gamma} onChange={(gamma) => adjustLook(id, { gamma })} />
      {colorMap !== null && (
        <ColorMapField
          value={colorMap}
          isIndex={paint === "index"}
          onChange={(next) => adjustLook(id, { colorMap: next })}
        />
      )}
      {painted && <LookRanges look={painted} />}
    </div>
  );
}
