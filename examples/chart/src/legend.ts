import type { MouseEventParams, Time } from "lightweight-charts";
import type { ChartBars, ChartIndicator } from "tvf/lightweight-charts";

export interface LegendRow {
  readonly key: number;
  readonly name: string;
  readonly indicator: ChartIndicator;
}

interface Line {
  readonly row: LegendRow;
  readonly element: HTMLElement;
  readonly values: HTMLElement[];
}

/**
 * The values at the crosshair, or of the last bar, in the corner of each pane. It writes into the page by itself, once a
 * frame: React has nothing to compare for a tick.
 */
export class Legend {
  readonly #place: HTMLElement;
  readonly #live: ChartBars;
  readonly #unsubscribe: () => void;
  readonly #onMove: (event: MouseEventParams<Time>) => void;
  readonly #resize: ResizeObserver;
  #rows: readonly LegendRow[] = [];
  #lines: Line[] = [];
  #prices: HTMLElement | undefined;
  #bar: number | undefined;
  #request = 0;

  constructor(place: HTMLElement, live: ChartBars) {
    this.#place = place;
    this.#live = live;
    this.#unsubscribe = live.bars.subscribe(() => this.ask());
    this.#onMove = ({ time }) => {
      this.#bar = live.barAt(time);
      this.ask();
    };
    live.chart.subscribeCrosshairMove(this.#onMove);
    this.#resize = new ResizeObserver(() => this.ask());
    this.#resize.observe(place);
  }

  show(rows: readonly LegendRow[]): void {
    this.#rows = rows;
    this.#build();
    this.ask();
  }

  /** Has it written anew before the next frame. */
  ask(): void {
    this.#request ||= requestAnimationFrame(() => {
      this.#request = 0;
      if (!this.#live.bars.isFreed) this.#write();
    });
  }

  remove(): void {
    cancelAnimationFrame(this.#request);
    this.#unsubscribe();
    this.#resize.disconnect();
    this.#live.chart.unsubscribeCrosshairMove(this.#onMove);
    this.#place.replaceChildren();
  }

  /** A block for each pane, with a line for each of its indicators. */
  #build(): void {
    const blocks = new Map<number, HTMLElement>();
    const blockOf = (pane: number) => {
      const there = blocks.get(pane);
      if (there) return there;
      const block = element("div", "block");
      block.dataset["pane"] = String(pane);
      blocks.set(pane, block);
      return block;
    };
    this.#prices = element("div", "prices");
    blockOf(0).append(this.#prices);
    this.#lines = this.#rows.map((row) => {
      const line = element("div", "line");
      line.dataset["key"] = String(row.key);
      line.dataset["id"] = row.indicator.id;
      line.append(element("span", "title", row.name));
      const values = row.indicator.values().map(({ name }) => {
        const value = element("span", "value");
        value.dataset["output"] = name;
        return value;
      });
      line.append(...values);
      blockOf(row.indicator.pane.paneIndex()).append(line);
      return { row, element: line, values };
    });
    this.#place.replaceChildren(...blocks.values());
  }

  #write(): void {
    const { bars, chart } = this.#live;
    let top = 0;
    const panes = chart.panes().map((pane) => {
      const place = { top, height: pane.getHeight() };
      top += place.height + 1;
      return place;
    });
    for (const block of this.#place.children as HTMLCollectionOf<HTMLElement>) {
      const pane = panes[Number(block.dataset["pane"])];
      if (!pane) continue;
      block.style.transform = `translateY(${pane.top}px)`;
      block.style.maxHeight = `${pane.height}px`;
    }
    const at = this.#bar ?? bars.length - 1;
    const bar = bars.at(Math.min(at, bars.length - 1));
    if (bar && this.#prices) {
      const parts = (["open", "high", "low", "close"] as const).map((name) => `${name[0]?.toUpperCase()} ${bar[name]?.toFixed(2)}`);
      this.#prices.textContent = [...parts, `V ${VOLUME.format(bar["volume"] ?? NaN)}`].join("  ");
      this.#prices.className = `prices ${(bar["close"] ?? 0) < (bar["open"] ?? 0) ? "fall" : "rise"}`;
    }
    for (const { row, values } of this.#lines) {
      const shown = row.indicator.values(at);
      const { theme } = this.#live;
      const [first] = shown;
      const chip = document.querySelector<HTMLElement>(`[data-chip="${row.key}"]`);
      const colour = first?.colour ?? theme.quiet;
      if (chip && chip.style.backgroundColor !== colour) chip.style.backgroundColor = colour;
      shown.forEach(({ value, colour }, i) => {
        const place = values[i];
        if (!place) return;
        place.textContent = Number.isFinite(value) ? short(value) : "–";
        place.style.color = colour;
        // All of it, for whoever compares.
        place.dataset["value"] = String(value);
      });
    }
  }
}

const VOLUME = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 2 });

function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${(value / 1e9).toFixed(2)}B`;
  if (size >= 1e6) return `${(value / 1e6).toFixed(2)}M`;
  return size >= 0.1 || size === 0 ? value.toFixed(2) : value.toPrecision(2);
}

function element(kind: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(kind);
  made.className = className;
  made.textContent = text;
  return made;
}
