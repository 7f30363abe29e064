/** Gives the keyboard back to the focused patch of the grid, where there is a grid. */
export function focusGrid(): void {
  document.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus({ preventScroll: true });
}
