import { createSeriesMarkers, type ISeriesMarkersPluginApi, type SeriesMarker, type Time } from "lightweight-charts";
import type { Definition } from "../catalog.js";
import type { Layer, Stage } from "./layer.js";
import type { Followed } from "./source.js";
import type { Theme } from "./theme.js";
import type { Timeline } from "./timeline.js";

type Row = Readonly<Record<string, number>>;
interface Rows extends Iterable<Row> {
  readonly length: number;
  at(row: number): Row | undefined;
}

/** The rows of a table of events as marks at their bars. */
export class Markers implements Layer {
  readonly #stage: Stage;
  readonly #results: Followed;
  readonly #index: string;
  /** Whether rows are turns of the price, which a mark points at, rather than crossings, where the price may go on. */
  readonly #turns: boolean;
  readonly #marks: ISeriesMarkersPluginApi<Time>;
  #shown = "";
  #isVisible = true;

  constructor(stage: Stage, results: Followed, { outputs }: Definition) {
    this.#stage = stage;
    this.#results = results;
    this.#index = outputs.find(({ kind }) => kind === "index")?.name ?? "index";
    this.#turns = outputs.some(({ name }) => name === "pivot");
    this.#marks = createSeriesMarkers(stage.price, []);
  }

  show(page: Timeline): void {
    if (this.#results.isFreed) return;
    this.#shown = this.#signature();
    if (!this.#isVisible) return this.#marks.setMarkers([]);
    // A turn is confirmed by a later bar, which may lie behind the page.
    const rows = (this.#results.rows(page.from) ?? []) as unknown as Iterable<Row>;
    const marks: SeriesMarker<Time>[] = [];
    for (const row of rows) {
      const bar = row[this.#turns ? "pivot" : this.#index] as number;
      if (bar >= page.to && !this.#turns) break;
      if (bar < page.from || bar >= page.to) continue;
      const second = page.seconds[page.pointOf(bar) ?? -1];
      if (second !== undefined) marks.push(this.#markOf(second as Time, row));
    }
    this.#marks.setMarkers(marks);
  }

  follow(page: Timeline): void {
    if (!this.#results.isFreed && this.#signature() !== this.#shown) this.show(page);
  }

  paint(_: Theme): void {
    this.show(this.#stage.page);
  }

  setVisible(visible: boolean): void {
    this.#isVisible = visible;
    this.show(this.#stage.page);
  }

  remove(): void {
    this.#marks.detach();
  }

  /** What changes with the rows: events are only added, but the last bar's may go again. */
  #signature(): string {
    const rows = this.#results.table() as unknown as Rows | undefined;
    return `${rows?.length} ${rows?.at(-1)?.[this.#index] ?? ""}`;
  }

  #markOf(time: Time, row: Row): SeriesMarker<Time> {
    const up = (row["direction"] as number) > 0;
    const { rise, fall } = this.#stage.theme;
    if (this.#turns) {
      const duration = row["duration"];
      const text = Number.isFinite(duration) ? { text: String(duration) } : {};
      const position = up ? ("aboveBar" as const) : ("belowBar" as const);
      return { time, position, shape: "circle", color: up ? fall : rise, size: 0.6, ...text };
    }
    return up
      ? { time, position: "belowBar", shape: "arrowUp", color: rise }
      : { time, position: "aboveBar", shape: "arrowDown", color: fall };
  }
}
