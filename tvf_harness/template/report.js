const { parity, speed } = JSON.parse(document.getElementById("data").textContent);

const $ = (id) => document.getElementById(id);
const whole = (n) => n.toLocaleString("en-US");
const short = (n) =>
  n >= 1e6 ? `${(n / 1e6).toFixed(n >= 1e7 ? 1 : 2)} M` : n >= 1e4 ? `${Math.round(n / 1e3)} k` : whole(n);
const times = (x) => `${x >= 100 ? Math.round(x) : x >= 10 ? x.toFixed(0) : x.toFixed(1)}×`;
const plural = (n, word) => `${whole(n)} ${word}${n === 1 ? "" : "s"}`;

// Makes an element: make("p", { class: "note" }, "text", child, ..).
function make(tag, attributes = {}, ...children) {
  const svg = ["svg", "g", "path", "line", "rect", "circle", "text"].includes(tag);
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function table(element, heads, rows) {
  const cell = (tag, value, i) =>
    make(tag, { class: `${i > 0 && heads[i].number !== false ? "number" : ""} ${value.bad ? "bad" : ""}`.trim() }, value.text ?? value);
  element.append(
    make("thead", {}, make("tr", {}, ...heads.map((head, i) => cell("th", head.text ?? head, i)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((value, i) => cell("td", value, i))))),
  );
  return element;
}

// --- Theme ------------------------------------------------------------------------------------------------------

const root = document.documentElement;
const kept = (() => {
  try {
    return localStorage.getItem("tvf-theme");
  } catch {
    return null; // a page opened from a file may have no storage
  }
})();
const system = matchMedia("(prefers-color-scheme: dark)");
const follow = () => (root.dataset.theme = system.matches ? "dark" : "light");
if (kept) root.dataset.theme = kept;
else {
  follow();
  system.addEventListener("change", follow);
}
$("theme").addEventListener("click", () => {
  system.removeEventListener("change", follow);
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("tvf-theme", root.dataset.theme);
  } catch {
    // it then lasts until the page is closed
  }
});

// --- Verdict ----------------------------------------------------------------------------------------------------

const builds = Object.keys(parity.builds);
function verdict() {
  const section = $("verdict");
  section.classList.toggle("bad", !parity.ok);
  const title = parity.ok
    ? "Every number is equal to the last bit."
    : parity.mismatches
      ? `${plural(parity.mismatches, "number")} differ${parity.mismatches === 1 ? "s" : ""} between wheel and browser.`
      : "Not everything is equal.";
  const lead =
    `The Python wheel ${parity.wheel.version} and the wasm builds ${builds.join(" and ")} of the npm package ran ` +
    `${plural(parity.cases, "case")} over ${parity.datasets.length} datasets in ${parity.browser}.`;
  const figure = (name, value, state = "") => make("div", { class: state }, make("dt", {}, name), make("dd", {}, value));
  const state = (n) => (n === 0 ? "zero" : "wrong");
  section.append(
    make("p", { class: "badge" }, parity.ok ? "Parity holds" : "Parity is broken"),
    make("h1", {}, title),
    make("p", { class: "lead" }, lead),
    make(
      "dl",
      { class: "figures" },
      figure("values compared", short(parity.values)),
      figure("differ", whole(parity.mismatches), state(parity.mismatches)),
      figure("largest distance", `${whole(parity.max_ulp)} ulp`, state(parity.max_ulp)),
      figure("error messages equal", whole(parity.errors.compared - parity.errors.mismatches), parity.errors.mismatches ? "wrong" : ""),
      figure("off the wheel's own batch", whole(parity.laws.mismatches), state(parity.laws.mismatches)),
      figure("took", `${Math.round(parity.seconds)} s`),
    ),
  );
}

function trouble() {
  if (parity.ok) return;
  const section = $("trouble");
  section.hidden = false;
  section.append(make("h2", {}, "What is wrong"));
  section.append(make("ul", {}, ...parity.problems.map((text) => make("li", {}, text))));
  const list = (title, items, heads, row) => {
    if (!items.length) return;
    const found = table(make("table"), heads.map((text) => ({ text, number: false })), items.map(row));
    section.append(make("h3", {}, title), make("div", { class: "wide" }, found));
  };
  const where = (item) => `${item.entry} ${JSON.stringify(item.params)} over ${item.dataset}`;
  list("First mismatches", parity.first_mismatches, ["where", "build", "path", "value", "wheel", "browser", "ulp"], (m) => [
    where(m), m.build, `${m.path}/${m.part}`, `${m.output}[${m.index}]`, m.wheel_bits ?? "none", m.browser_bits ?? "none", String(m.ulp ?? "NaN or none"),
  ]);
  list("The wheel against its own batch", parity.first_broken_laws, ["where", "path", "value", "batch", "path's"], (m) => [
    where(m), `${m.path}/${m.part}`, `${m.output}[${m.index}]`, m.batch_bits ?? "none", m.path_bits ?? "none",
  ]);
  list("Error messages", parity.first_errors, ["call", "build", "wheel", "browser"], (m) => [m.call, m.build, m.wheel.join(": "), m.browser.join(": ")]);
  list("Calls that failed", parity.failures, ["what"], (text) => [text]);
}

// --- Chart ------------------------------------------------------------------------------------------------------

// A round step that divides a range into about `count` parts.
function step(range, count) {
  const rough = range / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? power;
}
function extent(arrays) {
  const values = arrays.flat().filter((v) => v !== null && Number.isFinite(v));
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low || 1) * 0.05;
  return [low - room, high + room];
}
const bitsOf = (value) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return `0x${view.getBigUint64(0).toString(16).padStart(16, "0")}`;
};
const axisText = (value, by) =>
  Math.abs(value) >= 1e5
    ? new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 }).format(value)
    : value.toFixed(by < 1 ? (by < 0.1 ? 2 : 1) : 0);
const label = (entry) => (entry.id.length <= 5 ? entry.id.toUpperCase() : entry.title);

/**
 * Draws an entry by the hints of its definition. `at` has the scales: `x` of a bar's place, `y` of a value, `right`, the
 * edge of the plot, `top` and `bottom` of the pane, and `start`, the number of the first bar shown. Tables have pictures
 * of their own.
 */
function picture(entry, sides, at, add) {
  const { x, y, right, start } = at;
  const column = (side, name) => sides[side][`${entry.id}.${name}`] ?? [];
  const both = (draw) => ["wheel", "wasm"].forEach((side) => draw(side, (name) => column(side, name)));
  const onScreen = (v) => v !== null && y(v) >= at.top && y(v) <= at.bottom;
  const dot = (side, px, py, tone = "") =>
    add("circle", { class: `dot ${side} ${tone}`, cx: px.toFixed(1), cy: py.toFixed(1), r: side === "wheel" ? 3.4 : 1.5 });
  const path = (points) => points.map(([px, py], i) => `${i ? "L" : "M"}${px.toFixed(1)} ${py.toFixed(2)}`).join("");

  const tables = {
    support_resistance: () =>
      both((side, get) => {
        get("price").forEach((price, i) => {
          if (!onScreen(price)) return;
          const from = Math.max(0, get("first")[i] - start);
          const tone = get("role")[i] > 0 ? "rising" : "falling";
          add("path", { class: `level ${side} ${tone}`, d: path([[x(from), y(price)], [right, y(price)]]) });
        });
      }),
    volume_profile: () =>
      both((side, get) => {
        const shown = get("low").map((low, i) => i).filter((i) => onScreen(get("low")[i]) && onScreen(get("high")[i]));
        const most = Math.max(...shown.map((i) => get("volume")[i]));
        const width = (volume) => (volume / most) * right * 0.3;
        for (const i of shown) {
          const [top, bottom] = [y(get("high")[i]), y(get("low")[i])];
          const [buy, sell] = [width(get("buy")[i]), width(get("sell")[i])];
          const shape = { y: top + 0.5, height: Math.max(bottom - top - 1, 1) };
          add("rect", { class: `bin ${side} rising`, x: right - buy, width: buy, ...shape });
          add("rect", { class: `bin ${side} falling`, x: right - buy - sell, width: sell, ...shape });
        }
        for (const name of ["value_low", "poc", "value_high"]) {
          const [price] = get(name);
          if (onScreen(price)) add("path", { class: `level ${side}`, d: path([[0, y(price)], [right, y(price)]]) });
        }
      }),
    heartbeat: () =>
      both((side, get) => {
        const all = get("pivot").map((pivot, i) => [x(pivot - start), y(get("price")[i])]);
        const first = all.findIndex(([px]) => px >= 0);
        const points = all.slice(Math.max(first, 0));
        add("path", { class: side, d: path(points) });
        for (const [px, py] of points) dot(side, px, py);
      }),
    sma_cross: () =>
      both((side, get) => {
        get("index").forEach((index, i) => {
          if (index < start) return;
          const rising = get("direction")[i] > 0;
          const [px, py, to] = [x(index - start), y(get("fast")[i]), rising ? 1 : -1];
          const size = side === "wheel" ? 9 : 4.5;
          const corners = [[px, py + 4 * to], [px - size * 0.8, py + (4 + 1.6 * size) * to], [px + size * 0.8, py + (4 + 1.6 * size) * to]];
          add("path", { class: `mark ${side} ${rising ? "rising" : "falling"}`, d: `${path(corners)}Z` });
        });
      }),
  };
  if (entry.kind === "table") return tables[entry.id]?.();

  for (const level of entry.levels) {
    add("line", { class: "rule", x1: 0, x2: right, y1: y(level), y2: y(level) });
  }
  if (entry.levels.length === 2) {
    const [low, high] = entry.levels;
    add("rect", { class: "between", x: 0, width: right, y: y(high), height: y(low) - y(high) });
  }
  const place = (name, i) => x(i + (entry.shifts[name] ?? 0));
  const bands = entry.outputs.filter((_, i) => entry.styles[i] === "band");
  if (bands.length === 2) {
    const [a, b] = bands.map((name) => column("wheel", name));
    // A cloud between lines that part and meet again has the colour of the one on top.
    const cloud = bands.some((name) => entry.shifts[name]);
    for (let i = 1; i < a.length; i++) {
      if ([a[i - 1], a[i], b[i - 1], b[i]].some((v) => v === null)) continue;
      const [from, to] = [place(bands[0], i - 1), place(bands[0], i)];
      if (from >= right) break;
      const corners = [[from, y(a[i - 1])], [to, y(a[i])], [to, y(b[i])], [from, y(b[i - 1])]];
      const tone = !cloud ? "" : a[i] >= b[i] ? "rising" : "falling";
      add("path", { class: `band ${tone}`, d: `${path(corners)}Z` });
    }
  }
  both((side, get) => {
    entry.outputs.forEach((name, i) => {
      const values = get(name);
      const style = entry.styles[i];
      if (style === "hidden") return;
      if (style === "histogram") {
        const width = Math.max(1, (x(1) - x(0)) * (side === "wheel" ? 0.7 : 0.25));
        values.forEach((v, j) => {
          if (v === null) return;
          const [top, bottom] = [Math.min(y(v), y(0)), Math.max(y(v), y(0))];
          const tone = v < 0 ? "falling" : "rising";
          add("rect", { class: `bin ${side} ${tone}`, x: x(j) - width / 2, width, y: top, height: Math.max(bottom - top, 0.5) });
        });
      } else if (style === "marker") {
        const trend = get("trend");
        values.forEach((v, j) => v !== null && dot(side, x(j), y(v), trend[j] < 0 ? "falling" : "rising"));
      } else {
        const d = values.reduce((text, v, j) => {
          const px = place(name, j);
          if (v === null || px < 0 || px > right) return text;
          return `${text}${text === "" || values[j - 1] === null ? "M" : "L"}${px.toFixed(1)} ${y(v).toFixed(2)}`;
        }, "");
        add("path", { class: `${side} line-${i}`, d });
      }
    });
  });
}

function chart() {
  const { bars, start } = parity.chart ?? {};
  const build = builds.find((name) => parity.chart?.[name]);
  if (!bars || !build) return;
  const sides = { wheel: parity.chart.wheel, wasm: parity.chart[build] };
  const keys = (entry) => Object.keys(sides.wheel).filter((key) => key.startsWith(`${entry.id}.`));
  const known = parity.chart.entries.filter((entry) => keys(entry).length && keys(entry).every((key) => sides.wasm[key]));
  const choices = { overlay: known.filter((entry) => entry.overlay), pane: known.filter((entry) => !entry.overlay) };
  const first = (list, id) => list.find((entry) => entry.id === id) ?? list[0];
  const chosen = { overlay: first(choices.overlay, "bbands"), pane: first(choices.pane, "rsi") };
  if (!known.length) return;
  const day = (i) => new Date(bars.time[i]).toISOString().slice(0, 10);
  const count = bars.close.length;
  $("chart").hidden = false;
  $("chart-note").textContent =
    `${parity.chart.dataset.toUpperCase()}, the last ${count} daily bars of the sample. What the wheel computed is drawn ` +
    `first, what the ${build} build did on top of it, dashed or smaller: where they part, you would see it.`;

  const pick = (legend, kind) =>
    make(
      "fieldset",
      {},
      make("legend", {}, legend),
      ...choices[kind].map((entry) => {
        const button = make("button", { type: "button", "data-entry": entry.id, "aria-pressed": chosen[kind] === entry }, label(entry));
        button.addEventListener("click", () => {
          chosen[kind] = entry;
          for (const other of button.parentElement.querySelectorAll("button"))
            other.setAttribute("aria-pressed", other === button);
          draw();
        });
        return button;
      }),
    );
  if (chosen.overlay) $("picks").append(pick("On the price", "overlay"));
  if (chosen.pane) $("picks").append(pick("Below", "pane"));

  let width = 0;
  let shown = null;
  function draw() {
    const plot = $("plot");
    width = plot.clientWidth;
    const height = plot.clientHeight;
    const right = width - 46;
    const foot = 20;
    const split = chosen.pane ? Math.round((height - foot) * 0.68) : height - foot;
    // A cloud ahead of the last bar needs room.
    const ahead = Math.max(0, ...Object.values(chosen.overlay?.shifts ?? {}));
    const x = (i) => ((i + 0.5) / (count + ahead)) * right;
    const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Price with indicators" });

    const area = (top, bottom, arrays) => {
      const [low, high] = extent(arrays);
      const y = (v) => bottom - ((v - low) / (high - low)) * (bottom - top);
      const by = step(high - low, Math.max((bottom - top) / 55, 3));
      for (let v = Math.ceil(low / by) * by; v <= high; v += by) {
        svg.append(make("line", { class: "grid", x1: 0, x2: right, y1: y(v), y2: y(v) }));
        svg.append(make("text", { x: right + 7, y: y(v) + 4 }, axisText(v, by)));
      }
      return { x, y, right, top, bottom, start };
    };
    const columns = (entry) =>
      entry.outputs
        .map((name) => sides.wheel[`${entry.id}.${name}`])
        .filter((values) => !(entry.overlay && values.every((v) => v === null || Math.abs(v) === 1)));
    const show = (entry, at) => {
      const group = make("g", { "data-picture": entry.id });
      picture(entry, sides, at, (tag, attributes) => group.append(make(tag, attributes)));
      svg.append(group);
    };

    const over = chosen.overlay?.kind === "series" ? columns(chosen.overlay) : [];
    const price = area(6, split - 14, [bars.high, bars.low, ...over]);
    const body = Math.max(1, (x(1) - x(0)) * 0.62);
    for (let i = 0; i < count; i++) {
      const up = bars.close[i] >= bars.open[i];
      const top = price.y(Math.max(bars.open[i], bars.close[i]));
      const bottom = price.y(Math.min(bars.open[i], bars.close[i]));
      svg.append(
        make(
          "g",
          { class: `candle ${up ? "up" : "down"}` },
          make("line", { x1: x(i), x2: x(i), y1: price.y(bars.high[i]), y2: price.y(bars.low[i]) }),
          make("rect", { x: x(i) - body / 2, width: body, y: top, height: Math.max(bottom - top, 1), stroke: "none" }),
        ),
      );
    }
    if (chosen.overlay) show(chosen.overlay, price);
    if (chosen.pane) {
      const zero = chosen.pane.styles.includes("histogram") ? [0] : [];
      show(chosen.pane, area(split + 6, height - foot, [...columns(chosen.pane), chosen.pane.levels, zero]));
    }

    let last = -Infinity;
    for (let i = 1; i < count; i++) {
      if (day(i).slice(0, 7) === day(i - 1).slice(0, 7) || x(i) - last < 84 || x(i) > right - 40) continue;
      last = x(i);
      svg.append(make("text", { x: x(i), y: height - 3 }, day(i).slice(0, 7)));
    }
    const cross = make("line", { class: "cross", y1: 0, y2: height - foot, visibility: "hidden" });
    svg.append(cross);
    svg.addEventListener("pointermove", (event) => {
      const place = (event.clientX - svg.getBoundingClientRect().left) / right;
      shown = Math.min(count - 1, Math.max(0, Math.floor(place * (count + ahead))));
      cross.setAttribute("x1", x(shown));
      cross.setAttribute("x2", x(shown));
      cross.setAttribute("visibility", "visible");
      read();
    });
    plot.replaceChildren(svg);
    read();
  }

  const differs = (entry) =>
    keys(entry).filter((key) => sides.wheel[key].join() !== sides.wasm[key].join()).length;
  function reading(entry) {
    const name = keys(entry)[0];
    if (entry.kind === "table") {
      const wrong = differs(entry);
      const numbers = keys(entry).reduce((sum, key) => sum + sides.wheel[key].length, 0);
      const verdict = make("span", { class: wrong ? "other" : "same" }, wrong ? ` ${plural(wrong, "column")} differ` : " equal in both");
      return make("span", {}, `${entry.id}: ${plural(sides.wheel[name].length, "row")}, ${plural(numbers, "number")}`, verdict);
    }
    const [own, other] = [sides.wheel[name][shown ?? count - 1], sides.wasm[name][shown ?? count - 1]];
    if (own === null || other === null) return make("span", {}, `${name}: NaN`);
    const same = bitsOf(own) === bitsOf(other);
    return make(
      "span",
      {},
      `${name} ${own.toPrecision(8)}: `,
      make("code", {}, bitsOf(own)),
      make("span", { class: same ? "same" : "other" }, same ? " in both" : ` in the wheel, ${bitsOf(other)} in the page`),
    );
  }
  function read() {
    const i = shown ?? count - 1;
    $("reading").replaceChildren(
      make("span", { class: "legend" }, make("span", {}, make("i"), "wheel"), make("span", {}, make("i", { class: "wasm" }), `wasm, ${build}`), make("span", {}, `${day(i)}, close ${bars.close[i].toFixed(2)}`)),
      ...[chosen.overlay, chosen.pane].filter(Boolean).map(reading),
    );
  }
  draw();
  new ResizeObserver(() => $("plot").clientWidth !== width && draw()).observe($("plot"));
}

// --- Speed ------------------------------------------------------------------------------------------------------

function speeds() {
  const shown = speed?.sizes[Math.floor(speed.sizes.length / 2)];
  const found = Object.keys(shown?.entries[0]?.contenders ?? {}).filter((name) => name.endsWith(" compute"));
  const [first, second] = found;
  if (!first) return;
  $("speed").hidden = false;
  const name = (key) => key.split(" ")[0];
  $("speed-note").textContent =
    `${whole(shown.bars)} minute bars in ${speed.browser}, ${plural(speed.rounds, "interleaved round")}, medians. Plain JavaScript is one pass ` +
    `over typed arrays that are there already; the typical app builds {time, value} objects with slice, map and reduce. ` +
    `Wasm computes on columns that stay in its memory; results were checked against the wheel first. In the tables below ` +
    `“in” is getting the columns into that memory, “out” getting results out of it, “copied” computing and getting them out.`;
  const rows = shown.entries.filter((e) => e.contenders.plain && e.contenders[first]);
  const longest = Math.max(1.2, ...rows.flatMap((e) => found.map((key) => e.ratios[key] ?? 0)));
  const at = (ratio) => `${(ratio / longest) * 100}%`;
  const key = make(
    "div",
    { class: "speed-key" },
    make("span", {}, make("i"), `wasm ${name(first)} against plain JavaScript`),
    ...(second ? [make("span", {}, make("i", { class: "second" }), `wasm ${name(second)}`)] : []),
    make("span", {}, make("i", { class: "one" }), "plain JavaScript"),
  );
  $("bars").append(
    key,
    ...rows.map((e) => {
      const app = e.contenders.app && e.contenders.app.median / e.contenders[first].median;
      return make(
        "div",
        { class: "speed-row" },
        make("span", { class: "name" }, e.name),
        make(
          "div",
          { class: "tracks" },
          make("div", { class: "track", style: `width:${at(e.ratios[first])}` }),
          ...(second ? [make("div", { class: "track second", style: `width:${at(e.ratios[second])}` })] : []),
          make("div", { class: "one", style: `left:${at(1)}` }),
        ),
        make("div", { class: "says" }, make("b", {}, times(e.ratios[first])), make("small", {}, app ? `${times(app)} the typical app` : "")),
      );
    }),
  );
  for (const { bars, entries } of speed.sizes) {
    const contenders = [...new Set(entries.flatMap((e) => Object.keys(e.contenders)))];
    const rows = entries.map((e) => [
      e.name,
      ...contenders.map((c) => {
        const t = e.contenders[c];
        return t ? `${t.median.toFixed(2)} (${t.p25.toFixed(2)} to ${t.p75.toFixed(2)})` : "";
      }),
    ]);
    const heads = [`${whole(bars)} bars, ns per bar (p25 to p75)`, ...contenders];
    $("speed-tables").append(make("div", { class: "wide" }, table(make("table"), heads, rows)));
  }
}

// --- Entries ----------------------------------------------------------------------------------------------------

function entries() {
  const paths = Object.keys(parity.paths);
  for (const entry of parity.entries) {
    const counts = Object.values(entry.paths).flatMap((path) => Object.values(path));
    const values = counts.reduce((sum, c) => sum + c.values, 0);
    const wrong = counts.reduce((sum, c) => sum + c.mismatches, 0);
    const verdict = wrong ? `${whole(wrong)} differ` : entry.failed ? `${whole(entry.failed)} failed` : "equal";
    const cell = (path, build) => {
      const count = entry.paths[path]?.[build] ?? { values: 0, mismatches: 0 };
      return count.mismatches
        ? { text: `${whole(count.mismatches)} of ${whole(count.values)} differ`, bad: true }
        : whole(count.values);
    };
    $("rows").append(
      make(
        "details",
        verdict === "equal" ? {} : { open: "" },
        make(
          "summary",
          {},
          make("span", {}, make("b", {}, entry.id), make("span", { class: "title" }, entry.title)),
          make("span", { class: "count" }, `${plural(entry.cases, "case")}, ${short(values)} values`),
          make("span", { class: `tag ${verdict === "equal" ? "" : "bad"}` }, verdict),
        ),
        make("div", { class: "inside wide" }, table(make("table"), ["path", ...builds], paths.map((p) => [p, ...builds.map((b) => cell(p, b))]))),
      ),
    );
  }
}

function about() {
  table($("datasets"), ["dataset", { text: "what it is", number: false }, "bars"], parity.datasets.map((d) => [d.name, d.about, whole(d.bars)]));
  const facts = {
    browser: parity.browser,
    wheel: `${parity.wheel.version}, ${parity.wheel.file}`,
    "npm package": parity.package.tarball,
    processor: `${parity.machine.cpu}, ${parity.machine.cores} cores`,
    system: `${parity.machine.system}, ${parity.machine.arch}`,
    ...parity.versions,
    "wheel sha256": parity.wheel.sha256.slice(0, 16),
    "package sha256": parity.package.sha256.slice(0, 16),
    finished: parity.finished,
  };
  for (const [name, value] of Object.entries(facts)) $("facts").append(make("dt", {}, name), make("dd", {}, String(value)));
}

verdict();
trouble();
chart();
speeds();
entries();
about();
