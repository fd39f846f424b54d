import type * as Glue from "../wasm/simd/tvf.js";
import { layInputs } from "./batch.js";
import { entryOf } from "./catalog.js";
import { followed, plain, timeless } from "./clock.js";
import { TvfError } from "./errors.js";
import { numberOf, type TimeColumn } from "./columns.js";
import { type Core, core, exchanging, failure, memoryNumbers } from "./core.js";
import type { Id, Indicators } from "./indicators.js";
import { type Compat, describe, type Spec } from "./members.js";
import { freed } from "./resident.js";
import { type Numbers, type Result, shapeNumbers, shapeValue, takeResult, type Value } from "./results.js";
import { optionsOf, type SessionOptions, Sessions } from "./sessions.js";
import { restored } from "./snapshot.js";

type Act = "update" | "peek" | "replace";

/**
 * One indicator, bar by bar: `update` takes a closed bar, `peek` looks at the forming one, `replace` revises the last
 * one. Each takes the same time however long the period and the history are, and gives the same bits as a whole series
 * at once. The rows of a table that describes a state (`support_resistance`, `volume_profile`) come on top: they are
 * computed anew for each call, those of `volume_profile` from all bars after a new high or low of the series. The state can be kept as bytes, which Python resumes as well.
 */
export class Stream<K extends Id = Id> {
  readonly #core: Core;
  #raw: Glue.Stream | undefined;
  readonly #id: K;
  readonly #inputs: readonly { readonly name: string }[];
  /** Whether a bar gives one number. */
  readonly #plain: boolean;
  /** Where the module expects the values of a bar, in numbers. */
  readonly #bar: number;
  /** Where a zone is followed: the module takes the number of a bar's session in the place of its time. */
  readonly #sessions: Sessions | undefined;
  /** Which input that is. */
  readonly #time: number;

  /** Begins before the first bar: `new Stream({ id: "rsi", period: 14 })`. */
  constructor(spec: Spec<K>);
  /** @internal */
  constructor(spec: undefined, opened: Opened);
  constructor(spec: Spec<K> | undefined, opened?: Opened) {
    // A second argument from outside is the slip `new Stream("rsi", { period: 14 })`, for which the first is refused.
    const { raw, sessions } = spec === undefined && opened ? opened : open(spec);
    this.#core = core();
    this.#raw = raw;
    this.#sessions = sessions;
    this.#id = this.#raw.id as K;
    const { inputs, kind, outputs } = entryOf(this.#id);
    this.#inputs = inputs;
    this.#time = inputs.findIndex(({ name }) => name === "time");
    this.#plain = kind === "series" && outputs.length === 1;
    this.#bar = this.#raw.bar() / 8;
  }

  /**
   * Goes on where a snapshot was taken, here or in Python. Of a stream with a zone, say again where sessions begin, as in
   * `Stream.restore(bytes, { zone, open })`; without, or with another zone, opening or anchor, the snapshot is refused.
   * One taken by an older version that does not tell where its numbers of sessions came from is refused, too.
   */
  static restore<K extends Id = Id>(snapshot: Uint8Array | ArrayBuffer, where?: SessionOptions): Stream<K> {
    const raw = restored(snapshot, ({ glue, exchange }) => glue.Stream.restore(exchange));
    try {
      return new Stream<K>(undefined, { raw, sessions: resumed(raw, where) });
    } catch (error) {
      raw.free();
      throw error;
    }
  }

  /** The indicator. */
  get id(): K {
    return this.#id;
  }

  /** The profile. */
  get compat(): Compat {
    return this.#open.compat as Compat;
  }

  /** All parameters, those with default values too, and the zone if there is one. */
  get params(): Readonly<Record<string, number | string>> {
    const params = paramsOf(this.#open);
    if (!this.#sessions) return params;
    const { zone, anchor, open } = this.#sessions;
    return { ...params, anchor, open, zone };
  }

  /** Bars taken so far. */
  get bars(): number {
    return this.#open.bars;
  }

  /** The numbers beside a table's rows, as of the last bar taken; empty where there are none. */
  get summary(): Numbers<K> {
    const raw = this.#open;
    return shapeNumbers(entryOf(this.#id), (i) => raw.summary(i));
  }

  /** Takes a closed bar: its inputs in the order of the definition. */
  update(...bar: Indicators[K]["bar"]): Value<K> {
    return this.#one("update", bar);
  }

  /** Tells what a bar would give as the next one, and keeps nothing of it. */
  peek(...bar: Indicators[K]["bar"]): Value<K> {
    return this.#one("peek", bar);
  }

  /** Puts another bar in the place of the last one. */
  replace(...bar: Indicators[K]["bar"]): Value<K> {
    return this.#one("replace", bar);
  }

  /** Takes any number of closed bars, column by column. */
  extend(...columns: Indicators[K]["columns"]): Result<K> {
    const raw = this.#open;
    const own: unknown[] = [...columns];
    const sessions = this.#clock(countOf(own));
    if (sessions) {
      own[this.#time] = sessions.numbers(own[this.#time] as TimeColumn);
      raw.tell(...sessions.ends);
    }
    return exchanging((core) => {
      layInputs(core, this.#id, own);
      if (!raw.extend(core.exchange)) throw failure(core);
      return takeResult(core, this.#id, 0);
    });
  }

  /** The whole state as bytes. */
  snapshot(): Uint8Array {
    const raw = this.#open;
    const bytes = raw.snapshot(this.#core.exchange);
    if (!bytes) throw failure(this.#core);
    return bytes;
  }

  /** Gives the memory back. Using the stream afterwards is an error. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
  }

  [Symbol.dispose](): void {
    this.free();
  }

  get #open(): Glue.Stream {
    if (this.#raw) return this.#raw;
    throw freed("stream");
  }

  /** The sessions that are followed, if one of so many inputs is the time. */
  #clock(given: number): Sessions | undefined {
    if (!this.#sessions || given < this.#time) return undefined;
    if (given > this.#time) return this.#sessions;
    throw timeless(this.#id, this.#sessions);
  }

  #one(act: Act, bar: readonly unknown[]): Value<K> {
    const raw = this.#open;
    const core = this.#core;
    const given = countOf(bar);
    // Before the memory is looked at: to ask a zone may make it grow.
    const sessions = this.#clock(given);
    const time = sessions ? numberOf("time", bar[this.#time]) : NaN;
    const session = sessions?.number(time);
    if (sessions) raw.tell(NaN, NaN, time);
    const memory = memoryNumbers(core);
    const known = Math.min(given, this.#inputs.length);
    for (let i = 0; i < known; i++) {
      const value = bar[i];
      memory[this.#bar + i] = typeof value === "number" ? value : numberOf(this.#inputs[i]!.name, value);
    }
    if (session !== undefined) memory[this.#bar + this.#time] = session;
    const first = raw[act](core.exchange, given);
    if (Number.isNaN(first) && core.exchange.failed()) throw failure(core);
    if (this.#plain) return first as Value<K>;
    const entry = entryOf(this.#id);
    if (entry.kind === "table") return shapeValue(entry, first, (column, row) => raw.cell(row, column));
    return shapeValue(entry, 0, (output) => raw.value(output));
  }
}

/** How many inputs there are up to the last one that is given. */
function countOf(inputs: readonly unknown[]): number {
  let given = inputs.length;
  while (given > 0 && inputs[given - 1] === undefined) given--;
  return given;
}

/** A stream of the module, and the sessions of the zone that it follows. */
interface Opened {
  readonly raw: Glue.Stream;
  readonly sessions?: Sessions | undefined;
}

function open(spec: unknown): Opened {
  let sessions: Sessions | undefined;
  const own = plain(spec, (clock) => {
    sessions = followed(clock).sessions;
    return clock;
  });
  // The times come with the bars, not from a column.
  if (sessions) delete (own as { time?: unknown }).time;
  const raw = exchanging((core) => {
    describe(core, [own]);
    const raw = core.glue.Stream.open(core.exchange);
    if (raw && (!sessions || raw.follow(core.exchange, ...sessions.clock))) return raw;
    const error = failure(core);
    raw?.free();
    throw error;
  });
  return { raw, sessions };
}

function paramsOf(raw: Glue.Stream): Record<string, number | string> {
  return JSON.parse(raw.params) as Record<string, number | string>;
}

/** Where sessions begin in a stream that goes on. */
function resumed(raw: Glue.Stream, where: SessionOptions | undefined): Sessions | undefined {
  if (where !== undefined && optionsOf(where).zone === undefined) {
    const why = "open and anchor need a zone: without one the snapshot itself says where sessions begin";
    throw new TvfError("session", why, "zone", "", "a zone");
  }
  const sessions = where && new Sessions(where);
  const [zone, word, minutes, open] = sessions?.clock ?? [undefined, "", 0, 0];
  return exchanging((core) => {
    if (!raw.resume(core.exchange, zone, word, minutes, open)) throw failure(core);
    return sessions;
  });
}
