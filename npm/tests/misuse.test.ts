// What newcomers get wrong first: each is refused, and says what to write instead.
import { beforeAll, expect, test } from "vitest";
import init, { Bars, rsi, sessions, Stream, type TvfError } from "../src/index.js";
import { errorOf } from "./support.js";

beforeAll(() => init());

const bar = { close: 1 };
const some = () => Bars.from({ close: [1, 2, 3] });

/** Calls that the types refuse. */
const calls: [string, () => unknown, TvfError["code"], string][] = [
  ["a number as the options", () => rsi([1], 14 as never), "param_type", "options must be an object such as { period: 14 }, not a number"],
  ["a text as sessions", () => sessions([1], "UTC" as never), "session", "options must be an object such as { zone"],
  ["no options of sessions", () => sessions([1], null as never), "session", "not null"],
  ["a text as the zone", () => Stream.restore(new Stream({ id: "rsi" }).snapshot(), "UTC" as never), "session", "not a text"],
  ["a text as a price", () => new Stream({ id: "rsi" }).update("a" as never), "input_type", 'input source is "a", not a number'],
  ["a text in a column", () => rsi([1, "a".repeat(50)] as never), "input_type", `input source[1] is "${"a".repeat(40)}", not a number`],
  ["a member alone", () => some().compute({ id: "rsi" } as never), "param_type", "members must be an array or an object of names, not a member alone"],
  ["a text as members", () => some().attach("rsi" as never), "param_type", "members must be an array or an object of names, not a text"],
  ["a member without an id", () => new Stream({} as never), "param_type", "a member must be an object with an id, not one without"],
  ["a text as a member", () => new Stream("rsi" as never), "param_type", "a member must be an object with an id, not a text"],
  ["bars as arrays", () => Bars.from([[1, 2, 3, 4]] as never), "input_type", "a bar must be an object, not an array"],
  ["peek without handles", () => some().peek(bar, undefined as never), "param_type", "handles must be an array of what attach gave, not undefined"],
  ["peek of one handle", () => some().peek(bar, some().attach([{ id: "rsi" }])[0] as never), "param_type", "handles must be an array"],
  ["peek of a text", () => some().peek(bar, ["rsi"] as never), "param_type", "a handle must be what attach gave, not a text"],
];

test.each(calls)("%s", (_, act, code, words) => {
  const error = errorOf(act);
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
});
