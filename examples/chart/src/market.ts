const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The exchange's zone and hours, as a builder of bars takes them. */
export const EXCHANGE = { zone: "America/New_York", session: "09:30-16:00" } as const;
/** How long a session lasts, in milliseconds. */
export const SESSION = 6.5 * HOUR;

const clock = new Intl.DateTimeFormat("en-US", { timeZone: EXCHANGE.zone, hour: "numeric", hourCycle: "h23" });

/** When the session of a day opens; the day is told by its midnight in UTC. */
export function openingOf(day: number): number {
  const inWinter = day + 14.5 * HOUR;
  return clock.format(inWinter) === "10" ? inWinter - HOUR : inWinter;
}

/** The opening on the first weekday behind the day of a moment. */
export function nextOpening(time: number): number {
  let day = time - (time % DAY) + DAY;
  while ([0, 6].includes(new Date(day).getUTCDay())) day += DAY;
  return openingOf(day);
}
