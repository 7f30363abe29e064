export interface Breadcrumb {
  readonly name: string;
  readonly path: string;
}

/** "/home/ada/data" → "/", "home", "ada", "data", each with its whole path; Windows paths likewise. */
export function breadcrumbs(folder: string): Breadcrumb[] {
  const slash = folder.includes("\\") ? "\\" : "/";
  const root = /^([a-zA-Z]:[\\/]|\\\\[^\\]+\\[^\\]+\\?|\/)/.exec(folder)?.[0] ?? "";
  const names = folder.slice(root.length).split(slash).filter(Boolean);
  const crumbs: Breadcrumb[] = root === "" ? [] : [{ name: root, path: root }];
  let path = root === "" || root.endsWith(slash) ? root : root + slash;
  for (const name of names) {
    path += name;
    crumbs.push({ name, path });
    path += slash;
  }
  return crumbs;
}
