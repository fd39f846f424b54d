import { kindOf, TvfError } from "../errors.js";
import { freed } from "../resident.js";
import { type Cargo, copiesOf } from "./parts.js";
import { pause } from "./pause.js";
import type { Port } from "./port.js";
import {
  type Answer,
  type Columns,
  errorOf,
  type FromWorker,
  type Given,
  isOurs,
  type Operation,
  type Part,
  type Progress,
  type ToWorker,
} from "./protocol.js";

/** How a request goes its way. */
export interface Way {
  /** Ends it early: the promise is rejected with the signal's reason, and the worker leaves nothing behind. */
  signal?: AbortSignal | undefined;
  /** Told how far it is, at most once a frame. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Given each result as it comes, in the order of the members: many at once would hold the page. */
  onResult?: ((result: Columns) => void) | undefined;
}

interface Request extends Way {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
  readonly abort: () => void;
}

/** So long may columns be copied before the page has its turn, in milliseconds. */
const SPELL = 2;
/** Progress is told no more often than frames are drawn, in milliseconds. */
const FRAME = 16;

/** A page's side: sends requests, and settles their promises with what comes back. */
export class Connection {
  readonly #port: Port;
  readonly #requests = new Map<number, Request>();
  /** Where columns are still on their way: what concerns the same bars waits behind them. */
  readonly #lanes = new Map<number, Promise<void>>();
  #asked = 0;
  #lost: Error | undefined;

  constructor(port: Port) {
    this.#port = port;
    port.listen(
      (message) => this.#hear(message),
      (error) => this.close(error),
    );
  }

  /** Asks for something, about bars if `lane` says so; `cargo` goes ahead of it. */
  ask<O extends Operation>(what: O, given: Given<O>, way: Way = {}, lane?: number, cargo?: Cargo): Promise<Answer<O>> {
    return new Promise((resolve, reject) => {
      checkWay(way);
      const { signal } = way;
      if (this.#lost) throw this.#lost;
      if (signal?.aborted) throw signal.reason;
      const id = ++this.#asked;
      const abort = () => {
        this.#settle(id)?.reject(signal?.reason);
        this.#post({ tvf: "cancel", id });
      };
      this.#requests.set(id, { ...way, resolve, reject, abort });
      signal?.addEventListener("abort", abort);
      this.#inTurn(lane, cargo !== undefined, id, async () => {
        if (cargo) await this.#carry(id, cargo, way.onProgress);
        // The types of what and given belong together, which a generic loses.
        if (!this.#requests.has(id)) return;
        this.#post({ tvf: "ask", id, what, given, progress: way.onProgress !== undefined } as ToWorker);
      });
    });
  }

  /** Asks for something whose answer nobody waits for. */
  tell<O extends Operation>(what: O, given: Given<O>, lane: number): void {
    if (!this.#lost) void this.ask(what, given, {}, lane).catch(() => {});
  }

  /** Ends it; what is not answered is rejected. */
  close(error: Error = freed("worker")): void {
    if (this.#lost) return;
    this.#lost = error;
    this.#port.close();
    for (const id of [...this.#requests.keys()]) this.#settle(id)?.reject(error);
  }

  /** Sends at once if nothing is in the way, so that what costs little is not late. */
  #inTurn(lane: number | undefined, isLong: boolean, id: number, send: () => Promise<void>): void {
    const ahead = lane === undefined ? undefined : this.#lanes.get(lane);
    const sent = (ahead ? ahead.then(send) : send()).catch((error: unknown) => {
      this.#settle(id)?.reject(error);
      this.#post({ tvf: "cancel", id });
    });
    if (lane === undefined || (!ahead && !isLong)) return;
    this.#lanes.set(lane, sent);
    void sent.then(() => {
      if (this.#lanes.get(lane) === sent) this.#lanes.delete(lane);
    });
  }

  /** Sends columns part by part; other things of the page have their turn in between. */
  async #carry(id: number, cargo: Cargo, onProgress: Way["onProgress"]): Promise<void> {
    const refused = this.#giveAway(id, cargo.whole);
    let sent = 0;
    let began = performance.now();
    let told = began;
    for (const part of copiesOf(cargo, refused)) {
      this.#post({ tvf: "parts", id, parts: [part] }, [part.values.buffer as ArrayBuffer]);
      sent += part.values.length;
      if (performance.now() - began < SPELL) continue;
      await pause();
      // It may have been aborted in the meantime.
      if (!this.#requests.has(id)) return;
      began = performance.now();
      if (!onProgress || began - told < FRAME) continue;
      told = began;
      onProgress({ done: Math.floor((cargo.length * sent) / cargo.total), total: cargo.length });
    }
    onProgress?.({ done: cargo.length, total: cargo.length });
  }

  /** Transfers columns, those of one buffer together; gives back what no buffer can be taken from. */
  #giveAway(id: number, whole: readonly Part[]): Part[] {
    const refused: Part[] = [];
    for (const buffer of new Set(whole.map(({ values }) => values.buffer as ArrayBuffer))) {
      const parts = whole.filter(({ values }) => values.buffer === buffer);
      try {
        this.#post({ tvf: "parts", id, parts }, [buffer]);
      } catch {
        // The memory of a wasm module cannot leave it.
        refused.push(...parts);
      }
    }
    return refused;
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    this.#port.post(message, transfer);
  }

  #hear(data: unknown): void {
    if (!isOurs(data)) return;
    const message = data as FromWorker;
    switch (message.tvf) {
      case "answer":
        this.#settle(message.id)?.resolve(message.value as never);
        break;
      case "result":
        this.#requests.get(message.id)?.onResult?.(message.value);
        break;
      case "error":
        this.#settle(message.id)?.reject(errorOf(message.failure));
        break;
      case "progress":
        try {
          this.#requests.get(message.id)?.onProgress?.(message.progress);
        } catch (error) {
          this.#settle(message.id)?.reject(error);
          this.#post({ tvf: "cancel", id: message.id });
        }
    }
  }

  /** Takes a request off the list. */
  #settle(id: number): Request | undefined {
    const request = this.#requests.get(id);
    this.#requests.delete(id);
    request?.signal?.removeEventListener("abort", request.abort);
    return request;
  }
}

function checkWay({ signal, onProgress }: { signal?: unknown; onProgress?: unknown }): void {
  if (signal !== undefined && !(typeof signal === "object" && signal !== null && "aborted" in signal)) {
    throw new TvfError("param_type", `signal must be an AbortSignal, not ${kindOf(signal)}`, "signal");
  }
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new TvfError("param_type", `onProgress must be a function, not ${kindOf(onProgress)}`, "onProgress");
  }
}
