// A page to try the package by hand: pick bars, an indicator and its parameters, see the lines and the last values.

import init, { Bars, catalog } from "tvf";
import { loadDatasets } from "./datasets.js";

const form = document.getElementById("form");
const says = document.getElementById("says");
const address = new URLSearchParams(location.search);

form.build.value = address.get("build") ?? "auto";
form.build.addEventListener("change", () => location.assign(`?build=${form.build.value}`)); // one build a page
await init({ build: form.build.value });
const datasets = await loadDatasets();
const entries = new Map(catalog().map((entry) => [entry.id, entry]));
form.dataset.append(...Object.keys(datasets).map((name) => new Option(name)));
form.id.append(...[...entries].map(([id, { title }]) => new Option(title ?? id, id)));

function askParams() {
  const fields = entries.get(form.id.value).params.map(({ name, default: value }) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { name: `param.${name}`, placeholder: String(value ?? "") });
    label.append(name, input);
    return label;
  });
  document.getElementById("params").replaceChildren(...fields);
}

function member() {
  const found = { id: form.id.value };
  for (const input of document.querySelectorAll("#params input")) {
    const text = input.value.trim();
    if (text) found[input.name.slice("param.".length)] = Number.isNaN(Number(text)) ? text : Number(text);
  }
  return found;
}

function draw(lines) {
  const canvas = document.getElementById("canvas");
  const scale = devicePixelRatio;
  const [width, height] = [canvas.clientWidth * scale, canvas.clientHeight * scale];
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  const finite = lines.flatMap((line) => [...line].filter(Number.isFinite));
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  lines.forEach((line, k) => {
    context.strokeStyle = `hsl(${210 + 70 * k} 70% 55%)`;
    context.lineWidth = 1.5 * scale;
    context.beginPath();
    line.forEach((value, i) => {
      if (!Number.isFinite(value)) return;
      context.lineTo((i / line.length) * width, height - 8 - ((value - low) / (high - low || 1)) * (height - 16));
    });
    context.stroke();
  });
}

function show() {
  const bars = Bars.from(datasets[form.dataset.value]);
  try {
    const [result] = bars.compute([member()]);
    const named = result instanceof Float64Array ? { value: result } : result;
    const columns = Object.entries(named).filter(([, column]) => ArrayBuffer.isView(column));
    draw(entries.get(form.id.value).kind === "table" ? [] : columns.map(([, column]) => column));
    says.textContent = columns.map(([name, c]) => `${name} (${c.length}): .. ${[...c.slice(-5)].join("  ")}`).join("\n");
  } catch (error) {
    says.textContent = `${error.code ?? error.name}: ${error.message}`;
  } finally {
    bars.free();
  }
}

form.id.addEventListener("change", askParams);
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
askParams();
show();
