import type { Column } from "./columns.js";
import { type Core, failure } from "./core.js";
import { kindOf, TvfError } from "./errors.js";
import type { Id, Indicators } from "./indicators.js";

/** Whose definition is followed where the market disagrees. */
export type Compat = "tradingview" | "talib";

/** What every indicator takes. */
export interface Options {
  /** Whose definition is followed where the market disagrees; TradingView's, if not said. */
  compat?: Compat;
}

/** One indicator with its parameters, as what follows bars one by one takes them: none of them is a column. */
export type Spec<K extends Id = Id> = K extends Id ? { id: K } & Live<Indicators[K]["options"]> : never;

/** Options without a number per bar: bars that are yet to come have none. */
type Live<O> = { [P in keyof O]: Exclude<O[P], Column> };

/**
 * One indicator of a set: `{ id: "rsi", period: 14 }`. An input comes from the column of its name, `source` from
 * `close`; `{ id: "ema", source: "high" }` takes another column, `{ id: "ema", source: { id: "rsi" } }` another
 * indicator.
 */
export type Member<K extends Id = Id> = K extends Id
  ? { id: K } & Indicators[K]["options"] & { [I in Indicators[K]["inputs"] & string]?: string | Source }
  : never;

/** An indicator that another one reads; `output` names one of several, the first if not said. */
export type Source = { [K in SeriesId]: Member<K> & { output?: Output<K> } }[SeriesId];

type SeriesId = { [K in Id]: Indicators[K]["value"] extends readonly unknown[] ? never : K }[Id];
type Output<K extends Id> = Indicators[K]["value"] extends number ? "value" : keyof Indicators[K]["value"];

/** Sources may nest far beyond use; a member that contains itself has to end somewhere. */
const DEEPEST = 64;

/** Describes members to the module. */
export function describe(core: Core, members: Iterable<unknown>): void {
  for (const member of members) {
    begin(core, member, 0);
    core.exchange.end();
  }
}

function begin(core: Core, member: unknown, depth: number): void {
  const { exchange } = core;
  const { id, compat, output, ...settings } = fieldsOf(member);
  exchange.begin(textOf("id", id));
  if (compat !== undefined && !exchange.compat(textOf("compat", compat))) throw failure(core);
  if (output !== undefined && depth === 0) settings["output"] = output;
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) continue;
    if (typeof value === "number") exchange.number(name, value);
    else if (typeof value === "string") exchange.word(name, value);
    else if (typeof value === "object" && value !== null && "id" in value) {
      begin(core, depth < DEEPEST ? value : { id: value.id }, depth + 1);
      const chosen = fieldsOf(value)["output"];
      exchange.source(name, chosen === undefined ? undefined : textOf("output", chosen));
    } else {
      throw new TvfError("param_type", `${name} must be a number, a text or an indicator, not ${kindOf(value)}`, name);
    }
  }
}

function fieldsOf(member: unknown): Record<string, unknown> {
  if (typeof member === "object" && member !== null && "id" in member) return member as Record<string, unknown>;
  const got = typeof member === "object" && member !== null && !Array.isArray(member) ? "one without" : kindOf(member);
  throw new TvfError("param_type", `a member must be an object with an id, not ${got}`, "id");
}

function textOf(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new TvfError("param_type", `${name} must be a text, not ${kindOf(value)}`, name);
}
