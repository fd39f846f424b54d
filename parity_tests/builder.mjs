// What the npm package makes of the cases that come in, for `test_builder.py`: a line of JSON each way.
import { readFileSync } from "node:fs";
import init, { BarBuilder, TvfError } from "../npm/dist/index.js";

await init();
const { cases } = JSON.parse(readFileSync(0, "utf8"));
const hex = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
const FIELDS = ["time", "open", "high", "low", "close", "volume"];

function attempt(act) {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof TvfError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

const answers = cases.map(({ timeframe, options, ticks, bars, cut }) => {
  const builder = attempt(() => new BarBuilder(timeframe, options));
  if (typeof builder === "string") return { error: builder };
  const single = (bars ?? ticks.time.map((_, i) => i)).slice(0, cut);
  const words = single.map((given, i) =>
    attempt(() => {
      if (bars) return builder.bar(Object.fromEntries(FIELDS.map((name, j) => [name, given[j]])));
      const [time, price, size, id] = ["time", "price", "size", "id"].map((name) => ticks[name][i]);
      return builder.tick({ time, price, size, id });
    }),
  );
  const rest = ["time", "price", "size", "id"].map((name) => [name, ticks?.[name].slice(cut)]);
  const closed = bars ? undefined : attempt(() => builder.ticks(Object.fromEntries(rest)));
  const shown = typeof closed === "object" ? FIELDS.map((name) => hex(closed[name])) : (closed ?? null);
  return { words, closed: shown, snapshot: hex(builder.snapshot()), dropped: builder.dropped, gaps: builder.gaps };
});
process.stdout.write(JSON.stringify(answers));
