/** What happened to bars: many were added, one was added, the last one changed, or all are gone. */
export type Change = "append" | "push" | "replace" | "free";

/** Who is told of each change. */
export class Listeners<T = Change> {
  readonly #all = new Set<{ readonly tell: (change: T) => void }>();

  /** Adds one; what is given back lets it go. The same function may be there twice. */
  add(tell: (change: T) => void): () => void {
    const one = { tell };
    this.#all.add(one);
    return () => void this.#all.delete(one);
  }

  tell(change: T): void {
    for (const one of this.#all) one.tell(change);
  }

  /** Lets all of them go. */
  clear(): void {
    this.#all.clear();
  }
}
