import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

export default defineConfig({
  main: {
    build: {
      rollupOptions: {
        input: {
          index: "src/main/hosts/electron/index.ts",
          engine: "src/engine/entry.ts",
          "decode-worker": "src/archive/decode-worker.ts",
          "examine-worker": "src/archive/index/examine-worker.ts",
          "backend-probe": "src/engine/backends/probe-child.ts",
        },
        output: { format: "es" },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can require nothing but Electron, and must be CommonJS.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: "src/preload/index.ts" },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: "src/renderer",
    plugins: [react()],
    build: {
      outDir: "out/renderer",
      minify: true,
      rollupOptions: { input: "src/renderer/index.html" },
      // The polyfill would be an inline script, which the content security policy forbids.
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1500,
    },
  },
});
