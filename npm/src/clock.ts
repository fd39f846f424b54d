import { lengthOf, type TimeColumn } from "./columns.js";
import { TvfError } from "./errors.js";
import { type SessionOptions, minutesOf, sessions } from "./sessions.js";

/** Where the numbers of sessions come from: a zone, or the caller. */
export interface Clock {
  /** The name of their column. */
  readonly name: string;
  readonly sessions?: SessionOptions;
  readonly numbers?: TimeColumn;
}

/** What stands in the place of the times. */
export function numbersOf({ sessions: options, numbers }: Clock, time: unknown): TimeColumn {
  return options ? sessions(time as TimeColumn, options) : (numbers as TimeColumn);
}

/**
 * Takes out of a member what only the host understands: a time zone, an opening written as `09:30`, or an anchor that
 * is a number per bar. What is left has the anchor `number`, and its times come from the column of the clock that
 * `use` makes of the one it is told of.
 */
export function plain(member: unknown, use: (clock: Clock) => Clock, depth = 0): unknown {
  if (typeof member !== "object" || member === null || !("id" in member) || depth > 64) return member;
  const { zone, ...rest } = member as Record<string, unknown>;
  const clock = clockOf(zone, rest);
  if (clock) {
    delete rest["open"];
    rest["anchor"] = "number";
    rest["time"] = use(clock).name;
  } else if (typeof rest["open"] === "string" && rest["open"].includes(":")) {
    rest["open"] = minutesOf(rest["open"]);
  }
  for (const name of Object.keys(rest)) rest[name] = plain(rest[name], use, depth + 1);
  return rest;
}

function clockOf(zone: unknown, { anchor, open, utc_offset }: Record<string, unknown>): Clock | undefined {
  if (typeof anchor === "object" && anchor !== null) {
    lengthOf("anchor", anchor);
    return { name: "anchor", numbers: anchor as TimeColumn };
  }
  if (zone === undefined) return undefined;
  if (utc_offset !== undefined && utc_offset !== 0) {
    const why = `zone ${String(zone)} and utc_offset ${String(utc_offset)} both say what the local time is; give one`;
    throw new TvfError("session", why, "zone", String(zone), "one of zone and utc_offset");
  }
  const options = { zone, open: open ?? 0, anchor: anchor ?? "session" } as Required<SessionOptions>;
  return { name: `${options.anchor} of ${options.zone} from ${options.open}`, sessions: options };
}
