// What each project computes, the same that the test has the wheel compute.
import init, * as tvf from "tvf";

export async function work(options) {
  await init(options);
  const close = Float64Array.from({ length: 20_000 }, (_, i) => 100 + ((i * 7919) % 1000) / 8);
  const bars = tvf.Bars.from({ close });
  const members = Array.from({ length: 5 }, (_, i) => ({ id: "ema", period: 10 + i }));
  const last = [tvf.rsi(close, { period: 14 }), ...bars.compute(members)].map((column) => column.at(-1));
  bars.free();
  return { build: tvf.build(), threads: tvf.threads(), last };
}
