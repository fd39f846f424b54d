import type * as Glue from "../wasm/simd/tvf.js";
import { type Bar, type BarColumns, Bars } from "./bars.js";
import { type Column, layInput, numberOf, type Time, type TimeColumn } from "./columns.js";
import { type Core, core, exchanging, failure, viewNumbers } from "./core.js";
import { kindOf, shown, TvfError } from "./errors.js";
import { type ByName, fieldsOf, freed, type Resident, residentOf } from "./resident.js";
import { minutesOf } from "./sessions.js";
import { restored } from "./snapshot.js";
import { changesOf, checkZone, whole } from "./zones.js";

/** How a builder cuts time into bars, and what it does with what does not fit. */
export interface BuilderOptions {
  /** The time zone that openings are in, such as `America/New_York`; its clock changes are followed. UTC if not said. */
  zone?: string;
  /** The session's opening in local time, as `09:30` or in minutes after midnight; it lasts until the next one. */
  open?: string | number;
  /** Opening and closing, as `09:30-16:00`, in the place of `open`; over midnight if the second is not the later one. */
  session?: string;
  /** Between a closing and the next opening: `drop` (if not said) counts ticks, `keep` counts them with the session before. */
  outside?: "drop" | "keep";
  /**
   * A tick before the latest one, still in the forming bar: `drop` (if not said) counts it; `merge` takes its size, and
   * its price into high and low, and into the open if it is the earliest of all; `error` throws for all that is late.
   */
  late?: "drop" | "merge" | "error";
  /** `previous` fills gaps inside a session with flat bars at the close before them. */
  fill?: "none" | "previous";
  /** The most bars that a gap is filled with: 1440 if not said. */
  limit?: number;
}

/** A trade or a quote. */
export interface Tick {
  /** Milliseconds since 1970 UTC. */
  time: Time;
  price: number;
  /** What it adds to the volume; 1 if not said. */
  size?: number | null | undefined;
  /** A whole number that rises from tick to tick: one that does not is a duplicate. */
  id?: number | bigint | null | undefined;
}

/** Ticks column by column. */
export interface TickColumns {
  time: TimeColumn;
  price: Column;
  size?: Column;
  id?: Column;
}

/** What became of a tick: a new bar began, the forming one changed, or it was not used. */
export type BuilderEvent = "push" | "replace" | "dropped";

/** A bar that was built. */
export type BuiltBar = Required<{ [Name in keyof Bar]: number }>;

/** Bars that were built, column by column. */
export interface BuiltBars {
  time: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
}

/** How much was not used, by reason. */
export interface Dropped {
  /** It came after its bar had closed, or behind a later one. */
  late: number;
  /** Its id had not risen. */
  duplicate: number;
  /** The market was closed. */
  outside: number;
  /** A bar without prices or without a time. */
  missing: number;
}

const FIELDS = ["time", "open", "high", "low", "close", "volume"] as const;
const EVENTS = [undefined, "push", "replace", "dropped"] as const;
const YEAR = 366 * 86_400_000;

/**
 * Makes bars of ticks, or of shorter bars, by the sessions of a zone: the same bars to the bit as Python's
 * `tvf.BarBuilder`, however a series is cut into calls. `into(bars)` has {@link Bars} and what is attached to them
 * follow every tick in one call of the module.
 *
 * Bars of seconds, minutes and hours count from the session's opening in true time, and the last one ends with the
 * session; days are sessions, weeks begin with Monday's, months with the first one's. A session that opens at noon or
 * later belongs to the following day. A tick in a bar that has closed is late for good.
 */
export class BarBuilder {
  readonly #core: Core;
  #raw: Glue.Builder | undefined;
  readonly #zone: string;
  /** The moments between which the zone is known. */
  #from = Infinity;
  #to = -Infinity;
  /** What follows. */
  #bars: Resident | undefined;
  /** Whether the next tick is to go on with the last bar of what follows. */
  #joining = false;

  /** Begins before the first tick: `new BarBuilder("5m", { zone: "America/New_York", session: "09:30-16:00" })`. */
  constructor(timeframe: string, options?: BuilderOptions);
  /** @internal */
  constructor(timeframe: undefined, options: undefined, restored: Glue.Builder);
  constructor(timeframe: string | undefined, options: BuilderOptions = {}, restored?: Glue.Builder) {
    const raw = restored ?? open(timeframe, options);
    this.#core = core();
    this.#raw = raw;
    this.#zone = raw.zone;
    if (raw.covers(0)) this.#know(-Infinity, Infinity);
  }

  /** Goes on where a snapshot was taken, here or in Python. */
  static restore(snapshot: Uint8Array | ArrayBuffer): BarBuilder {
    const raw = restored(snapshot, ({ glue, exchange }) => glue.Builder.restore(exchange));
    try {
      checkZone(raw.zone);
      return new BarBuilder(undefined, undefined, raw);
    } catch (error) {
      raw.free();
      throw error;
    }
  }

  /** The settings. A session that does not close ends where it opens. */
  get params(): Readonly<Record<string, string | number>> {
    const [timeframe = "", session = "", outside = "", late = "", fill = "", limit = ""] = this.#open.settings.split("\n");
    const params = { timeframe, zone: this.#zone, session, outside, late, fill };
    return limit === "" ? params : { ...params, limit: Number(limit) };
  }

  /**
   * Has bars follow, with all that is attached to them: a new bar is pushed, the forming one replaced. If the bars
   * have a history, the first tick goes on with its last bar, which must begin where a bar of this timeframe does; of two
   * bars with one time the later takes the other's place.
   */
  into(bars: Bars): this {
    const raw = this.#open;
    const resident = bars instanceof Bars ? residentOf.get(bars) : undefined;
    if (!resident) throw new TvfError("param_type", `bars must be Bars, not ${kindOf(bars)}`, "bars");
    const lacking = ["time", "open", "high", "low", "close"].find((name) => !resident.names.includes(name));
    if (lacking !== undefined) {
      const known = resident.names.join(", ");
      throw new TvfError("unknown_column", `a builder needs the column "${lacking}"; there are ${known}`, lacking, "", known);
    }
    this.#bars = resident;
    this.#joining = raw.is_new;
    if (!this.#joining) this.#push(raw.join(this.#core.exchange, resident.raw));
    return this;
  }

  /** Takes a tick. */
  tick(tick: Tick): BuilderEvent {
    const raw = this.#open;
    const { time, price, size, id } = fieldsOf(tick) as unknown as Tick;
    const at = typeof time === "number" ? time : numberOf("time", time);
    const paid = typeof price === "number" ? price : numberOf("price", price);
    const sized = typeof size === "number" ? size : size == null ? 1 : numberOf("size", size);
    const numbered = typeof id === "number" ? id : id == null ? NaN : idOf(id);
    const bars = this.#joining ? this.#begin(raw) : this.#bars;
    if (!(at >= this.#from && at <= this.#to)) this.#learn(at, at);
    if (bars === undefined) return this.#told(raw.tick(this.#core.exchange, at, paid, sized, numbered));
    if (bars.clocks.length > 0) {
      const event = this.#told(raw.tick(this.#core.exchange, at, paid, sized, numbered));
      this.#drive();
      return event;
    }
    const told = raw.tick_into(this.#core.exchange, bars.raw, at, paid, sized, numbered);
    const event = this.#told(told & 3);
    if (event !== "dropped") bars.changed(told >> 2);
    return event;
  }

  /** Takes any number of ticks, and gives the bars that they closed. If one of them is an error, none is taken. */
  ticks(columns: TickColumns): BuiltBars {
    const raw = this.#open;
    const { time, price, size, id } = fieldsOf(columns) as unknown as TickColumns;
    if (this.#joining) this.#begin(raw);
    this.#learnAll(time);
    return exchanging((core) => {
      layInput(core, "time", time);
      layInput(core, "price", price);
      if (size != null) layInput(core, "size", size);
      if (id != null) layInput(core, "id", id);
      if (!raw.ticks(core.exchange, size != null, id != null)) throw failure(core);
      this.#drive();
      return this.#columns(core);
    });
  }

  /**
   * Takes a bar of a shorter timeframe by its opening time. One with the opening time of the latest again takes its
   * place, as if that had never been: feeds send the forming bar again and again.
   */
  bar(bar: Bar): BuilderEvent {
    const raw = this.#open;
    const [time, open, high, low, close, volume] = valuesOf(bar);
    this.#joining = false;
    if (!(time >= this.#from && time <= this.#to)) this.#learn(time, time);
    const event = this.#told(raw.bar(this.#core.exchange, time, open, high, low, close, volume));
    this.#drive();
    return event;
  }

  /** Takes any number of bars, and gives the bars that they closed. */
  bars(columns: BarColumns): BuiltBars {
    const raw = this.#open;
    const given = fieldsOf(columns) as unknown as ByName<TimeColumn>;
    this.#joining = false;
    this.#learnAll(given["time"]);
    return exchanging((core) => {
      for (const name of FIELDS) {
        if (name !== "volume" || given[name] != null) layInput(core, name, given[name]);
      }
      if (!raw.bars(core.exchange)) throw failure(core);
      this.#drive();
      return this.#columns(core);
    });
  }

  /** Begins with a bar that is forming already, such as the last one of a history; ticks go on with it. */
  begin(bar: Bar): void {
    const raw = this.#open;
    const [time, ...values] = valuesOf(bar);
    if (!(time >= this.#from && time <= this.#to)) this.#learn(time, time);
    if (!raw.begin(this.#core.exchange, time, ...values)) throw failure(this.#core);
  }

  /**
   * Closes the forming bar if it ends at a moment or before, and fills what has passed since; without a moment closes
   * it in any case. Gives what was closed.
   */
  close(now?: Time): BuiltBars {
    const raw = this.#open;
    const moment = now == null ? NaN : numberOf("time", now);
    if (now != null && Number.isNaN(moment)) {
      const bound = "within 8640000000000000 ms of 1970";
      throw new TvfError("input_range", `time NaN is not ${bound}`, "time", "NaN", bound);
    }
    if (moment < this.#from || moment > this.#to) this.#learn(moment, moment);
    return exchanging((core) => {
      if (!raw.close(core.exchange, moment)) throw failure(core);
      this.#drive();
      return this.#columns(core);
    });
  }

  /** The bar that is forming. */
  get forming(): BuiltBar | undefined {
    const raw = this.#open;
    return Number.isNaN(raw.forming(0)) ? undefined : barOf((field) => raw.forming(field));
  }

  /** The bars that the last call closed, with the flat ones that it filled gaps with. */
  get closed(): BuiltBar[] {
    const raw = this.#open;
    return Array.from({ length: raw.closed }, (_, row) => barOf((field) => raw.cell(row, field)));
  }

  /**
   * What the last call means to a list of bars that has seen the calls before: which to push, and which to put in the
   * place of the last one.
   */
  get changes(): { event: "push" | "replace"; bar: BuiltBar }[] {
    const raw = this.#open;
    return Array.from({ length: raw.changes }, (_, place) => ({
      event: EVENTS[raw.change(place, FIELDS.length)] as "push" | "replace",
      bar: barOf((field) => raw.change(place, field)),
    }));
  }

  /** How much was not used so far, by reason. */
  get dropped(): Dropped {
    const raw = this.#open;
    return { late: raw.count(0), duplicate: raw.count(1), outside: raw.count(2), missing: raw.count(3) };
  }

  /** How many gaps were longer than `limit`, and left open from there. */
  get gaps(): number {
    return this.#open.count(4);
  }

  /** The whole state as bytes, which Python resumes as well. */
  snapshot(): Uint8Array {
    const bytes = this.#open.snapshot(this.#core.exchange);
    if (!bytes) throw failure(this.#core);
    return bytes;
  }

  /** Gives the memory back. Using the builder afterwards is an error; the bars that followed it stay. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
    this.#bars = undefined;
  }

  [Symbol.dispose](): void {
    this.free();
  }

  get #open(): Glue.Builder {
    if (this.#raw) return this.#raw;
    throw freed("builder");
  }

  #told(event: number): BuilderEvent {
    return EVENTS[event] ?? this.#fail();
  }

  #fail(): never {
    throw failure(this.#core);
  }

  #know(from: number, to: number): void {
    this.#from = from;
    this.#to = to;
  }

  /** Tells the module the zone's changes around two moments. With a year to spare, ticks seldom ask again. */
  #learn(from: number, to: number): void {
    if (!Number.isFinite(from) || !Number.isFinite(to)) return;
    const raw = this.#open;
    const [first, last] = [raw.wants_from(from), raw.wants_to(to + YEAR)];
    const { moments, offsets } = changesOf(this.#zone, whole(first), whole(last));
    exchanging((core) => {
      layInput(core, "moments", moments);
      layInput(core, "offsets", offsets);
      if (!raw.tell(core.exchange, first, last)) throw failure(core);
    });
    this.#know(from, to + YEAR);
  }

  /** Tells the module what it needs for a column of times. */
  #learnAll(time: unknown): void {
    if (this.#to === Infinity) return;
    let [from, to] = [Infinity, -Infinity];
    exchanging((core) => {
      for (const moment of layInput(core, "time", time)) {
        if (moment < from && Number.isFinite(moment)) from = moment;
        if (moment > to && Number.isFinite(moment)) to = moment;
      }
    });
    if (from < this.#from || to > this.#to) this.#learn(from, to);
  }

  /** Before the first tick: goes on with the last bar of those that follow, which are given back. */
  #begin(raw: Glue.Builder): Resident | undefined {
    const bars = this.#bars;
    if (bars && bars.length > 0 && raw.is_new) {
      this.begin(Object.fromEntries(FIELDS.map((name) => [name, lastOf(bars, name)])));
    }
    this.#joining = false;
    return bars;
  }

  /** Has bars follow the last call. */
  #drive(): void {
    const bars = this.#bars;
    if (!bars) return;
    if (bars.clocks.length === 0) {
      this.#push(this.#open.drive(this.#core.exchange, bars.raw));
      return;
    }
    // Numbers of sessions that attached indicators follow are found here, not in the module.
    for (const { event, bar } of this.changes) {
      const isNew = event === "push" && lastOf(bars, "time") !== bar.time;
      bars.write(bar);
      bars.succeed(isNew ? bars.raw.push(this.#core.exchange) : bars.raw.replace(this.#core.exchange));
      bars.changed(isNew ? 1 : 0);
    }
  }

  /** Counts the bars that were pushed. */
  #push(pushed: number | undefined): void {
    if (pushed === undefined) throw failure(this.#core);
    this.#bars?.changed(pushed);
  }

  #columns(core: Core): BuiltBars {
    const { exchange } = core;
    if (!this.#open.columns(exchange)) throw failure(core);
    const length = exchange.length(0);
    const columns = FIELDS.map((name, i) => [name, viewNumbers(core, exchange.result(0, i), length).slice()]);
    return Object.fromEntries(columns) as BuiltBars;
  }
}

/** How {@link resample} cuts time into bars; late rows are errors if not said otherwise. */
export type ResampleOptions = BuilderOptions;

/**
 * Bars of a longer timeframe from columns of bars, or of ticks (`price`, and `size` if there is one): what a
 * {@link BarBuilder} makes of them, the last bar included, however complete it is. A row that lies before an earlier one
 * is an error unless `late` says otherwise; of bars with one time the last counts.
 */
export function resample(
  columns: BarColumns | TickColumns,
  timeframe: string,
  options: ResampleOptions = {},
): BuiltBars {
  const builder = new BarBuilder(timeframe, { late: "error", ...optionsOf(options) });
  try {
    const isTicks = "price" in fieldsOf(columns);
    const most = isTicks ? builder.ticks(columns as TickColumns) : builder.bars(columns as BarColumns);
    const last = builder.close();
    const joined = FIELDS.map((name) => {
      const column = new Float64Array(most[name].length + last[name].length);
      column.set(most[name]);
      column.set(last[name], most[name].length);
      return [name, column];
    });
    return Object.fromEntries(joined) as BuiltBars;
  } finally {
    builder.free();
  }
}

const KNOWN = ["zone", "open", "session", "outside", "late", "fill", "limit"];

function optionsOf(options: unknown): BuilderOptions {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const bound = 'an object such as { zone: "America/New_York" }';
    throw new TvfError("param_type", `options must be ${bound}, not ${kindOf(options)}`, "options", "", bound);
  }
  const other = Object.keys(options).find((name) => !KNOWN.includes(name));
  if (other === undefined) return options;
  const bound = KNOWN.join(", ");
  throw new TvfError("unknown_param", `a builder has no option ${other}; it has ${bound}`, other, "", bound);
}

function open(timeframe: unknown, options: unknown): Glue.Builder {
  const { zone = "UTC", open, session, outside = "drop", late = "drop", fill = "none", limit = 1440 } = optionsOf(options);
  checkZone(zone);
  if (typeof limit !== "number") refuse("limit", limit, "a whole number");
  return exchanging((core) => {
    const raw = core.glue.Builder.open(
      core.exchange,
      word("timeframe", timeframe),
      zone,
      open === undefined ? NaN : minutesOf(open),
      session === undefined ? undefined : word("session", session),
      word("outside", outside),
      word("late", late),
      word("fill", fill),
      limit,
    );
    if (!raw) throw failure(core);
    return raw;
  });
}

function word(name: string, value: unknown): string {
  return typeof value === "string" ? value : refuse(name, value, "a text");
}

function refuse(name: string, value: unknown, bound: string): never {
  throw new TvfError("param_type", `${name} ${shown(value)} is not ${bound}`, name, String(value).slice(0, 40), bound);
}

function idOf(id: unknown): number {
  return typeof id === "bigint" ? Number(id) : numberOf("id", id);
}

function valuesOf(bar: unknown): [number, number, number, number, number, number] {
  const fields = fieldsOf(bar);
  const values = FIELDS.map((name) => {
    const value = fields[name];
    return value === undefined && name === "volume" ? 0 : numberOf(name, value);
  });
  return values as [number, number, number, number, number, number];
}

/** A value of the last bar, NaN if there is none. */
function lastOf({ core, raw, names, length }: Resident, name: string): number {
  const place = names.indexOf(name);
  if (place < 0 || length === 0) return NaN;
  return viewNumbers(core, raw.column(place) + 8 * (length - 1), 1)[0] as number;
}

function barOf(value: (field: number) => number): BuiltBar {
  return Object.fromEntries(FIELDS.map((name, field) => [name, value(field)])) as unknown as BuiltBar;
}
