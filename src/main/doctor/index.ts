export { type DiagnoseOptions, type Doctor, diagnose } from "./diagnose.ts";
export { findBrowser } from "./find-browser.ts";
export { findElectron } from "./find-electron.ts";
export { renderDoctor } from "./render.ts";
