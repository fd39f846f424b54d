import { entryOf } from "./catalog.js";
import { plain, timeless } from "./clock.js";
import { layInput, type TimeColumn } from "./columns.js";
import { type Core, exchanging, failure } from "./core.js";
import { kindOf, TvfError } from "./errors.js";
import type { Id } from "./indicators.js";
import { describe, type Spec } from "./members.js";
import { type Result, takeResult } from "./results.js";

/**
 * One indicator over whole columns. The columns come in the order of the definition, the options last; what is
 * optional may be left out.
 */
export function batch<K extends Id>(id: K, ...args: readonly unknown[]): Result<K> {
  const columns = withoutTail(args);
  const options = isOptions(columns.at(-1)) ? columns.pop() : undefined;
  const beyond: unknown = columns[entryOf(id).inputs.length];
  if (beyond !== undefined && typeof beyond !== "object") {
    const bound = "an object such as { period: 14 }";
    throw new TvfError("param_type", `options must be ${bound}, not ${kindOf(beyond)}`, "options", "", bound);
  }
  const { time, shifted, ...spec } = plain({ ...(options as object), id }, (clock) => {
    const place = entryOf(id).inputs.findIndex(({ name }) => name === "time");
    if ("numbers" in clock) columns[place] = clock.numbers;
    else if (columns.length === place) throw timeless(id, clock.sessions);
    else if (columns.length > place) columns[place] = clock.sessions.numbers(columns[place] as TimeColumn);
    return clock;
  }) as Record<string, unknown>;
  const moves = movesOf(shifted);
  if (moves && !entryOf(id).outputs.some((output) => "shift" in output)) {
    const why = `${id} has no shifted form: a chart draws all of it at its own bars`;
    throw new TvfError("param_choice", why, "shifted", "true", "false");
  }
  return exchanging((core) => {
    describe(core, [spec]);
    layInputs(core, id, columns);
    if (!core.glue.batch(core.exchange, moves)) throw failure(core);
    return takeResult(core, id, 0);
  });
}

/** Whether columns are to be moved to where a chart draws them. */
export function movesOf(shifted: unknown): boolean {
  if (shifted === undefined || typeof shifted === "boolean") return shifted === true;
  const bound = "true or false";
  throw new TvfError("param_type", `shifted must be ${bound}, not ${kindOf(shifted)}`, "shifted", "", bound);
}

/**
 * How many bars to the right of its own a chart draws each output's values, negative to the left:
 * `shifts({ id: "ichimoku" }).span_a` is 25.
 */
export function shifts(spec: Spec): Readonly<Record<string, number>> {
  return exchanging((core) => {
    describe(core, [spec]);
    const { outputs } = entryOf(spec.id) ?? { outputs: [{ name: "" }] };
    const moves = outputs.map(({ name }, i) => {
      const bars = core.glue.shift(core.exchange, i);
      if (Number.isNaN(bars)) throw failure(core);
      return [name, bars];
    });
    return Object.fromEntries(moves) as Record<string, number>;
  });
}

/**
 * Leading bars whose values depend on where the data begins, for the output that converges last:
 * `convergedFrom({ id: "rsi" })` is 201. From there on, the same bars behind any other history give values that differ by
 * less than 1e-6 of the scale of what is averaged. Null where no number of bars is enough, as for running sums.
 */
export function convergedFrom(spec: Spec): number | null {
  return exchanging((core) => {
    describe(core, [spec]);
    const bar = core.glue.converged(core.exchange);
    if (Number.isNaN(bar)) throw failure(core);
    return Number.isFinite(bar) ? bar : null;
  });
}

/** Lays columns in the order of an indicator's definition into the exchange. */
export function layInputs(core: Core, id: Id, columns: readonly unknown[]): void {
  const { inputs } = entryOf(id);
  withoutTail(columns).forEach((column, i) => layInput(core, inputs[i]?.name ?? String(i + 1), column));
}

/** The arguments up to the last one that is given. */
export function withoutTail(args: readonly unknown[]): unknown[] {
  return args.slice(0, args.findLastIndex((arg) => arg !== undefined) + 1);
}

export function isOptions(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
