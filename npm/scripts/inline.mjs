// Writes each wasm build as a module that holds it in base64, for `tvf/base64`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const root = new URL("..", import.meta.url);
const target = new URL("dist/inline/", root);
mkdirSync(target, { recursive: true });

const glue = (build) => readFileSync(new URL(`wasm/${build}/tvf.js`, root), "utf8");
if (glue("simd") !== glue("baseline")) {
  console.error("error: the builds differ in their JavaScript; the package ships that of simd for both");
  process.exit(1);
}
for (const build of ["simd", "baseline"]) {
  const text = readFileSync(new URL(`wasm/${build}/tvf_bg.wasm`, root)).toString("base64");
  writeFileSync(new URL(`${build}.js`, target), `export default "${text}";\n`);
}
