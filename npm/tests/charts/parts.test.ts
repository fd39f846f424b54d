// The parts of the adapter that know no chart.
import { describe, expect, test } from "vitest";
import { Frames } from "../../src/frames.js";
import { lastPage, pageAround, pageSize, turned } from "../../src/lightweight-charts/page.js";
import { pointsOf } from "../../src/lightweight-charts/points.js";
import { precisionOf } from "../../src/lightweight-charts/price.js";
import { compact } from "../../src/lightweight-charts/series.js";
import { faint } from "../../src/lightweight-charts/theme.js";
import { Timeline } from "../../src/lightweight-charts/timeline.js";
import { zoneOptions } from "../../src/lightweight-charts/zone.js";

const DAY = 86_400_000;

describe("pages", () => {
  test("a page lies around what is seen, and within the bars", () => {
    expect(pageAround({ from: 20_000, to: 20_200 }, 50_000, 5000)).toEqual({ from: 17_600, to: 22_600 });
    expect(pageAround({ from: 10, to: 200 }, 50_000, 5000)).toEqual({ from: 0, to: 5000 });
    expect(pageAround({ from: 49_900, to: 50_000 }, 50_000, 5000)).toEqual({ from: 45_000, to: 50_000 });
    expect(pageAround({ from: 0, to: 10 }, 100, 5000)).toEqual({ from: 0, to: 100 });
    expect(lastPage({ from: 20, to: 100 }, 100, 5000)).toEqual({ from: 0, to: 100 });
    expect(lastPage({ from: 900, to: 990 }, 1000, 500)).toEqual({ from: 500, to: 1000 });
    expect(lastPage({ from: 100, to: 200 }, 1000, 500)).toEqual({ from: 0, to: 500 });
  });

  test("it holds some times what is seen", () => {
    const sizes = [10, 500, 2000, 9000].map((seen) => pageSize({ from: 0, to: seen }, 5000));
    expect(sizes).toEqual([600, 2000, 5000, 5000]);
    expect(pageSize({ from: 0, to: 500 }, 400)).toBe(400);
    // Zoomed in, a page that is far too large is turned for a small one.
    expect(turned({ from: 0, to: 5000 }, { from: 2000, to: 2100 }, 50_000, 1000)).toEqual({ from: 1550, to: 2550 });
  });

  test("it is turned near its ends only, and not back at once", () => {
    expect(turned({ from: 10_000, to: 15_000 }, { from: 12_000, to: 12_300 }, 50_000, 5000)).toBeUndefined();
    for (let at = 0; at < 49_800; at += 100) {
      const seen = { from: at, to: at + 200 };
      const next = turned({ from: 45_000, to: 50_000 }, seen, 50_000, 5000);
      if (!next) continue;
      expect(next.from <= seen.from && seen.to <= next.to).toBe(true);
      expect(turned(next, seen, 50_000, 5000)).toBeUndefined();
    }
  });

  test("all bars come into sight by moving on", () => {
    let page = { from: 45_000, to: 50_000 };
    for (let at = 49_800; at >= 0; at -= 50) {
      page = turned(page, { from: at, to: at + 200 }, 50_000, 5000) ?? page;
      expect(page.from <= at && at + 200 <= page.to).toBe(true);
    }
    expect(page.from).toBe(0);
  });
});

describe("times", () => {
  test("of bars with one time the last is shown, and none without a time", () => {
    const line = new Timeline(10, [1000, 2000, 2000, NaN, 3000], true);
    expect([line.seconds, line.bars, line.to]).toEqual([[1, 2, 3], [10, 12, 14], 15]);
    line.add(3000);
    expect([line.seconds, line.bars, line.to]).toEqual([[1, 2, 3], [10, 12, 15], 16]);
    expect(line.pointOf(11)).toBe(1);
    expect(line.between(1, 2)).toEqual({ from: 10, to: 13 });
    expect(line.between(0, 9)).toEqual({ from: 10, to: 16 });
  });

  test("bars to come go on as the last ones, without weekends where there were none", () => {
    const friday = Date.UTC(2026, 10, 20);
    const week = [4, 3, 2, 1, 0].map((back) => friday - back * DAY);
    const weeks = [...week.map((time) => time - 7 * DAY), ...week];
    const days = (times: readonly number[]) => times.map((second) => new Date(second * 1000).getUTCDay());
    expect(days(new Timeline(0, weeks, true).future(7))).toEqual([1, 2, 3, 4, 5, 1, 2]);
    const whole = Array.from({ length: 14 }, (_, i) => friday + (i - 13) * DAY);
    expect(days(new Timeline(0, whole, true).future(3))).toEqual([6, 0, 1]);
    const minutes = [0, 1, 2, 3, 600, 601, 602, 603].map((minute) => friday + minute * 60_000);
    const ahead = new Timeline(0, minutes, true).future(2);
    expect(ahead.map((second) => (second * 1000 - friday) / 60_000)).toEqual([604, 605]);
    expect(new Timeline(0, [friday], true).future(2)).toEqual([]);
  });

  test("a column is shown beside its bars, ahead of the last one too", () => {
    const line = new Timeline(2, [2000, 3000, 4000], true);
    const column = [10, 11, 12, NaN, 14];
    const values = (shift: number) =>
      pointsOf(line, (bar) => column[bar], shift).map(({ time, value }) => [time, value]);
    expect(values(0)).toEqual([[2, 12], [3, undefined], [4, 14]]);
    expect(values(2)).toEqual([[2, 10], [3, 11], [4, 12], [5, undefined], [6, 14]]);
    expect(values(-1)).toEqual([[2, undefined], [3, 14]]);
  });
});

test("however often it is asked for, it is done once a frame", () => {
  const waiting: (() => void)[] = [];
  let done = 0;
  const frames = new Frames(
    () => done++,
    (act) => {
      waiting.push(act);
      return () => waiting.splice(waiting.indexOf(act), 1);
    },
  );
  for (let i = 0; i < 10; i++) frames.ask();
  expect(waiting).toHaveLength(1);
  waiting.shift()!();
  expect(done).toBe(1);
  frames.ask();
  frames.callOff();
  expect([waiting.length, done]).toEqual([0, 1]);
});

test("numbers and colours", () => {
  const shown = ["0.00", "12.35", "0.0123", "1235", "45.7K", "1.50M", "-2.50B", "3.00T"];
  expect([0, 12.346, 0.0123456, 1234.6, 45_678, 1.5e6, -2.5e9, 3e12].map(compact)).toEqual(shown);
  expect([250, 1.08, 0.5, 0.00001234].map((price) => precisionOf(price).precision)).toEqual([2, 2, 5, 9]);
  expect([faint("#ff8000", 0.5), faint("red", 0.5)]).toEqual(["rgba(255, 128, 0, 0.5)", "red"]);
});

describe("zones", () => {
  const at = (text: string) => (Date.parse(text) / 1000) as never;

  test("times are shown in the zone, on both sides of a change of clocks", () => {
    const { timeFormatter } = zoneOptions("America/New_York", undefined, "en-GB").localization;
    expect(timeFormatter(at("2026-03-06T14:30:00Z"))).toBe("06 Mar 2026 09:30");
    expect(timeFormatter(at("2026-03-09T13:30:00Z"))).toBe("09 Mar 2026 09:30");
  });

  test("a tick of a day says the date where the zone's day begins, else the time", () => {
    const hours = Array.from({ length: 48 }, (_, i) => Date.parse("2026-03-02T12:00:00Z") + i * 3_600_000);
    const line = new Timeline(0, hours, true);
    const { tickMarkFormatter } = zoneOptions("America/New_York", () => line, "en-GB").timeScale;
    expect(tickMarkFormatter(at("2026-03-03T00:00:00Z"), 2, "en-GB")).toBe("19:00");
    expect(tickMarkFormatter(at("2026-03-03T05:00:00Z"), 2, "en-GB")).toBe("3");
    expect(tickMarkFormatter(at("2026-03-03T05:00:00Z"), 3, "en-GB")).toBe("00:00");
  });

  test("daily bars keep the day that they name", () => {
    const days = Array.from({ length: 40 }, (_, i) => Date.UTC(2026, 0, 1) + i * DAY);
    const options = zoneOptions("America/New_York", () => new Timeline(0, days, true), "en-GB");
    const shown = (day: number) => options.localization.timeFormatter((days[day]! / 1000) as never);
    expect([shown(0), shown(31)]).toEqual(["01 Jan 2026", "01 Feb 2026"]);
    expect(options.timeScale.tickMarkFormatter((days[31]! / 1000) as never, 1, "en-GB")).toBe("Feb");
  });
});
