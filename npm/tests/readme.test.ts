// What the READMEs show: their TypeScript compiles, runs and gives what the comments say.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "tvf-readme-"));

beforeAll(() => {
  if (!existsSync(join(root, "dist/index.js"))) throw new Error("there is no npm/dist: run `npm run build` first");
  mkdirSync(join(project, "node_modules"));
  symlinkSync(root, join(project, "node_modules/tvf"), "dir");
  writeFileSync(join(project, "package.json"), `{ "type": "module" }`);
});
afterAll(() => rmSync(project, { recursive: true }));

/** What readers have already: bars, and functions that the claims of the comments become calls of. */
const PRELUDE = `
import start, { Bars as Given, TvfError as Failure } from "tvf";
await start();
const close = [44.34, 44.09, 44.15, 43.61, 44.33, 44.83, 45.1, 45.42];
const [open, high, low] = [close, close.map((x) => x + 0.2), close.map((x) => x - 0.2)];
const volume = close.map((_, i) => 100 + i);
const time = close.map((_, i) => 1_700_000_000_000 + 60_000 * i);
const bar = { time: 1_700_000_480_000, open: 45.4, high: 45.7, low: 45.2, close: 45.5, volume: 120 };
const bars = Given.from({ time, open, high, low, close, volume });
function is(found: string | number | undefined, said: string): void {
  if (String(found) !== said) throw new Error(\`the README says \${said}, but it is \${found}\`);
}
function has<T>(_: T): void {}
function fails(act: () => unknown, message: string, code: string): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    is(error.message, message);
    return is(error.code, code);
  }
  throw new Error("the README says " + message);
}
`;

/** Claims in comments, as calls. */
const CLAIMS: [RegExp, (code: string, said: string, more: string) => string][] = [
  [/^console\.log\((.*)\); \/\/ (-?[\d.]+)$/, (code, said) => `is(${code}, "${said}");`],
  [/^(.*); \/\/ (Float64Array|number)$/, (code, type) => `has<${type}>(${code});`],
  [/^(.*); \/\/ \{ ([\w, ]+) \}$/, (code, names) => `is(Object.keys(${code}).join(", "), "${names}");`],
  [/^(.*); \/\/ TvfError: (.*?) +\(code "(\w+)"\)$/, (code, said, more) => `fails(() => ${code}, "${said}", "${more}");`],
];

function blocksOf(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/^```tsx?\n(.*?)^```/gms)].map(([, block = ""]) => block);
}

/** What draws can only be compiled here; the example page runs it. */
function needsPage(block: string): boolean {
  return /from "(tvf\/)?(react|lightweight-charts)"/.test(block);
}

/** The blocks of a file as a program: each in a scope of its own, with its imports before all others. */
function programOf(file: string): { program: string; claims: number } {
  const imports = new Set<string>();
  let claims = 0;
  const claimed = (line: string) => {
    for (const [pattern, call] of CLAIMS) {
      const [, code = "", said = "", more = ""] = pattern.exec(line) ?? [];
      if (code === "") continue;
      claims++;
      return call(code, said, more);
    }
    return line;
  };
  const blocks = blocksOf(file).filter((block) => !needsPage(block)).map((block) => {
    const lines = block.split("\n").filter((line) => !line.startsWith("import ") || !imports.add(line));
    return `{\n${lines.map(claimed).join("\n")}\n}`;
  });
  return { program: [merged(imports), PRELUDE, ...blocks].join("\n"), claims };
}

/** Imports with each name of each module once. */
function merged(imports: Iterable<string>): string {
  const modules = new Map<string, Set<string>>();
  for (const line of imports) {
    const [, own, list = "", from = ""] = /^import (?:(\w+), )?\{ (.*) \} from "(tvf[\w/-]*)";$/.exec(line)!;
    const names = modules.get(from) ?? new Set();
    modules.set(from, names);
    for (const name of [own && `default as ${own}`, ...list.split(", ")]) if (name) names.add(name);
  }
  return [...modules].map(([from, names]) => `import { ${[...names].join(", ")} } from "${from}";`).join("\n");
}

describe.each([
  ["README.md", "../README.md", 2],
  ["npm/README.md", "README.md", 24],
])("%s", (_, path, expected) => {
  const { program, claims } = programOf(join(root, path));

  test("compiles and runs, and its claims hold", () => {
    expect(claims).toBe(expected);
    const [source, built] = ["mts", "mjs"].map((ending) => join(project, `readme.${ending}`)) as [string, string];
    writeFileSync(source, program);
    const options = ["--strict", "--target", "ES2022", "--lib", "ES2023,DOM,ESNext.Disposable", "--module", "NodeNext"];
    const tsc = join(root, "node_modules/.bin/tsc");
    const compiled = spawnSync(tsc, [...options, "--types", "", "readme.mts"], { cwd: project, encoding: "utf8" });
    expect(compiled.stdout).toBe("");
    expect(() => execFileSync(process.execPath, [built], { cwd: project, stdio: "pipe" })).not.toThrow();
  });
});

test("npm/README.md: what needs a page compiles", () => {
  const blocks = blocksOf(join(root, "README.md")).filter(needsPage);
  expect(blocks).toHaveLength(5);
  const given = `import type { Bar, BarColumns, Bars } from "tvf";\ndeclare const bars: Bars, bar: Bar, columns: BarColumns;\n`;
  const files = blocks.map((block, i) => {
    const file = `page-${i}.tsx`;
    writeFileSync(join(project, file), `${given}${block}\nvoid bars, bar, columns;\n`);
    return file;
  });
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  for (const name of ["react", "lightweight-charts", "@types/react"]) {
    symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name), "dir");
  }
  const options = ["--strict", "--noEmit", "--jsx", "react-jsx", "--target", "ES2022", "--lib", "ES2023,DOM,ESNext.Disposable"];
  const tsc = join(root, "node_modules/.bin/tsc");
  const compiled = spawnSync(tsc, [...options, "--module", "NodeNext", "--types", "", ...files], { cwd: project, encoding: "utf8" });
  expect(compiled.stdout).toBe("");
});
