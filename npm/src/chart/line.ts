import { type Attached, type AttachedSeries, isAttached } from "../attached.js";
import type { Bars } from "../bars.js";
import { entryOf } from "../catalog.js";
import { TvfError } from "../errors.js";
import type { Id, Indicators } from "../indicators.js";
import type { Resident } from "../resident.js";
import { Look, numeric, type Window } from "./look.js";
import { type Points, takePoints } from "./points.js";
import { columnOf, residentIn } from "./view.js";

/** Bars, one of whose columns is a line, or the handle of an attached indicator. */
export type LineSource = Bars | Series;

type Series = { [K in Id]: Indicators[K]["value"] extends readonly unknown[] ? never : AttachedSeries<K> }[Id];

/**
 * A chart's look at one line: a column of bars, or an output of an attached indicator. It follows the bars as
 * {@link View} does.
 */
export class Line extends Look {
  readonly #handle: Attached | undefined;

  /**
   * Looks at a column of bars, `close` if not said, or at an output of an attached indicator, its first if not said:
   * `new Line(bars, "volume")`, `new Line(handle, "signal")`.
   */
  constructor(source: LineSource, name?: string) {
    const handle = isAttached(source) ? source : undefined;
    super(handle ? residentOfHandle(handle) : residentIn(source));
    this.#handle = handle;
    const { raw } = super.open();
    const time = this.resident.names.indexOf("time");
    if (time >= 0) raw.column(0, time);
    if (handle) {
      const { number, sink } = handle.place();
      const output = outputOf(handle, name);
      for (const role of LINE) raw.attached(role, number, sink, output);
    } else {
      const column = columnOf(this.resident.names, name ?? "close");
      for (const role of LINE) raw.column(role, column);
    }
  }

  /**
   * Draws the line with the least and the greatest value of few buckets, which are divided as {@link View.candles} does: at most
   * two points each. A bucket without a value gives one point that is NaN, so that a gap stays one. Steady while a
   * chart is dragged. `into` are points of a call before whose arrays are filled anew.
   */
  extremes(window: Window = {}, most = 2000, into?: Points): Points {
    const { raw, core, bars } = this.open();
    const { from, to } = this.window(window);
    this.succeed(raw.extremes(core.exchange, bars, from, to, numeric("most", most)));
    return takePoints(core, raw.at(), raw.values(), this.number(2), into);
  }

  /**
   * Draws the line with at most so many points that span the largest triangles (LTTB: S. Steinarsson, 2013); bars count
   * as equally far apart. What is chosen depends on the whole window.
   */
  lttb(window: Window = {}, most = 2000, into?: Points): Points {
    const { raw, core, bars } = this.open();
    const { from, to } = this.window(window);
    this.succeed(raw.lttb(core.exchange, bars, from, to, numeric("most", most)));
    return takePoints(core, raw.at(), raw.values(), this.number(2), into);
  }

  /** @internal A handle that is freed shows nothing any more: its place may be another's. */
  protected override open() {
    this.#handle?.place();
    return super.open();
  }
}

/** The roles that a line has its values in: high, low and close. */
const LINE = [2, 3, 4] as const;

function residentOfHandle(handle: Attached): Resident {
  const { kind } = entryOf(handle.id);
  if (kind === "series") return handle.place().resident;
  throw new TvfError("source", `${handle.id} gives a table, and no line`, handle.id, "", "an indicator that gives series");
}

function outputOf(handle: Attached, name: string | undefined): number {
  if (name === undefined) return 0;
  const known = entryOf(handle.id).outputs.map((output) => output.name);
  const place = known.indexOf(name);
  if (place >= 0) return place;
  const bound = known.join(", ");
  throw new TvfError("source", `${handle.id} has no output ${name}; it has ${bound}`, handle.id, name, bound);
}
