import { NumberInput, Select, Switch, TextInput } from "@mantine/core";
import type { OptionValues } from "../../shared/domain/learning.ts";
import { type OptionField, optionFields } from "./option-schema.ts";

/** A form for the options of a registry entry, made from their JSON schema. */
export function OptionFields(props: {
  schema: Readonly<Record<string, unknown>>;
  values: OptionValues;
  onChange: (values: OptionValues) => void;
}) {
  return optionFields(props.schema).map((field) => (
    <OptionInput
      key={field.id}
      field={field}
      value={props.values[field.id] ?? field.initial}
      onChange={(value) => props.onChange({ ...props.values, [field.id]: value })}
    />
  ));
}

function OptionInput(props: {
  field: OptionField;
  value: OptionValues[string] | undefined;
  onChange: (value: OptionValues[string]) => void;
}) {
  const { field, value, onChange } = props;
  const words = { label: field.label, description: field.description };
  switch (field.type) {
    case "boolean":
      return (
        <Switch
          {...words}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "choice":
      return (
        <Select
          {...words}
          data={field.choices}
          value={typeof value === "string" ? value : null}
          onChange={(next) => next !== null && onChange(next)}
        />
      );
    case "number":
    case "integer":
      return (
        <NumberInput
          {...words}
          {...(field.minimum === undefined ? {} : { min: field.minimum })}
          {...(field.maximum === undefined ? {} : { max: field.maximum })}
          allowDecimal={field.type === "number"}
          step={field.type === "integer" ? 1 : 0.1}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => typeof next === "number" && onChange(next)}
        />
      );
    case "text":
      return (
        <TextInput
          {...words}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
