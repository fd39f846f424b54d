import { layInput, type TimeColumn } from "./columns.js";
import { type Core, exchanging, failure, viewNumbers } from "./core.js";
import { kindOf, TvfError } from "./errors.js";
import { changesOf, checkZone, refusal, whole } from "./zones.js";

/** Where sessions begin. */
export interface SessionOptions {
  /** The exchange's time zone, such as `America/New_York`; UTC if not said. */
  zone?: string;
  /**
   * The opening in local time, as `09:30` or in minutes after midnight. A session that opens at noon or later belongs
   * to the following day.
   */
  open?: string | number;
  /** What is numbered: days, weeks from Monday, months, or spans of so many minutes. */
  anchor?: "session" | "week" | "month" | number;
}

/**
 * The number of the session that each bar belongs to; only its changes matter. Daylight saving time is followed in
 * both directions.
 */
export function sessions(time: TimeColumn, options: SessionOptions = {}): Float64Array {
  return new Sessions(options).numbers(time);
}

/** Tells which session each time of a series belongs to: column by column, or one by one as bars arrive. */
export class Sessions {
  readonly zone: string;
  readonly anchor: "session" | "week" | "month" | number;
  /** In minutes after local midnight. */
  readonly open: number;
  /** The time that the series begins with: it tells whether numbers that look like seconds are some. */
  #began = NaN;
  /** Of the last column numbered: its first time, the last before the last bar, and the last bar's. */
  ends: readonly [number, number, number] = [NaN, NaN, NaN];
  /** The session at hand: its first moment, the first after it, and its number. */
  #from = Infinity;
  #to = -Infinity;
  #number = NaN;

  constructor(options: SessionOptions) {
    const { zone = "UTC", open = 0, anchor = "session" } = optionsOf(options);
    if (typeof anchor === "number" && !(Number.isInteger(anchor) && anchor >= 1 && anchor <= LONGEST)) {
      throw refusal("anchor", anchor, `1 to ${LONGEST} minutes`);
    }
    if (typeof anchor !== "number" && !WORDS.includes(anchor)) {
      throw refusal("anchor", anchor, `one of "session", "week", "month", or 1 to ${LONGEST} minutes`);
    }
    this.zone = zone;
    this.anchor = anchor;
    checkZone(zone);
    this.open = minutesOf(open);
  }

  /** Zone, anchor as a word and in minutes, and opening, as the module takes them. */
  get clock(): [zone: string, word: string, minutes: number, open: number] {
    const [word, minutes] = typeof this.anchor === "number" ? ["minutes", this.anchor] : [this.anchor, 0];
    return [this.zone, word, minutes, this.open];
  }

  /** A number for each of the next times. */
  numbers(time: TimeColumn): Float64Array {
    return exchanging((core) => {
      const times = layInput(core, "time", time);
      const first = times.find(Number.isFinite);
      const most = times.subarray(0, -1);
      this.ends = [most.find(Number.isFinite) ?? NaN, most.findLast(Number.isFinite) ?? NaN, times.at(-1) ?? NaN];
      const numbers = this.#ask(core, core.glue.sessions, ...extent(times));
      if (Number.isNaN(this.#began)) this.#began = first ?? NaN;
      return numbers.slice();
    });
  }

  /** The number of the next time, NaN if it is missing. The zone is asked once a session. */
  number(time: number): number {
    if (time >= this.#from && time < this.#to) return this.#number;
    if (!Number.isFinite(time)) return NaN;
    return exchanging((core) => {
      layInput(core, "time", [time]);
      // No session is longer than that, and none of its changes may be unknown.
      const session = this.#ask(core, core.glue.session, time - LONGEST * MINUTE, time + LONGEST * MINUTE);
      [this.#from, this.#to, this.#number] = session as unknown as [number, number, number];
      if (Number.isNaN(this.#began)) this.#began = time;
      return this.#number;
    });
  }

  /** Has the module answer for the times in the exchange, with the zone's changes between two moments. */
  #ask(core: Core, question: typeof core.glue.sessions, from: number, to: number): Float64Array {
    const { exchange } = core;
    const { moments, offsets } = changesOf(this.zone, whole(from), whole(to));
    layInput(core, "moments", moments);
    layInput(core, "offsets", offsets);
    const [, ...clock] = this.clock;
    if (!question(exchange, ...clock, this.#began)) throw failure(core);
    return viewNumbers(core, exchange.result(0, 0), exchange.length(0));
  }
}

/** Refuses what are no options. */
export function optionsOf(options: unknown): SessionOptions {
  if (typeof options === "object" && options !== null) return options;
  const bound = 'an object such as { zone: "America/New_York" }';
  throw new TvfError("session", `options must be ${bound}, not ${kindOf(options)}`, "options", "", bound);
}

const WORDS: readonly unknown[] = ["session", "week", "month"];
/** The longest span that an anchor may be, in minutes: a year. */
const LONGEST = 525_600;
const MINUTE = 60_000;

/** Minutes after midnight of `09:30`. */
export function minutesOf(open: unknown): number {
  if (typeof open === "number" && Number.isInteger(open) && open >= 0 && open < 1440) return open;
  const match = typeof open === "string" ? /^(\d|[01]\d|2[0-3]):([0-5]\d)$/.exec(open) : null;
  if (match) return Number(match[1]) * 60 + Number(match[2]);
  throw refusal("open", open, '"00:00" to "23:59", or 0 to 1439 minutes after midnight');
}

/** The first and the last moment. */
function extent(times: Float64Array): [number, number] {
  let from = Infinity;
  let to = -Infinity;
  for (const time of times) {
    if (time < from) from = time;
    if (time > to) to = time;
  }
  return [from, to];
}
