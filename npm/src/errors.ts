import type { Code } from "./indicators.js";

/** What went wrong: which argument, what it was, what it may be. The message is the same in Python. */
export class TvfError extends Error {
  override readonly name = "TvfError";
  /** The kind of error. */
  readonly code: Code;
  /** The parameter, input or id at fault. */
  readonly parameter: string;
  /** What was given. */
  readonly value: string;
  /** What would have been right. */
  readonly bound: string;

  constructor(code: Code, message: string, parameter = "", value = "", bound = "") {
    super(message);
    this.code = code;
    this.parameter = parameter;
    this.value = value;
    this.bound = bound;
  }
}

/** How a message names a value of a wrong type. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  switch (typeof value) {
    case "undefined":
      return "undefined";
    case "string":
      return "a text";
    case "object":
      return value instanceof Date ? "a date" : "an object";
    default:
      return `a ${typeof value}`;
  }
}

/** A value in a message. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return isPlain(value) ? String(value) : kindOf(value);
}

/** What a message shows as it is. */
export function isPlain(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
