// A random walk of minute bars, the same in each browser and in Node.

function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

export function walk(length, seed = 7) {
  const next = random(seed);
  const names = ["time", "open", "high", "low", "close", "volume"];
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(length)]));
  let price = 100;
  for (let i = 0; i < length; i++) {
    const open = price;
    price *= 1 + 0.004 * (next() - 0.5) + 0.002 * (100 / price - 1) * next();
    columns.time[i] = 1_700_000_000_000 + 60_000 * i;
    columns.open[i] = open;
    columns.close[i] = price;
    columns.high[i] = Math.max(open, price) * (1 + 0.001 * next());
    columns.low[i] = Math.min(open, price) * (1 - 0.001 * next());
    columns.volume[i] = Math.floor(1 + 1000 * next());
  }
  return columns;
}

export const barAt = (columns, i) => ({
  time: columns.time[i],
  open: columns.open[i],
  high: columns.high[i],
  low: columns.low[i],
  close: columns.close[i],
  volume: columns.volume[i],
});
