import { ColorInput, ColorSwatch, Popover, UnstyledButton } from "@mantine/core";
import { CLASS_COLORS } from "../../shared/domain/taxonomy.ts";
import { strings } from "../strings.ts";
import classes from "./color-button.module.css";

/** A class's colour, chosen among the class colours or freely. */
export function ColorButton(props: { color: string; name: string; onChange: (color: string) => void }) {
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.button} aria-label={strings.taxonomy.colorOf(props.name)}>
          <ColorSwatch color={props.color} size={18} radius={4} withShadow={false} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.colors}>
          {CLASS_COLORS.map((color) => (
            <button
              key={color}
              type="button"
              className={classes.color}
              style={{ background: color }}
              aria-label={color}
              aria-pressed={color === props.color}
              onClick={() => props.onChange(color)}
            />
          ))}
        </div>
        <ColorInput
          mt={8}
          size="xs"
          format="hex"
          aria-label={strings.taxonomy.colorOf(props.name)}
          value={props.color}
          withEyeDropper={false}
          popoverProps={{ withinPortal: false }}
          onChange={(color) => /^#[0-9a-f]{6}$/i.test(color) && props.onChange(color)}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
