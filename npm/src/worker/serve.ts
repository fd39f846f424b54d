import type { Attached } from "../attached.js";
import { Bars, type KeepOptions } from "../bars.js";
import { batch, convergedFrom, shifts } from "../batch.js";
import { type Definition, entryOf, findEntry } from "../catalog.js";
import type { TimeColumn } from "../columns.js";
import { core, isShared } from "../core.js";
import type { Id } from "../indicators.js";
import type { Kept } from "../kept.js";
import init, { build, type InitOptions, threads, version } from "../loader.js";
import type { Member, Spec } from "../members.js";
import { freed } from "../resident.js";
import type { Result } from "../results.js";
import { sessions, type SessionOptions } from "../sessions.js";
import { Arrival } from "./parts.js";
import { pause } from "./pause.js";
import type { Port } from "./port.js";
import {
  type Answer,
  type BarsState,
  type Columns,
  failureOf,
  type FromWorker,
  type Given,
  type HostOptions,
  isOurs,
  type Operation,
  type ToWorker,
} from "./protocol.js";

/** So many values, bars times members, a thread computes at a time; between such pieces the worker hears of aborts. */
const PIECE = 1 << 20;
/** Progress is told no more often, and messages are let in no less often where requests allow it, in milliseconds. */
const FRAME = 16;

type Ask = Extract<ToWorker, { tvf: "ask" }>;

/** A request that is being worked on. */
interface Work {
  readonly arrival: Arrival;
  /** Tells how far it is, and lets messages in; throws if the page has aborted it. */
  step(done: number, total: number): Promise<void>;
  /** Sends a result ahead of the answer. */
  send(result: Columns): void;
}

type Operators = { [O in Operation]: (given: Given<O>, work: Work) => Answer<O> | Promise<Answer<O>> };

/** The worker's side: answers the requests of a page one after the other. */
export class Host {
  readonly #port: Port;
  readonly #queue: Ask[] = [];
  /** Columns of requests that are still to come, or to be answered. */
  readonly #arrivals = new Map<number, Arrival>();
  readonly #bars = new Map<number, Loaded>();
  /** What frees results that the page sees where they are. */
  readonly #kept = new Map<number, () => void>();
  #running: number | undefined;
  #isAborted = false;

  constructor(port: Port) {
    this.#port = port;
    port.listen(
      (message) => this.#hear(message),
      () => {},
    );
  }

  #hear(data: unknown): void {
    if (!isOurs(data)) return;
    const message = data as ToWorker;
    const { id } = message;
    switch (message.tvf) {
      case "parts": {
        const arrival = this.#arrivals.get(id) ?? new Arrival();
        this.#arrivals.set(id, arrival);
        arrival.take(message.parts);
        break;
      }
      case "ask":
        this.#queue.push(message);
        if (this.#running === undefined) void this.#work();
        break;
      case "cancel": {
        this.#arrivals.delete(id);
        if (this.#running === id) this.#isAborted = true;
        const place = this.#queue.findIndex((ask) => ask.id === id);
        if (place >= 0) this.#queue.splice(place, 1);
      }
    }
  }

  async #work(): Promise<void> {
    let paused = performance.now();
    for (let ask = this.#queue.shift(); ask; ask = this.#queue.shift()) {
      const { id, what, given, progress } = ask;
      this.#running = id;
      this.#isAborted = false;
      const arrival = this.#arrivals.get(id) ?? new Arrival();
      this.#arrivals.delete(id);
      try {
        const operator = this.#operators[what] as (given: unknown, work: Work) => unknown;
        const send = (result: Columns) => this.#post({ tvf: "result", id, value: result }, buffersOf(result));
        const value = await operator(given, { arrival, step: this.#stepper(id, progress), send });
        this.#post({ tvf: "answer", id, value }, buffersOf(value));
      } catch (error) {
        if (!this.#isAborted) this.#post({ tvf: "error", id, failure: failureOf(error) });
      }
      // What has waited for long may have been aborted in the meantime.
      if (this.#queue.length === 0 || performance.now() - paused < FRAME) continue;
      await pause();
      paused = performance.now();
    }
    this.#running = undefined;
  }

  #stepper(id: number, progress: boolean): Work["step"] {
    let told = performance.now();
    return async (done, total) => {
      const now = performance.now();
      if (progress && (now - told >= FRAME || done === total)) {
        told = now;
        this.#post({ tvf: "progress", id, progress: { done, total } });
      }
      if (done < total) await pause();
      if (this.#isAborted) throw new Error("aborted");
    };
  }

  #post(message: FromWorker, transfer: Transferable[] = []): void {
    this.#port.post(message, transfer);
  }

  #loaded(bars: number): Loaded {
    const loaded = this.#bars.get(bars);
    if (loaded) return loaded;
    throw freed("bars");
  }

  readonly #operators: Operators = {
    start: async ({ build: wanted = PREFERRED, ...others }: HostOptions) => {
      const given = Object.entries({ build: wanted, ...others }).filter(([, value]) => value !== undefined);
      await init(Object.fromEntries(given) as InitOptions);
      return { build: build(), version: version(), catalog: core().glue.catalog() };
    },
    load: ({ bars, columns }, { arrival }) => {
      const loaded = new Loaded(Bars.from(arrival.columns(columns)));
      this.#bars.set(bars, loaded);
      return loaded.state();
    },
    append: ({ bars, columns }, { arrival }) => this.#loaded(bars).after((all) => all.append(arrival.columns(columns))),
    reserve: ({ bars, room }) => this.#loaded(bars).after((all) => all.reserve(room)),
    push: ({ bars, bar }) => this.#loaded(bars).after((all) => all.push(bar)),
    replace: ({ bars, bar }) => this.#loaded(bars).after((all) => all.replace(bar)),
    peek: ({ bars, bar, handles }) => {
      const loaded = this.#loaded(bars);
      return loaded.bars.peek(bar, handles.map((handle) => loaded.handle(handle)));
    },
    compute: async ({ bars, members, options }, work) => {
      const all = this.#loaded(bars).bars;
      await inPieces(all, members as readonly Member[], options, work, (some) => all.compute(some, options));
    },
    keep: async ({ bars, members, options, kept }, work) => {
      const all = this.#loaded(bars).bars;
      const pieces: Kept<readonly Result[]>[] = [];
      const free = () => pieces.forEach((piece) => piece.free());
      const areShared = isShared(core().memory.buffer);
      try {
        await inPieces(all, members as readonly Member[], options, work, (some) => {
          // What only this worker sees would be of no use to the page.
          if (!areShared) return all.compute(some, options);
          const piece = all.keep(some, options);
          pieces.push(piece);
          return piece.view();
        });
      } catch (error) {
        free();
        throw error;
      }
      if (areShared) this.#kept.set(kept, free);
      return areShared;
    },
    drop: ({ kept }) => {
      this.#kept.get(kept)?.();
      this.#kept.delete(kept);
      return undefined;
    },
    attach: ({ bars, members, first }) => {
      const loaded = this.#loaded(bars);
      loaded.bars.attach(members as readonly Member[]).forEach((handle, i) => loaded.handles.set(first + i, handle));
      return loaded.state();
    },
    window: ({ bars, range }) => Object.values(this.#loaded(bars).bars.window(...range)),
    read: ({ bars, handle, range }) => {
      const loaded = this.#loaded(bars);
      const found = loaded.handle(handle);
      return columnsOf(found.id, range ? found.window(...range) : found.copy());
    },
    detach: ({ bars, handle }) => {
      const loaded = this.#bars.get(bars);
      loaded?.handles.get(handle)?.free();
      loaded?.handles.delete(handle);
      return undefined;
    },
    free: ({ bars }) => {
      this.#bars.get(bars)?.bars.free();
      this.#bars.delete(bars);
      return undefined;
    },
    call: ({ id, inputs, options }, { arrival }) => {
      // An unknown id is refused in the core's words.
      if (!findEntry(id)) convergedFrom({ id } as Spec);
      const columns = Array.from({ length: inputs }, (_, i) => arrival.column(String(i)));
      return columnsOf(id as Id, batch(id as Id, ...columns, options));
    },
    shifts: ({ spec }) => shifts(spec as Spec),
    convergedFrom: ({ spec }) => convergedFrom(spec as Spec),
    sessions: ({ options }, { arrival }) => sessions(arrival.column("time") as TimeColumn, options as SessionOptions),
  };
}

/** What is loaded if the page does not say: the fastest build that the engine runs. */
const PREFERRED: HostOptions["build"] = "auto";

/** Bars, and what is attached to them. */
class Loaded {
  readonly bars: Bars;
  readonly handles = new Map<number, Attached>();

  constructor(bars: Bars) {
    this.bars = bars;
  }

  handle(number: number): Attached {
    const handle = this.handles.get(number);
    if (handle) return handle;
    throw freed("handle");
  }

  after(act: (bars: Bars) => void): BarsState {
    act(this.bars);
    return this.state();
  }

  state(): BarsState {
    const last: [number, unknown][] = [];
    for (const [number, handle] of this.handles) {
      // A state is computed when somebody reads it: that may take long, and few pages want it with every bar.
      if (entryOf(handle.id).rows !== "state") last.push([number, handle.last()]);
    }
    return { length: this.bars.length, bar: Object.values(this.bars.at(-1) ?? {}), last };
  }
}

/**
 * Computes members in pieces, each with all that it reads, and sends what each gave; a member's bits do not depend on
 * its company.
 */
async function inPieces(
  bars: Bars,
  members: readonly Member[],
  options: KeepOptions,
  { step, send }: Work,
  compute: (some: readonly Member[]) => readonly Result[],
): Promise<void> {
  const total = members.length;
  const size = Math.ceil((PIECE * threads()) / Math.max(bars.length, 1));
  // What is wrong with any of them is said before time is spent on the others.
  if (size < total) bars.compute(members, { ...options, from: 0, to: 0 });
  for (let done = 0; done < total || done === 0; done += size) {
    const some = members.slice(done, done + size);
    compute(some).forEach((result, i) => send(columnsOf((some[i] as Member).id, result)));
    await step(Math.min(done + size, total), total);
  }
}

/** Takes a result apart: what it is made of, in the order of the catalog. */
function columnsOf(id: Id, result: unknown): Columns {
  const entry = entryOf(id);
  const named = result as Record<string, Float64Array> & { readonly length: number };
  const columns = isPlain(entry) ? [result as Float64Array] : entry.outputs.map(({ name }) => named[name] as Float64Array);
  const length = entry.kind === "table" ? named.length : (columns[0]?.length ?? 0);
  return { id, length, columns, numbers: entry.numbers.map(({ name }) => Number(named[name])) };
}

/** Whether an indicator gives a column alone. */
function isPlain({ kind, outputs }: Definition): boolean {
  return kind === "series" && outputs.length === 1;
}

/** The buffers of results, which go to the page without a copy; shared ones stay, and are seen from both sides. */
function buffersOf(value: unknown): Transferable[] {
  const result = value as Float64Array | Partial<Columns> | undefined;
  const columns = result instanceof Float64Array ? [result] : (result?.columns ?? []);
  const buffers = new Set<ArrayBufferLike>(columns.map(({ buffer }) => buffer));
  return [...buffers].filter((buffer) => !isShared(buffer)) as ArrayBuffer[];
}
