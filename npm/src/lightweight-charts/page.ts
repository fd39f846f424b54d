/** Bars from one to before another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How many times what is seen a page holds: enough to move on for a while. */
const AHEAD = 4;
/** Fewer bars than this are not worth another page. */
const LEAST = 600;

/**
 * How many bars the series of a chart hold. With every tick a chart lays out all the points it has, seen or not, so that
 * it gets a page of a few times what is seen: `most` at most, and all that is seen in any case.
 */
export function pageSize(seen: Span, most: number): number {
  return Math.min(most, Math.max(LEAST, AHEAD * (seen.to - seen.from)));
}

/** The page around what is seen. */
export function pageAround(seen: Span, length: number, size: number): Span {
  const middle = (seen.from + seen.to) >> 1;
  const from = Math.max(0, Math.min(middle - (size >> 1), length - size));
  return { from, to: Math.min(length, from + size) };
}

/** The page of the last bars, unless others are seen. */
export function lastPage(seen: Span, length: number, size: number): Span {
  const from = Math.max(0, length - size);
  return seen.from < from ? pageAround(seen, length, size) : { from, to: length };
}

/** The page that should take the place of one, or undefined while that is good. */
export function turned(page: Span, seen: Span, length: number, size: number): Span | undefined {
  const margin = size / 5;
  const before = seen.from - page.from < margin && page.from > 0;
  const behind = page.to - seen.to < margin && page.to < length;
  const isLarge = page.to - page.from > 2.5 * size;
  if (!before && !behind && !isLarge) return undefined;
  const next = pageAround(seen, length, size);
  // Far enough to be worth it: zoomed out, all of a page is seen, and so always near its ends.
  const moved = Math.max(Math.abs(next.from - page.from), Math.abs(next.to - page.to));
  const reachesEnd = (next.from === 0 && page.from > 0) || (next.to === length && page.to < length);
  return moved >= margin / 2 || reachesEnd ? next : undefined;
}
