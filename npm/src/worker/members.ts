import { lengthOf, type TimeColumn, write } from "../columns.js";
import { kindOf, TvfError } from "../errors.js";

/** Members deeper than this are refused by the module. */
const DEEPEST = 66;

/**
 * Members as they can be sent: plain objects, as a proxy of a state library cannot be cloned, and what is no data at
 * all is refused in the words of the module.
 */
export function sendable(name: string, value: unknown, depth = 0): unknown {
  if (typeof value === "function" || typeof value === "symbol") {
    if (name === "member") {
      throw new TvfError("param_type", `a member must be an object with an id, not ${kindOf(value)}`, "id");
    }
    throw new TvfError("param_type", `${name} must be a number, a text or an indicator, not ${kindOf(value)}`, name);
  }
  if (typeof value !== "object" || value === null || value instanceof Date || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return name === "anchor" ? numbersOf(name, value) : value.map((one) => sendable(name, one, depth + 1));
  if (depth > DEEPEST) return {};
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, sendable(key, one, depth + 1)]));
}

/** A number per bar. */
function numbersOf(name: string, column: readonly unknown[]): Float64Array {
  const numbers = new Float64Array(lengthOf(name, column));
  write(name, column as TimeColumn, numbers);
  return numbers;
}
