import type { ComponentProps } from "react";

/**
 * A part of an ARIA grid. Table elements would bring the roles of a table that is read, where this one is
 * worked on, and whose rows exist only on screen; so its parts are plain elements with a role.
 */
export function GridPart(props: ComponentProps<"div"> & { role: "grid" | "row" | "gridcell" }) {
  const { role, ...rest } = props;
  return <div role={role} {...rest} />;
}
