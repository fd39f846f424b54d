/** Bars and columns by name, for what follows a series: pattern watches and chart transforms. */
import type { EntryInput } from "./catalog.js";
import { layInput } from "./columns.js";
import type { Core } from "./core.js";
import { kindOf, TvfError } from "./errors.js";

/** Lays columns by name into the exchange, in the order of the inputs. */
export function layNamed(
  core: Core,
  { id, inputs }: { readonly id: string; readonly inputs: readonly EntryInput[] },
  columns: object,
): void {
  for (const { name, optional } of inputs) {
    const column = (columns as Record<string, unknown>)[name];
    if (column === undefined && !optional) {
      const bound = inputs.filter((input) => !input.optional).map((input) => input.name).join(", ");
      throw new TvfError("input_count", `${id} needs ${bound}; there is no ${name}`, name, "", bound);
    }
    layInput(core, name, column ?? []);
  }
}

/** A bar as columns of one value each. */
export function columnsOf(bar: unknown): Record<string, unknown> {
  const filled = Object.entries(fieldsOf("bar", bar)).filter(([, value]) => value !== undefined);
  return Object.fromEntries(filled.map(([name, value]) => [name, [value]]));
}

/** The fields of an object that a call was given. */
export function fieldsOf(name: string, value: unknown): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)) {
    return value as Record<string, unknown>;
  }
  const bound = name === "options" ? "an object such as { brick: 2 }" : "an object such as { close: .. }";
  throw new TvfError("input_type", `${name} must be ${bound}, not ${kindOf(value)}`, name, "", bound);
}
