import { beforeAll, expect, test } from "vitest";
import init, { Bars, sessions, vwap } from "../src/index.js";
import { bits, expectCode, walk } from "./support.js";

beforeAll(() => init());

const HOUR = 3_600_000;
const hours = (from: string, n: number) => Float64Array.from({ length: n }, (_, i) => Date.parse(from) + i * HOUR);

/** The times at which a new session begins, as seen on bars of an hour. */
function openings(time: Float64Array, options: Parameters<typeof sessions>[1]): string[] {
  const numbers = sessions(time, options);
  return Array.from(time)
    .filter((_, i) => i > 0 && numbers[i] !== numbers[i - 1])
    .map((t) => new Date(t).toISOString().slice(0, 13));
}

test("New York follows the clocks forward and back", () => {
  const options = { zone: "America/New_York", open: "17:00" };
  expect(openings(hours("2024-03-08T12:00Z", 96), options)).toEqual([
    "2024-03-08T22",
    "2024-03-09T22",
    "2024-03-10T21",
    "2024-03-11T21",
  ]);
  expect(openings(hours("2024-11-01T12:00Z", 96), options)).toEqual([
    "2024-11-01T21",
    "2024-11-02T21",
    "2024-11-03T22",
    "2024-11-04T22",
  ]);
});

test("zones of other rules: half hours, the southern summer, a pause of a month, none", () => {
  const lord = openings(hours("2024-04-05T00:00Z", 72), { zone: "Australia/Lord_Howe", open: "09:30" });
  expect(lord).toEqual(["2024-04-05T23", "2024-04-06T23", "2024-04-07T23"]);
  const half = sessions(hours("2024-04-05T22:30Z", 49), { zone: "Australia/Lord_Howe", open: "09:30" });
  expect([half[0] === half[23], half[0] === half[24], half[24] === half[48]]).toEqual([true, true, false]);
  expect(openings(hours("2024-03-09T00:00Z", 72), { zone: "Africa/Casablanca" })).toEqual([
    "2024-03-09T23",
    "2024-03-11T00",
  ]);
  expect(openings(hours("2024-04-13T00:00Z", 72), { zone: "Africa/Casablanca" })).toEqual([
    "2024-04-14T00",
    "2024-04-14T23",
    "2024-04-15T23",
  ]);
  expect(openings(hours("2024-06-01T12:00Z", 36), { zone: "Asia/Tokyo", open: 540 })).toEqual(["2024-06-02T00"]);
  expect(openings(hours("2024-06-01T12:00Z", 37), {})).toEqual(["2024-06-02T00", "2024-06-03T00"]);
});

test("weeks, months and minutes", () => {
  const week = { zone: "America/New_York", open: "17:00", anchor: "week" } as const;
  expect(openings(hours("2024-03-01T00:00Z", 24 * 14), week)).toEqual(["2024-03-03T22", "2024-03-10T21"]);
  const month = { zone: "Europe/Berlin", anchor: "month" } as const;
  expect(openings(hours("2024-01-15T00:00Z", 24 * 90), month)).toEqual(["2024-01-31T23", "2024-02-29T23", "2024-03-31T22"]);
  expect(openings(hours("2024-01-01T00:00Z", 12), { anchor: 240 })).toEqual(["2024-01-01T04", "2024-01-01T08"]);
});

test("every bar agrees with asking the host for each", () => {
  for (const zone of ["America/New_York", "Europe/London", "Asia/Kolkata", "America/Sao_Paulo", "Africa/Cairo"]) {
    const local = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
    const time = Float64Array.from({ length: 5000 }, (_, i) => Date.UTC(2003, 0, 1) + i * 37 * HOUR);
    const numbers = sessions(time, { zone });
    for (let i = 0; i < time.length; i++) {
      expect(numbers[i]).toBe(Date.parse(local.format(time[i])) / 86_400_000);
    }
  }
});

test("a million bars take less than 100 ms", () => {
  const time = Float64Array.from({ length: 1_000_000 }, (_, i) => Date.UTC(2022, 0, 1) + i * 60_000);
  sessions(time.subarray(0, 10), { zone: "America/Chicago" });
  const began = performance.now();
  sessions(time, { zone: "Europe/Paris", open: "09:00" });
  expect(performance.now() - began).toBeLessThan(100);
});

test("wrong sessions are refused", () => {
  const time = [Date.now()];
  for (const zone of ["Mars/Olympus", "", 5 as never]) expectCode(() => sessions(time, { zone }), "session");
  for (const open of ["25:00", "9", "9:5", "noon", -1, 1440, 9.5, NaN, {} as never]) {
    expectCode(() => sessions(time, { open }), "session");
  }
  for (const anchor of ["none", "number", "year", 0, -5, NaN, {}] as never[]) {
    expectCode(() => sessions(time, { anchor }), "session");
  }
  expectCode(() => sessions([1_700_000_000], { zone: "UTC" }), "time_unit");
  expectCode(() => sessions("2024" as never), "input_type");
  expect(sessions([])).toEqual(new Float64Array(0));
  expect(sessions([NaN, 0, Infinity])).toEqual(Float64Array.of(NaN, 0, NaN));
  expect(sessions([-1e13, 9e13], { zone: "Europe/Rome" }).length).toBe(2);
});

test("an anchored indicator takes a zone, or a number per bar", () => {
  const { time, high, low, close, volume } = walk(3000);
  const zone = "America/New_York";
  const numbers = sessions(time, { zone, open: "09:30" });
  const wanted = bits(vwap(high, low, close, volume, numbers, { anchor: "number" }));
  expect(bits(vwap(high, low, close, volume, time, { zone, open: "09:30" }))).toEqual(wanted);
  expect(bits(vwap(high, low, close, volume, { anchor: numbers }))).toEqual(wanted);
  expect(wanted).not.toEqual(bits(vwap(high, low, close, volume, time)));

  const bars = Bars.from({ time, high, low, close, volume });
  const members = [{ id: "vwap", zone, open: "09:30" }, { id: "vwap", anchor: numbers }, { id: "vwap" }] as const;
  const [a, b, c] = bars.compute(members);
  expect([bits(a), bits(b), bits(c)]).toEqual([wanted, wanted, bits(vwap(high, low, close, volume, time))]);

  const live = Bars.from({
    time: time.subarray(0, 2000),
    high: high.subarray(0, 2000),
    low: low.subarray(0, 2000),
    close: close.subarray(0, 2000),
    volume: volume.subarray(0, 2000),
  });
  const [early] = live.attach([{ id: "rsi" }]);
  const [zoned] = live.attach([{ id: "vwap", zone, open: "09:30" }]);
  for (let i = 2000; i < 3000; i++) {
    live.push({ time: time[i]!, high: high[i]!, low: low[i]!, close: close[i]!, volume: volume[i]! });
  }
  expect(bits(zoned.copy())).toEqual(wanted);
  expect(bits(early.copy())).toEqual(bits(bars.compute([{ id: "rsi" }])[0]));
  expect(live.columns).toEqual(["time", "high", "low", "close", "volume"]);

  const week = { id: "vwap", zone, anchor: "week" } as const;
  expect(bits(bars.compute([week])[0])).not.toEqual(wanted);
  expectCode(() => bars.attach([{ id: "vwap", anchor: numbers }]), "session");
  expectCode(() => bars.compute([{ id: "vwap", anchor: [1] }]), "input_length");
  expectCode(() => bars.compute([{ id: "vwap", zone: "Mars/Olympus" }]), "session");
  expectCode(() => Bars.from({ high, low, close, volume }).compute([{ id: "vwap", zone }]), "unknown_column");
  expect(bars.compute([{ id: "vwap", open: "09:30" }])[0].vwap.length).toBe(3000);
});
