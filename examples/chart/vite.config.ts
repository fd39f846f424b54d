import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Beside the package's own files, so that the page can be opened from any folder of a server.
export default defineConfig({
  base: "./",
  plugins: [react()],
  // The package is linked here and has a React of its own for its tests: the page must have one only.
  resolve: { dedupe: ["react", "react-dom", "lightweight-charts"] },
  // The module's file is found by its address, which a bundle of dependencies would change.
  optimizeDeps: { exclude: ["tvf"] },
  server: { fs: { allow: ["../.."] } },
  build: { target: "es2022", rollupOptions: { input: ["index.html", "cycles.html", "worker.html"] } },
});
