import type { BarSource } from "../bars.js";
import { type Definition, type Entry, readCatalog, readDefinitions } from "../catalog.js";
import type { TimeColumn } from "../columns.js";
import { kindOf, TvfError } from "../errors.js";
import type { Id, Indicators } from "../indicators.js";
import type { Build, InitOptions } from "../loader.js";
import type { Spec } from "../members.js";
import type { Result } from "../results.js";
import type { SessionOptions } from "../sessions.js";
import { type Home, type SendOptions, shape, WorkerBars } from "./bars.js";
import { Connection } from "./connection.js";
import { sendable } from "./members.js";
import { ownWorker } from "./own.js";
import { cargoOf, cargoOfBars } from "./parts.js";
import { portOf, type WorkerLike } from "./port.js";
import type { Columns, HostOptions, Started } from "./protocol.js";

/** How the worker is found, and the module in it. */
export interface WorkerOptions extends InitOptions {
  /** How many threads compute in the worker, where the build has threads. */
  threads?: number;
  /**
   * A worker of your own that imports `tvf/worker/host`, for bundlers that do not find the package's. Give it when it
   * has just been made, so that it is heard of if its script cannot be loaded. It is ended by `terminate`.
   */
  worker?: WorkerLike;
  /** Gives up starting it. */
  signal?: AbortSignal;
}

/** How a call of one function goes. */
export interface CallOptions extends SendOptions {
  /** Rejects the promise with the signal's reason; what has not begun is not computed. */
  signal?: AbortSignal;
}

/** Starts a worker, loads the module in it, and gives what the page talks to. */
export async function startWorker(options: WorkerOptions = {}): Promise<TvfWorker> {
  const { worker, signal, ...how } = options;
  // Before there is a worker: what is wrong with the options shall leave none behind.
  const wanted = await hostOptions(how);
  signal?.throwIfAborted();
  const connection = new Connection(portOf(worker ?? (await ownWorker())));
  try {
    return new TvfWorker(connection, await connection.ask("start", wanted, { signal }));
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function hostOptions({ url, module, build, threads }: Omit<WorkerOptions, "worker">): Promise<HostOptions> {
  const source = await module;
  return {
    build,
    threads,
    // The worker's own address is another one.
    url: url === undefined ? undefined : String(new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href)),
    module: typeof Response !== "undefined" && source instanceof Response ? await bytesOf(source) : (source as BufferSource),
  };
}

async function bytesOf(response: Response): Promise<ArrayBuffer> {
  if (response.ok) return response.arrayBuffer();
  throw new Error(`tvf cannot load ${response.url}: ${response.status} ${response.statusText}`);
}

/** The package in a worker: the page is never held up, whatever is computed. */
export class TvfWorker {
  readonly #connection: Connection;
  readonly #started: Started;
  readonly #byId: ReadonlyMap<string, Definition>;
  #entries: readonly Entry[] | undefined;
  readonly #home: Home;
  #numbers = 0;

  /** @internal */
  constructor(connection: Connection, started: Started) {
    this.#connection = connection;
    this.#started = started;
    this.#byId = new Map(readDefinitions(started.catalog).map((entry) => [entry.id, entry]));
    const entryOf = (id: string) => this.#byId.get(id) as Definition;
    this.#home = {
      connection,
      entryOf,
      number: () => ++this.#numbers,
      shape: (columns: Columns) => shape(entryOf(columns.id), columns),
    };
  }

  /** Which build runs in the worker. */
  build(): Build {
    return this.#started.build as Build;
  }

  /** The version of the package in the worker. */
  version(): string {
    return this.#started.version;
  }

  /** Every indicator with its parameters, results and documentation. */
  catalog(): readonly Entry[] {
    this.#entries ??= readCatalog(this.#started.catalog);
    return this.#entries;
  }

  /**
   * Takes bars, as columns or as an array of bars, into the worker's memory. They are copied bit by bit while the page
   * goes on, so do not change the arrays before the promise is fulfilled; or they are transferred, if asked.
   */
  async bars(source: BarSource, options: SendOptions & { signal?: AbortSignal } = {}): Promise<WorkerBars> {
    const { transfer = false, ...way } = optionsOf(options);
    const cargo = cargoOfBars(source, undefined, transfer);
    const bars = this.#home.number();
    try {
      const state = await this.#connection.ask("load", { bars, columns: cargo.names }, way, bars, cargo);
      return new WorkerBars(this.#home, bars, cargo.names, state);
    } catch (error) {
      // They may have been loaded before an abort was heard of.
      this.#connection.tell("free", { bars }, bars);
      throw error;
    }
  }

  /**
   * One indicator over whole columns, in the order of its definition, as its function computes it:
   * `await tvf.call("rsi", [close], { period: 14 })`.
   */
  async call<K extends Id>(
    id: K,
    columns: Indicators[K]["columns"],
    options?: Indicators[K]["options"],
    how: CallOptions = {},
  ): Promise<Result<K>> {
    const { transfer = false, ...way } = optionsOf(how);
    if (!Array.isArray(columns)) {
      throw new TvfError("input_type", `columns must be an array of columns, not ${kindOf(columns)}`, "columns");
    }
    const given: readonly unknown[] = columns;
    const known = this.#byId.get(id)?.inputs;
    const named = Object.fromEntries(given.map((column, i) => [String(i), column]).filter(([, column]) => column !== undefined));
    const cargo = known && cargoOf(named as Record<string, unknown>, transfer, (place) => known[Number(place)]?.name ?? String(Number(place) + 1));
    const own = sendable("options", options) as object | undefined;
    return this.#home.shape(await this.#connection.ask("call", { id, inputs: given.length, options: own }, way, undefined, cargo));
  }

  /** How many bars to the right of its own a chart draws each output's values, negative to the left. */
  async shifts(spec: Spec): Promise<Readonly<Record<string, number>>> {
    return this.#connection.ask("shifts", { spec: sendable("member", spec) });
  }

  /** Leading bars whose values depend on where the data begins; null where no number of bars is enough. */
  async convergedFrom(spec: Spec): Promise<number | null> {
    return this.#connection.ask("convergedFrom", { spec: sendable("member", spec) });
  }

  /** The number of the session that each bar belongs to. */
  async sessions(time: TimeColumn, options: SessionOptions = {}): Promise<Float64Array> {
    const cargo = cargoOf({ time }, false);
    return this.#connection.ask("sessions", { options: sendable("options", options) }, {}, undefined, cargo);
  }

  /** Ends the worker at once, whatever it does; promises that are not fulfilled are rejected. */
  terminate(): void {
    this.#connection.close();
  }

  [Symbol.dispose](): void {
    this.terminate();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.terminate();
  }
}

function optionsOf<O extends object>(options: O): O {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return options;
  const bound = "an object such as { transfer: true }";
  throw new TvfError("param_type", `options must be ${bound}, not ${kindOf(options)}`, "options", "", bound);
}
