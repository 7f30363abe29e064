/** Puts a section between its marks into a page, in place of what was there; at the end where it is new. */
export function replaceSection(page: string, id: string, markdown: string): string {
  const [begin, end] = [`<!-- ${id}: begin, written by scripts/studies -->`, `<!-- ${id}: end -->`];
  const section = `${begin}\n${markdown.trim()}\n${end}`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${section}\n`;
  return `${page.slice(0, from)}${section}${page.slice(to + end.length)}`;
}
