// Streams whose sessions follow a zone: the same bits as the batch, through changes of the clock.
import { beforeAll, describe, expect, expectTypeOf, test, vi } from "vitest";
import init, { Bars, type SessionOptions, type Spec, Stream, vwap } from "../src/index.js";
import { barAt, bits, expectCode, slice, walk } from "./support.js";

beforeAll(() => init());

const where = { zone: "America/New_York", open: "09:30" };
const spec = { id: "vwap", ...where } as const;
const HALF_HOUR = 1_800_000;
const BARS = 432;

/** Half hours of nine days. */
function given(from: string) {
  const bars = walk(BARS);
  bars.time.forEach((_, i) => (bars.time[i] = Date.parse(from) + i * HALF_HOUR));
  return bars;
}
type Given = ReturnType<typeof given>;

const barOf = (bars: Given, i: number): [number, number, number, number, number] => {
  const { high, low, close, volume, time } = barAt(bars, i);
  return [high, low, close, volume, time];
};
const columnsOf = ({ high, low, close, volume, time }: Given) => [high, low, close, volume, time] as const;
const row = (result: ReturnType<typeof vwap>, i: number) =>
  bits({ vwap: result.vwap[i], upper: result.upper[i], lower: result.lower[i] });

describe.each(["2024-03-08T00:00Z", "2024-11-01T00:00Z", "1969-12-28T12:40Z"])("from %s", (from) => {
  const bars = given(from);

  test.each(["session", "week", "month", 240, 525_600] as const)("%s: bar by bar equals the batch", (anchor) => {
    const options = { ...where, anchor };
    const expected = vwap(...columnsOf(bars), options);
    const stream = new Stream({ id: "vwap", ...options });
    const live = Bars.from(slice(bars, 0, 1));
    const [handle] = live.attach([{ id: "vwap", ...options }]);
    for (let i = 0; i < BARS; i++) {
      const bar = barOf(bars, i);
      const later = barOf(bars, BARS - 1 - i);
      later[4] = bar[4] + 90 * HALF_HOUR;
      const peeked = stream.peek(...bar);
      stream.peek(...later);
      stream.update(...later);
      const replaced = stream.replace(...bar);
      expect([bits(peeked), bits(replaced)]).toEqual([row(expected, i), row(expected, i)]);
      if (i > 0) live.push(barAt(bars, i));
    }
    expect(bits(handle.copy())).toEqual(bits(expected));
    const parts = new Stream({ id: "vwap", ...options });
    const found = [0, 1, 300].map((start, i) => parts.extend(...columnsOf(slice(bars, start, [1, 300, BARS][i]!))));
    const joined = (name: "vwap" | "upper" | "lower") => Float64Array.from(found.flatMap((part) => [...part[name]]));
    expect(bits({ vwap: joined("vwap"), upper: joined("upper"), lower: joined("lower") })).toEqual(bits(expected));
  });

  test("a snapshot goes on with the zone", () => {
    const expected = vwap(...columnsOf(bars), where);
    const first = new Stream(spec);
    first.extend(...columnsOf(slice(bars, 0, 201)));
    const second = Stream.restore<"vwap">(first.snapshot(), where);
    expect([second.params, second.bars]).toEqual([first.params, 201]);
    expect(bits(second.replace(...barOf(bars, 200)))).toEqual(row(expected, 200));
    for (let i = 201; i < BARS; i++) expect(bits(second.update(...barOf(bars, i)))).toEqual(row(expected, i));
  });
});

test("the host is asked once a session, not once a bar", () => {
  const bars = given("2024-03-08T00:00Z");
  const asked = vi.spyOn(Intl.DateTimeFormat.prototype, "formatToParts");
  const stream = new Stream({ id: "vwap", zone: "America/Chicago" });
  for (let i = 0; i < BARS; i++) stream.update(...barOf(bars, i));
  // Two years and more in weeks, two of which hold a change that is searched by halves.
  expect(asked.mock.calls.length).toBeLessThan(400);
  const searched = asked.mock.calls.length;
  const again = new Stream({ id: "vwap", zone: "America/Chicago" });
  for (let i = 0; i < BARS; i++) again.update(...barOf(bars, i));
  expect(asked.mock.calls.length).toBe(searched);
  asked.mockRestore();
});

test("dates, big integers and missing times", () => {
  const bars = given("2024-03-08T00:00Z");
  const expected = vwap(...columnsOf(bars), where);
  const [high, low, close, volume, time] = columnsOf(bars);
  for (const column of [Array.from(time, (t) => new Date(t)), BigInt64Array.from(Array.from(time, BigInt))]) {
    expect(bits(new Stream(spec).extend(high, low, close, volume, column))).toEqual(bits(expected));
  }
  const stream = new Stream(spec);
  expect(stream.update(3, 1, 2, 5, null as never).vwap).toBeNaN();
  expect(stream.update(3, 1, 2, 5, new Date(time[0]!)).vwap).toBe(2);
});

test("it says what it is", () => {
  const stream = new Stream({ ...spec, anchor: "week" });
  const params = { anchor: "week", mult: 1, utc_offset: 0, open: 570, empty: "nan", zone: "America/New_York" };
  expect(stream.params).toEqual(params);
  expect(new Stream({ id: "vwap", ...params } as Spec<"vwap">).params).toEqual(params);
  const plain = new Stream({ id: "vwap", open: "09:30" });
  expect([plain.params["open"], plain.params["zone"]]).toEqual([570, undefined]);
});

const KNOWN = 'snapshot follows zone "America/New_York", open 570, anchor "session"';

test("wrong zones are refused in the words of Python", () => {
  const zoned = () => new Stream(spec);
  const cases: [() => unknown, string][] = [
    [() => new Stream({ id: "vwap", zone: "Mars/Olympus" }), 'zone "Mars/Olympus" is not an IANA zone'],
    [() => new Stream({ id: "vwap", zone: 5 as never }), "zone 5 is not an IANA zone"],
    [() => new Stream({ id: "vwap", zone: "UTC", open: "25:00" }), 'open "25:00" is not "00:00" to "23:59"'],
    [() => new Stream({ id: "vwap", zone: "UTC", anchor: "none" }), 'anchor "none" is not one of "session"'],
    [() => new Stream({ id: "vwap", zone: "UTC", anchor: 0 }), "anchor 0 is not 1 to 525600 minutes"],
    [() => new Stream({ id: "vwap", zone: "UTC", utc_offset: 60 }), 'zone "UTC" and utc_offset 60 both say'],
    [() => new Stream({ id: "vwap", zone: "UTC", anchor: [1] as never }), 'zone "UTC" and a column as the anchor both'],
    [() => new Stream({ id: "vwap", anchor: [1] as never }), "cannot follow new bars"],
    [() => vwap([1], [1], [1], [1], [0], { zone: "UTC", anchor: [1] }), 'zone "UTC" and a column as the anchor both'],
    [
      () => Stream.restore(new Stream({ id: "vwap" }).snapshot(), where),
      'zone "America/New_York" does not suit the snapshot: its vwap has the anchor "session"',
    ],
    [
      () => Stream.restore(new Stream({ id: "rsi" }).snapshot(), where),
      'zone "America/New_York" does not suit the snapshot: its rsi has no sessions',
    ],
    [() => Stream.restore(zoned().snapshot(), { open: "09:30" }), "open and anchor need a zone"],
    [() => Stream.restore(zoned().snapshot()), `${KNOWN}: restore it with the same`],
    [() => Stream.restore(zoned().snapshot(), { zone: "UTC" }), `${KNOWN}, not zone "UTC", open 0, anchor "session"`],
    [
      () => Stream.restore(zoned().snapshot(), { ...where, open: 0 }),
      `${KNOWN}, not zone "America/New_York", open 0, anchor "session"`,
    ],
    [
      () => Stream.restore(zoned().snapshot(), { ...where, anchor: 60 }),
      `${KNOWN}, not zone "America/New_York", open 570, anchor 60`,
    ],
    [
      () => Stream.restore(new Stream({ id: "vwap", anchor: "number" }).snapshot(), where),
      'zone "America/New_York" does not suit the snapshot: its vwap was given its own numbers of sessions',
    ],
  ];
  for (const [act, words] of cases) expect(expectCode(act, "session").message).toContain(words);
  expectCode(() => zoned().update(1, 1, 1, 1, 1_700_000_000), "time_unit");
  expectCode(() => zoned().extend([1], [1], [1], [1], [1_700_000_000]), "time_unit");
  const lacks = 'vwap with anchor "session" needs the input time';
  for (const act of [() => zoned().update(1, 1, 1, 1), () => zoned().extend([1], [1], [1], [1])]) {
    expect(expectCode(act, "input_count").message).toBe(lacks);
  }
  expect(expectCode(() => new Stream({ id: "vwap" }).update(1, 1, 1, 1), "input_count").message).toBe(lacks);
  expect(expectCode(() => vwap([1], [1], [1], [1], where), "input_count").message).toBe(lacks);
  const minutes = { id: "vwap", anchor: 60 } as const;
  for (const one of [new Stream(minutes), new Stream({ ...minutes, zone: "UTC" })]) {
    const { message } = expectCode(() => one.update(1, 1, 1, 1), "input_count");
    expect(message).toBe("vwap with anchor 60 needs the input time");
  }
  for (const act of [
    () => new Stream({ id: "rsi", zone: "UTC" } as never),
    () => Bars.from({ close: [1] }).compute([{ id: "rsi", zone: "UTC" } as never]),
  ]) {
    expect(expectCode(act, "unknown_param").message).toContain('rsi has no parameter "zone"');
  }
});

test.each(["bars", "columns", "pieces"])("times that go back are refused after %s", (taken) => {
  const start = 1.7e12;
  const time = [start, start + HALF_HOUR, start + 3 * HALF_HOUR] as const;
  const ones = (n: number) => new Float64Array(n).fill(1);
  const columns = (times: readonly number[]) => {
    const n = times.length;
    return [ones(n), ones(n), ones(n), ones(n), Float64Array.from(times)] as const;
  };
  const stream = new Stream(spec);
  if (taken === "bars") time.forEach((moment) => stream.update(1, 1, 1, 1, moment));
  else if (taken === "columns") stream.extend(...columns(time));
  else [time.slice(0, 1), time.slice(1)].forEach((part) => stream.extend(...columns(part)));
  const early = time[1];
  for (const each of [stream, Stream.restore<"vwap">(stream.snapshot(), where)]) {
    for (const act of [
      () => each.peek(1, 1, 1, 1, early),
      () => each.update(1, 1, 1, 1, early),
      () => each.extend(...columns([early, 1.8e12])),
    ]) {
      expect(expectCode(act, "time_order").message).toBe(`time goes back at bar 3: ${early} after ${time[2]}`);
    }
    expect(each.bars).toBe(3);
    each.replace(1, 1, 1, 1, early);
    expectCode(() => each.replace(1, 1, 1, 1, start), "time_order");
    each.update(1, 1, 1, 1, early);
    expect(each.bars).toBe(4);
  }
});

test("the types tell the truth", () => {
  expectTypeOf<{ id: "vwap"; zone: string; open: "09:30"; anchor: 60 }>().toExtend<Spec<"vwap">>();
  expectTypeOf<{ id: "vwap"; anchor: Float64Array }>().not.toExtend<Spec<"vwap">>();
  expectTypeOf<SessionOptions>().toExtend<Parameters<typeof Stream.restore>[1]>();
  const wrong = () => {
    // @ts-expect-error a stream takes bars one by one, and no column
    new Stream({ id: "vwap", anchor: [1, 2, 3] });
    // @ts-expect-error no sessions
    new Stream({ id: "rsi", zone: "UTC" });
  };
  expect(wrong).toBeTypeOf("function");
});
