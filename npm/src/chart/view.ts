import type { Bars } from "../bars.js";
import { viewNumbers } from "../core.js";
import { kindOf, TvfError } from "../errors.js";
import type { VolumeProfileOptions } from "../indicators.js";
import { type Resident, residentOf } from "../resident.js";
import type { Result } from "../results.js";
import { arrayFor, Look, numeric, type Window } from "./look.js";

/** Candles column by column, each of as many bars. */
export interface Candles {
  /** How many candles there are. Arrays that were given to be filled may be longer. */
  length: number;
  /** The number of the first bar of the first candle, at or before the window's first. */
  start: number;
  /** How many bars a candle stands for: a power of two. The last may have less. */
  step: number;
  /** The first bar's time, NaN without a column of that name, as in the others. */
  time: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
}

const NAMES = ["time", "open", "high", "low", "close", "volume"] as const;

/**
 * A chart's look at bars as candles. It follows them: what was pushed, replaced or appended since is taken in with the
 * next question. Free it with the bars.
 */
export class View extends Look {
  readonly #bars: Bars;

  /** Looks at bars, which need a column `close`; it stands for open, high and low where they are missing. */
  constructor(bars: Bars) {
    super(residentIn(bars));
    this.#bars = bars;
    const { names } = this.resident;
    const close = columnOf(names, "close");
    const { raw } = this.open();
    NAMES.forEach((name, role) => {
      const place = names.indexOf(name);
      if (place >= 0) raw.column(role, place);
      else if (name === "open" || name === "high" || name === "low") raw.column(role, close);
    });
  }

  /**
   * Draws the bars of a window with few candles: at most one more than `most`, each of the same power of two of bars,
   * cut at multiples of it from the first bar of all. So a candle has the same bars wherever the chart is dragged to,
   * and the first and the last may reach beyond the window.
   *
   * A candle has the first open and the last close that are there, the greatest high, the least low, and the sum of the
   * volumes. `into` are candles of a call before whose arrays are filled anew where they are long enough.
   */
  candles(window: Window = {}, most = 2000, into?: Candles): Candles {
    const { raw, core, bars } = this.open();
    const { from, to } = this.window(window);
    this.succeed(raw.candles(core.exchange, bars, from, to, numeric("most", most)));
    const length = this.number(2);
    const candles = (into ?? {}) as Candles;
    candles.length = length;
    candles.start = this.number(0);
    candles.step = this.number(1);
    for (let role = 0; role < NAMES.length; role++) {
      const name = NAMES[role] as (typeof NAMES)[number];
      const array = arrayFor(length, candles[name]);
      array.set(viewNumbers(core, raw.candle(role), length));
      candles[name] = array;
    }
    return candles;
  }

  /**
   * The volume profile of a window: `bars.compute([{ id: "volume_profile", .. }], window)`. It takes time in proportion
   * to the bars seen.
   */
  volumeProfile(window: Window = {}, options: VolumeProfileOptions = {}): Result<"volume_profile"> {
    this.open();
    const { from, to } = this.window(window);
    const [profile] = this.#bars.compute([{ ...options, id: "volume_profile" }], { from, to });
    return profile;
  }
}

/** The module's side of bars. */
export function residentIn(bars: unknown): Resident {
  const resident = typeof bars === "object" && bars !== null ? residentOf.get(bars) : undefined;
  if (resident !== undefined) return resident;
  throw new TvfError("input_type", `bars must be Bars, not ${kindOf(bars)}`, "bars", "", "Bars");
}

/** The place of a column. */
export function columnOf(names: readonly string[], name: string): number {
  const place = names.indexOf(name);
  if (place >= 0) return place;
  const known = names.join(", ");
  throw new TvfError("unknown_column", `the bars have no column "${name}"; there are ${known}`, name, name, known);
}
