/** Bars from one to before another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Which bars the series of a chart hold. A chart's cost of a new point grows with the points that it has, so that it
 * gets a page of them around those that are seen; `page` tells when they come near its end.
 */
export function pageAround(seen: Span, length: number, size: number): Span {
  const middle = (seen.from + seen.to) >> 1;
  const from = Math.max(0, Math.min(middle - (size >> 1), length - size));
  return { from, to: Math.min(length, from + size) };
}

/** The page of the last bars. */
export function lastPage(length: number, size: number): Span {
  return { from: Math.max(0, length - size), to: length };
}

/** The page that should take the place of one, or undefined while that is good. */
export function turned(page: Span, seen: Span, length: number, size: number): Span | undefined {
  const margin = size / 5;
  const before = seen.from - page.from < margin && page.from > 0;
  const behind = page.to - seen.to < margin && page.to < length;
  if (!before && !behind) return undefined;
  const next = pageAround(seen, length, size);
  // Far enough to be worth it: zoomed out, all of a page is seen, and so always near its ends.
  const moved = Math.max(Math.abs(next.from - page.from), next.to === length ? next.to - page.to : 0);
  return moved >= margin / 2 || (next.from === 0 && page.from > 0) || (next.to === length && page.to < length)
    ? next
    : undefined;
}
