import { findEntry } from "./catalog.js";
import { lengthOf, type TimeColumn } from "./columns.js";
import { kindOf, shown, TvfError } from "./errors.js";
import { minutesOf, type SessionOptions, Sessions } from "./sessions.js";

/** Where the numbers of sessions come from: a zone, or the caller. */
export type Clock = ZoneClock | { readonly name: string; readonly numbers: TimeColumn };

/** Sessions of a zone. */
export interface ZoneClock {
  /** The name of their column. */
  readonly name: string;
  readonly sessions: Sessions;
}

/** The clock of what follows bars as they arrive; only a zone can tell their numbers. */
export function followed(clock: Clock): ZoneClock {
  if ("sessions" in clock) return clock;
  const why = "an anchor that is a number per bar cannot follow new bars: give zone and open instead";
  throw new TvfError("session", why, "anchor");
}

/** The error where a zone has no times to be looked up for, in the words of the core. */
export function timeless(id: string, { anchor }: Sessions): TvfError {
  const names = findEntry(id)?.inputs.map(({ name }) => name) ?? [];
  const why = `${id} with anchor ${shown(anchor)} needs the input time`;
  return new TvfError("input_count", why, "time", String(names.indexOf("time")), names.join(", "));
}

/**
 * Takes out of a member what only the host understands: a time zone, an opening written as `09:30`, or an anchor that
 * is a number per bar. What is left has the anchor `number`, and its times come from the column of the clock that
 * `use` makes of the one it is told of.
 */
export function plain(member: unknown, use: (clock: Clock) => Clock, depth = 0): unknown {
  if (typeof member !== "object" || member === null || !("id" in member) || depth > 64) return member;
  const { ...rest } = member as Record<string, unknown>;
  const clock = hasSessions(rest["id"]) ? clockOf(rest) : undefined;
  if (clock) {
    delete rest["zone"];
    delete rest["open"];
    rest["anchor"] = "number";
    rest["time"] = use(clock).name;
  } else if (typeof rest["open"] === "string" && rest["open"].includes(":")) {
    rest["open"] = minutesOf(rest["open"]);
  }
  for (const name of Object.keys(rest)) rest[name] = plain(rest[name], use, depth + 1);
  return rest;
}

/** Whether the sums of an indicator begin anew at moments that a clock tells. */
function hasSessions(id: unknown): boolean {
  const names = findEntry(String(id))?.params.map(({ name }) => name) ?? [];
  return ["anchor", "utc_offset", "open"].every((name) => names.includes(name));
}

function clockOf({ zone, anchor, open, utc_offset }: Record<string, unknown>): Clock | undefined {
  const isColumn = typeof anchor === "object" && anchor !== null;
  if (zone === undefined) {
    if (!isColumn) return undefined;
    lengthOf("anchor", anchor);
    return { name: "anchor", numbers: anchor as TimeColumn };
  }
  if (utc_offset !== undefined && utc_offset !== 0) {
    const both = `zone ${shown(zone)} and utc_offset ${shown(utc_offset)}`;
    const why = `${both} both say what the local time is; give one`;
    throw new TvfError("session", why, "zone", String(zone), "one of zone and utc_offset");
  }
  if (isColumn) {
    const why = `zone ${shown(zone)} and a column as the anchor both say where sessions begin; give one`;
    throw new TvfError("session", why, "anchor", kindOf(anchor), "one of zone and a column");
  }
  const sessions = new Sessions({ zone, open, anchor } as SessionOptions);
  return { name: `${sessions.anchor} of ${sessions.zone} from ${sessions.open}`, sessions };
}
