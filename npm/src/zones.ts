import { isPlain, shown, TvfError } from "./errors.js";

/** When a zone's offset from UTC changes: from each moment on, the offset of the same place holds. Milliseconds. */
export interface Changes {
  readonly moments: number[];
  readonly offsets: number[];
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  from: number;
  to: number;
  changes: Changes;
}

const A_ZONE = 'an IANA zone such as "America/New_York"';
const DAY = 86_400_000;
/** No zone changes its offset there and back within a week. */
const STEP = 7 * DAY;
/** Zones have no history before, and the rules of today go on for ever after. */
const FIRST = Date.UTC(1850, 0, 1);
const LAST = Date.UTC(2150, 0, 1);

const zones = new Map<string, Zone>();

/** The changes of a zone's offset between two moments. The host is asked once a week of time, and once a zone. */
export function changesOf(name: unknown, from: number, to: number): Changes {
  const zone = zoneOf(name);
  if (from < zone.from || to > zone.to) {
    // Some room, so that bars that arrive one by one seldom ask again.
    zone.from = Math.max(Math.min(from, zone.from) - STEP, FIRST);
    zone.to = Math.min(Math.max(to, zone.to) + 53 * STEP, LAST);
    zone.changes = search(zone.format, zone.from, zone.to);
    if (zone.from === FIRST) zone.from = -Infinity;
    if (zone.to === LAST) zone.to = Infinity;
  }
  return zone.changes;
}

/** The whole second at a moment or before: zones are asked for such. */
export function whole(moment: number): number {
  return Math.floor(moment / 1000) * 1000;
}

/** Refuses what is no zone. */
export function checkZone(name: unknown): void {
  zoneOf(name);
}

function zoneOf(name: unknown): Zone {
  if (typeof name !== "string") throw refusal("zone", name, A_ZONE);
  let zone = zones.get(name);
  if (!zone) {
    zone = { format: formatOf(name), from: Infinity, to: -Infinity, changes: { moments: [], offsets: [] } };
    zones.set(name, zone);
  }
  return zone;
}

function formatOf(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    throw refusal("zone", name, A_ZONE);
  }
}

function search(format: Intl.DateTimeFormat, from: number, to: number): Changes {
  let offset = offsetAt(format, from);
  const changes: Changes = { moments: [from], offsets: [offset] };
  for (let t = from; t < to; t += STEP) {
    const next = offsetAt(format, t + STEP);
    if (next === offset) continue;
    // The offset holds at `before` and no longer at `after`.
    let before = t;
    let after = t + STEP;
    while (after - before > 1000) {
      const middle = before + 1000 * Math.floor((after - before) / 2000);
      if (offsetAt(format, middle) === offset) before = middle;
      else after = middle;
    }
    changes.moments.push(after);
    changes.offsets.push(next);
    offset = next;
  }
  return changes;
}

/** Local time minus UTC, for a moment that is a whole second. */
function offsetAt(format: Intl.DateTimeFormat, moment: number): number {
  const field: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(moment)) field[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = field;
  return Date.UTC(year, month - 1, day, hour, minute, second) - moment;
}

/** The error for what does not tell where sessions begin. */
export function refusal(name: string, value: unknown, bound: string): TvfError {
  const text = isPlain(value) ? String(value) : shown(value);
  return new TvfError("session", `${name} ${shown(value)} is not ${bound}`, name, text, bound);
}
