import type { Time } from "lightweight-charts";
import type { Timeline } from "./timeline.js";

/** What a chart needs to show times of a zone. */
export interface ZoneOptions {
  readonly localization: { timeFormatter: (time: Time) => string };
  readonly timeScale: { tickMarkFormatter: (time: Time, type: number, locale: string) => string };
}

// `TickMarkType` of the chart.
const [YEAR, MONTH, DAY, , WITH_SECONDS] = [0, 1, 2, 3, 4] as const;

/**
 * Options that show a chart's times in a zone, `local` for that of the viewer. The data stay in UTC: shifting them, as
 * is often done, gives wrong sessions and two bars of one time when clocks go back. Which ticks stand out is decided by
 * the chart in UTC; a tick of a day says the date only where the day of the zone begins, else the time.
 */
export function zoneOptions(zone: string, timeline?: () => Timeline, locale?: string): ZoneOptions {
  const timeZone = zone === "local" ? undefined : zone;
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, ...(timeZone === undefined ? {} : { timeZone }) });
  const year = format({ year: "numeric" });
  const month = format({ month: "short" });
  const day = format({ day: "numeric" });
  const date = format({ day: "2-digit", month: "short", year: "numeric" });
  const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const seconds = format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  const dated = format({ year: "numeric", month: "numeric", day: "numeric" });

  /** The time of the point that lies so many before or behind that of a time. */
  const beside = (second: number, places: number): number | undefined => {
    const bars = timeline?.();
    return bars?.seconds[bars.pointAt(second) + places];
  };
  /** Whether bars are days or longer: their times name a day, in UTC. */
  const isDaily = (second: number) => {
    const other = beside(second, -1) ?? beside(second, 1);
    return other !== undefined && Math.abs(second - other) >= 86_400 && second % 86_400 === 0;
  };
  const utc = new Intl.DateTimeFormat(locale, { day: "2-digit", month: "short", year: "numeric", timeZone: "UTC" });
  const utcOf = (options: Intl.DateTimeFormatOptions, ms: number) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(ms);

  return {
    localization: {
      timeFormatter: (time) => {
        const ms = 1000 * (time as number);
        return isDaily(time as number) ? utc.format(ms) : `${date.format(ms)} ${clock.format(ms)}`;
      },
    },
    timeScale: {
      tickMarkFormatter: (time, type) => {
        const second = time as number;
        const ms = 1000 * second;
        if (type > DAY) return (type === WITH_SECONDS ? seconds : clock).format(ms);
        if (isDaily(second)) {
          if (type === YEAR) return utcOf({ year: "numeric" }, ms);
          return utcOf(type === MONTH ? { month: "short" } : { day: "numeric" }, ms);
        }
        const last = beside(second, -1);
        const begins = last === undefined || dated.format(1000 * last) !== dated.format(ms);
        if (!begins) return clock.format(ms);
        return (type === YEAR ? year : type === MONTH ? month : day).format(ms);
      },
    },
  };
}
