import type * as Glue from "../wasm/simd/tvf.js";
import { layInputs } from "./batch.js";
import { entryOf } from "./catalog.js";
import { kindOf, TvfError } from "./errors.js";
import { lengthOf, numberOf } from "./columns.js";
import { type Core, core, exchanging, failure, memoryNumbers } from "./core.js";
import type { Id, Indicators } from "./indicators.js";
import { type Compat, describe, type Spec } from "./members.js";
import { freed } from "./resident.js";
import { type Numbers, type Result, shapeNumbers, shapeValue, takeResult, type Value } from "./results.js";

type Act = "update" | "peek" | "replace";

/**
 * One indicator, bar by bar: `update` takes a closed bar, `peek` looks at the forming one, `replace` revises the last
 * one. Each takes the same time however long the period and the history are, and gives the same bits as a whole series
 * at once. The state can be kept as bytes, which Python resumes as well.
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

  /** Begins before the first bar: `new Stream({ id: "rsi", period: 14 })`. */
  constructor(spec: Spec<K>);
  /** @internal */
  constructor(spec: undefined, raw: Glue.Stream);
  constructor(spec: Spec<K> | undefined, raw?: Glue.Stream) {
    this.#core = core();
    this.#raw = raw ?? open(spec);
    this.#id = this.#raw.id as K;
    const { inputs, kind, outputs } = entryOf(this.#id);
    this.#inputs = inputs;
    this.#plain = kind === "series" && outputs.length === 1;
    this.#bar = this.#raw.bar() / 8;
  }

  /** Goes on where a snapshot was taken, here or in Python. */
  static restore<K extends Id = Id>(snapshot: Uint8Array | ArrayBuffer): Stream<K> {
    const bytes = snapshot instanceof ArrayBuffer ? new Uint8Array(snapshot) : snapshot;
    if (!(ArrayBuffer.isView(bytes) && bytes.BYTES_PER_ELEMENT === 1)) {
      throw new TvfError("snapshot_format", `a snapshot must be bytes, not ${kindOf(snapshot)}`, "snapshot");
    }
    lengthOf("snapshot", bytes);
    return exchanging((core) => {
      const address = core.exchange.bytes(bytes.length);
      if (address === 0) throw failure(core);
      new Uint8Array(core.memory.buffer, address, bytes.length).set(bytes);
      const raw = core.glue.Stream.restore(core.exchange);
      if (!raw) throw failure(core);
      return new Stream<K>(undefined, raw);
    });
  }

  /** The indicator. */
  get id(): K {
    return this.#id;
  }

  /** The profile. */
  get compat(): Compat {
    return this.#open.compat as Compat;
  }

  /** All parameters, those with default values too. */
  get params(): Readonly<Record<string, number | string>> {
    return JSON.parse(this.#open.params) as Record<string, number | string>;
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
    return exchanging((core) => {
      layInputs(core, this.#id, columns);
      if (!raw.extend(core.exchange)) throw failure(core);
      return takeResult(core, this.#id, 0);
    });
  }

  /** The whole state as bytes. */
  snapshot(): Uint8Array {
    return this.#open.snapshot();
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

  #one(act: Act, bar: readonly unknown[]): Value<K> {
    const raw = this.#open;
    const core = this.#core;
    const memory = memoryNumbers(core);
    let given = bar.length;
    while (given > 0 && bar[given - 1] === undefined) given--;
    const known = Math.min(given, this.#inputs.length);
    for (let i = 0; i < known; i++) {
      const value = bar[i];
      memory[this.#bar + i] = typeof value === "number" ? value : numberOf(this.#inputs[i]!.name, value);
    }
    const first = raw[act](core.exchange, given);
    if (Number.isNaN(first) && core.exchange.failed()) throw failure(core);
    if (this.#plain) return first as Value<K>;
    const entry = entryOf(this.#id);
    if (entry.kind === "table") return shapeValue(entry, first, (column, row) => raw.cell(row, column));
    return shapeValue(entry, 0, (output) => raw.value(output));
  }
}

function open(spec: unknown): Glue.Stream {
  return exchanging((core) => {
    describe(core, [spec]);
    const raw = core.glue.Stream.open(core.exchange);
    if (!raw) throw failure(core);
    return raw;
  });
}
