import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const older = (name: string) => fileURLToPath(new URL(`tests/react-18/node_modules/${name}`, import.meta.url));
const react = { include: ["tests/react/**/*.test.ts"], environment: "happy-dom", testTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: "package", include: ["tests/*.test.ts", "tests/charts/*.test.ts"], testTimeout: 60_000 } },
      { test: { ...react, name: "react 19" } },
      {
        // The same tests once more: all that asks for React gets the older one.
        resolve: { alias: { "react-dom": older("react-dom"), react: older("react") } },
        test: { ...react, name: "react 18" },
      },
    ],
  },
});
