// The harness's bars as columns of the host: { name: { time, open, high, low, close, volume } }.

import { unpack } from "./frame.js";

export async function loadDatasets() {
  const { header, numbers } = unpack(await (await fetch("/api/datasets")).arrayBuffer());
  const datasets = {};
  let start = 0;
  for (const [name, length, columns] of header) {
    datasets[name] = {};
    for (const column of columns) {
      datasets[name][column] = numbers.slice(start, start + length);
      start += length;
    }
  }
  return datasets;
}
