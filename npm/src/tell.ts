/** Sentences about things by their ids: of the thing itself, or a list of those of its parts, in their order. */
export type Texts = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

type Thing = { readonly id: string } & Readonly<Record<string, unknown>>;
type Part = Readonly<Record<string, unknown>>;

/** Definitions from the module, each with its texts. */
export function tell<T>(definitions: readonly { readonly id: string }[], texts: Texts): readonly T[] {
  return Object.freeze(definitions.map((definition) => told(definition as Thing, texts[definition.id] ?? {}) as T));
}

function told(thing: Thing, texts: Texts[string]): Thing {
  const added = Object.entries(texts).map(([name, text]) => {
    const parts = thing[name];
    if (typeof text === "string" || !Array.isArray(parts)) return [name, text];
    return [name, Object.freeze(parts.map((part: Part, i) => Object.freeze({ ...part, doc: text[i] })))];
  });
  return Object.freeze({ ...thing, ...Object.fromEntries(added) });
}

/** What the module says, as it is for good. */
export function frozen<T>(text: string): T {
  return JSON.parse(text, (_, value: unknown) => Object.freeze(value)) as T;
}
