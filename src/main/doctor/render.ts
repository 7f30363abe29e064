import { type Doctor, gibibytes } from "./diagnose.ts";

/** The doctor's findings as lines for a terminal. */
export function renderDoctor(doctor: Doctor): string {
  const { backend, node, electron, browser, disk, memory, processor } = doctor;
  const rows: [string, string][] = [
    ["Backend", `${backend.id ?? "none"}${backend.version ? ` (${backend.version})` : ""}`],
    ["", backend.reason],
    ["Node", `${node.version}, ${node.platform} ${node.arch}`],
    ["Electron", `${electron.version ?? "not installed"}: ${electron.reason}`],
    ["Browser", browser.path ? `${browser.version ?? "unknown version"}, ${browser.path}` : "none found"],
    ["Disk", `${gibibytes(disk.freeBytes)} free of ${gibibytes(disk.totalBytes)} in ${disk.path}`],
    ["Memory", `${gibibytes(memory.freeBytes)} free of ${gibibytes(memory.totalBytes)}`],
    ["Processor", `${processor.model}, ${processor.threads} threads`],
    ["Never run", `${doctor.neverRun.join(", ")} (built and tested with stand-ins only)`],
  ];
  const lines = rows.map(([name, text]) => `${name.padEnd(11)}${text}`);
  if (doctor.improvements.length === 0) return lines.join("\n");
  return [...lines, "", "What would improve it:", ...doctor.improvements.map((text) => `- ${text}`)].join(
    "\n",
  );
}
