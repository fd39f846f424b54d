import { layInput, type TimeColumn } from "./columns.js";
import { exchanging, failure, viewNumbers } from "./core.js";
import { changesOf, refusal } from "./zones.js";

/** Where sessions begin. */
export interface SessionOptions {
  /** The exchange's time zone, such as `America/New_York`; UTC if not said. */
  zone?: string;
  /**
   * The opening in local time, as `09:30` or in minutes after midnight. A session that opens at noon or later belongs
   * to the following day.
   */
  open?: string | number;
  /** What is numbered: days, weeks from Monday, months, or spans of so many minutes. */
  anchor?: "session" | "week" | "month" | number;
}

/**
 * The number of the session that each bar belongs to; only its changes matter. Daylight saving time is followed in
 * both directions.
 */
export function sessions(time: TimeColumn, options: SessionOptions = {}): Float64Array {
  const { zone = "UTC", anchor = "session" } = options;
  const [word, minutes] = typeof anchor === "number" ? ["minutes", anchor] : [anchor, 0];
  if (word === "minutes" && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST)) {
    throw refusal("anchor", anchor, `1 to ${LONGEST} minutes`);
  }
  if (!WORDS.includes(word)) {
    throw refusal("anchor", anchor, `one of "session", "week", "month", or 1 to ${LONGEST} minutes`);
  }
  const open = minutesOf(options.open ?? 0);
  return exchanging((core) => {
    const { exchange } = core;
    const [from, to] = extent(layInput(core, "time", time));
    const { moments, offsets } = changesOf(zone, whole(from), whole(to));
    layInput(core, "moments", moments);
    layInput(core, "offsets", offsets);
    if (!core.glue.sessions(exchange, word, minutes, open)) throw failure(core);
    return viewNumbers(core, exchange.result(0, 0), exchange.length(0)).slice();
  });
}

const WORDS: readonly unknown[] = ["session", "week", "month", "minutes"];
/** The longest span that an anchor may be, in minutes: a year. */
const LONGEST = 525_600;

/** Minutes after midnight of `09:30`. */
export function minutesOf(open: unknown): number {
  if (typeof open === "number" && Number.isInteger(open) && open >= 0 && open < 1440) return open;
  const match = typeof open === "string" ? /^(\d|[01]\d|2[0-3]):([0-5]\d)$/.exec(open) : null;
  if (match) return Number(match[1]) * 60 + Number(match[2]);
  throw refusal("open", open, '"00:00" to "23:59", or 0 to 1439 minutes after midnight');
}

/** The first and the last moment. */
function extent(times: Float64Array): [number, number] {
  let from = Infinity;
  let to = -Infinity;
  for (const time of times) {
    if (time < from) from = time;
    if (time > to) to = time;
  }
  return [from, to];
}

function whole(moment: number): number {
  return Math.floor(moment / 1000) * 1000;
}
