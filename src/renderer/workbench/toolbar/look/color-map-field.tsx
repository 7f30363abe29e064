import { useId } from "react";
import {
  COLOR_MAP_IDS,
  type ColorMapId,
  colorMapName,
  isDiverging,
} from "../../../../shared/display/color-maps.ts";
import { ColorBar } from "../../../components/color-bar.tsx";
import { strings } from "../../../strings.ts";
import classes from "./look-form.module.css";

/** Colour maps to choose from; those with a middle are for an index, which has one. */
export function ColorMapField(props: {
  value: ColorMapId;
  isIndex: boolean;
  onChange: (map: ColorMapId) => void;
}) {
  const name = useId();
  const offered = COLOR_MAP_IDS.filter((id) => props.isIndex || !isDiverging(id) || id === props.value);
  return (
    <fieldset className={classes.maps}>
      <legend className={classes.label}>{strings.look.colorMap}</legend>
      {offered.map((id) => (
        <label key={id} className={classes.map}>
          <input type="radio" name={name} checked={id === props.value} onChange={() => props.onChange(id)} />
          <span>{colorMapName(id)}</span>
          <ColorBar map={id} />
        </label>
      ))}
    </fieldset>
  );
}
