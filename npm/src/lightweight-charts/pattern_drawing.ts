import type { ISeriesApi, SeriesType } from "lightweight-charts";
import type { FamilyId } from "../families.js";
import type { Pattern, PatternPoint } from "../patterns.js";
import { type Canvas, height } from "./primitive.js";
import type { Source } from "./source.js";
import { faint, type Theme } from "./theme.js";

/** What a pattern is drawn with. */
export interface Look {
  /** Where a bar is; outside of the pane, too. */
  readonly x: (bar: number) => number | null;
  readonly price: ISeriesApi<SeriesType>;
  readonly theme: Theme;
  readonly family: FamilyId;
  readonly source: Source;
  readonly labels: Labels;
}

/** Writes words where there are none yet: words over words could not be read. */
export class Labels {
  readonly #taken: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }[] = [];

  /** Writes words around, above or below a point, unless others are there; important ones in any case. */
  write(context: CanvasRenderingContext2D, words: string, x: number, y: number, side: "above" | "below" | "right", colour: string, always = false): void {
    const wide = context.measureText(words).width;
    const left = side === "right" ? x : x - wide / 2;
    const top = side === "above" ? y - LINE : side === "below" ? y : y - LINE / 2;
    const place = { left, right: left + wide, top, bottom: top + LINE };
    const isFree = this.#taken.every((one) => one.right < place.left || one.left > place.right || one.bottom < place.top || one.top > place.bottom);
    if (!isFree && !always) return;
    this.#taken.push(place);
    context.fillStyle = colour;
    context.textAlign = side === "right" ? "left" : "center";
    context.textBaseline = side === "above" ? "bottom" : side === "below" ? "top" : "middle";
    context.fillText(words, x, y);
  }
}

/** The height of a line of words, in pixels. */
const LINE = 12;

/** Patterns whose spans share more than this are taken for two views of one move. */
const SHARED = 0.5;
/** The most of a family that are drawn. */
const MOST = 60;
/** What is drawn of a pattern's zone and levels behind its last point, in lengths of the pattern. */
const AHEAD = 0.4;
const FONT = "11px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
/** Lines of price patterns that go through all points of a name. */
const LINES = ["upper line", "lower line", "neckline"];

/**
 * Of patterns that lie over each other the best: those with the highest scores, and whichever is selected first. Lines over lines
 * could not be read. Counted bars of TD do not hide each other.
 */
export function uncovered(all: readonly Pattern[], selected: Pattern | undefined, family: FamilyId): readonly Pattern[] {
  const chosen: Pattern[] = [];
  const rank = (pattern: Pattern) => (pattern === selected ? 2 : pattern.confirmed === null ? 1 + pattern.score : pattern.score);
  for (const pattern of [...all].sort((a, b) => rank(b) - rank(a))) {
    const isFree = family === "td" || chosen.every((other) => shared(pattern, other) <= SHARED);
    if (isFree && chosen.push(pattern) === MOST) break;
  }
  return chosen;
}

/** The share of the longer of two patterns' bars that both have: patterns of another size are told apart. */
function shared(a: Pattern, b: Pattern): number {
  const [from, to] = [spanOf(a), spanOf(b)];
  const both = Math.min(from[1], to[1]) - Math.max(from[0], to[0]);
  return both / Math.max(from[1] - from[0], to[1] - to[0], 1);
}

function spanOf({ points }: Pattern): readonly [number, number] {
  return [points[0]?.bar ?? 0, points.at(-1)?.bar ?? 0];
}

/** What a pattern is called: `head and shoulders`. */
function titleOf({ name, score }: Pattern): string {
  return `${name.replaceAll("_", " ")} ${score.toFixed(2)}`;
}

interface Corner {
  readonly x: number;
  readonly y: number;
  readonly point: PatternPoint;
}

/** Draws a pattern: its points, its zone, its name; with its targets and the price of its failure, if it is selected. */
export function drawPattern(canvas: Canvas, pattern: Pattern, isSelected: boolean, look: Look): void {
  const { context } = canvas;
  const { theme, family } = look;
  const colour = pattern.direction > 0 ? theme.rise : pattern.direction < 0 ? theme.fall : theme.quiet;
  const corners = pattern.points.flatMap((point): Corner[] => {
    const [x, y] = [look.x(point.bar), height(look.price, point.price)];
    return x === null || y === null ? [] : [{ x, y, point }];
  });
  const last = corners.at(-1);
  if (!last) return;
  context.save();
  context.font = FONT;
  context.lineJoin = "round";
  context.setLineDash(pattern.confirmed === null ? [5, 4] : []);
  if (family === "td") count(canvas, pattern, corners, colour, look);
  else {
    if (family === "harmonic") fillWings(context, corners, colour, theme);
    const isQuiet = family === "price_patterns";
    path(context, corners, faint(isQuiet ? theme.quiet : colour, isSelected ? 1 : 0.75), isSelected ? 2 : 1.3);
    if (isQuiet) LINES.forEach((role) => trend(context, corners, role, colour, isSelected));
    const sideOf = (corner: Corner) => (isTop(corners, corner) ? "above" : "below");
    const write = (words: string, { x, y }: Corner, distance: number, side: "above" | "below") =>
      look.labels.write(context, words, x, y + (side === "above" ? -distance : distance), side, colour, isSelected);
    write(titleOf(pattern), last, isQuiet ? 6 : 20, sideOf(last));
    if (!isQuiet) for (const corner of corners) write(corner.point.role, corner, 5, sideOf(corner));
  }
  level(canvas, pattern, corners, colour, isSelected, look);
  context.restore();
}

function path(context: CanvasRenderingContext2D, corners: readonly Corner[], colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  corners.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.stroke();
}

/** The two triangles of five points in a row. */
function fillWings(context: CanvasRenderingContext2D, corners: readonly Corner[], colour: string, theme: Theme): void {
  context.fillStyle = faint(colour, theme.fill);
  for (let i = 0; i + 2 < corners.length; i += 2) {
    context.beginPath();
    corners.slice(i, i + 3).forEach(({ x, y }, j) => (j === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    context.closePath();
    context.fill();
  }
}

/** A line of the pattern, from its first point on as far as the pattern goes. */
function trend(context: CanvasRenderingContext2D, all: readonly Corner[], role: string, colour: string, isSelected: boolean): void {
  const corners = all.filter(({ point }) => point.role === role);
  const [first, last, end] = [corners[0], corners.at(-1), all.at(-1)];
  if (!first || !last || !end) return;
  const slope = last.x === first.x ? 0 : (last.y - first.y) / (last.x - first.x);
  const start = role === "neckline" && all[0] ? all[0].x : first.x;
  context.strokeStyle = colour;
  context.lineWidth = isSelected ? 2.4 : 1.6;
  context.beginPath();
  context.moveTo(start, first.y + slope * (start - first.x));
  context.lineTo(end.x, first.y + slope * (end.x - first.x));
  context.stroke();
}

/** Counted bars: their numbers beside them, those of a countdown beyond those of a setup. */
function count(canvas: Canvas, pattern: Pattern, corners: readonly Corner[], colour: string, { price, source, theme, labels }: Look): void {
  const { context } = canvas;
  const { name, direction } = pattern;
  const isSetup = name === "setup";
  // The same nine bars, once more: only that they are perfected is news.
  const shown = name === "perfected_setup" ? corners.slice(-1) : corners;
  const row = isSetup ? 0 : name === "perfected_setup" ? 1 : 2;
  const tone = name === "combo" ? (theme.lines[2] ?? theme.quiet) : name === "countdown" ? (theme.lines[1] ?? theme.quiet) : colour;
  for (const { x, point } of shown) {
    const bar = source.at(point.bar);
    const y = height(price, direction > 0 ? bar?.["low"] : bar?.["high"]);
    if (y === null) continue;
    const isLast = point === pattern.points.at(-1);
    context.font = isLast ? `bold ${FONT}` : FONT;
    const away = (4 + 12 * row) * (direction > 0 ? 1 : -1);
    const word = name === "perfected_setup" ? "✓" : point.role;
    labels.write(context, word, x, y + away, direction > 0 ? "below" : "above", tone, isLast);
  }
}

/** The zone; and, where the pattern is selected, its targets and the price beyond which it has failed. */
function level(canvas: Canvas, pattern: Pattern, corners: readonly Corner[], colour: string, isSelected: boolean, look: Look): void {
  const { context } = canvas;
  const { zone, targets, invalidation, direction } = pattern;
  const [first, last] = [corners[0] as Corner, corners.at(-1) as Corner];
  const end = last.x + Math.max((last.x - first.x) * AHEAD, 30);
  const [low, high] = [height(look.price, zone?.[0]), height(look.price, zone?.[1])];
  if (low !== null && high !== null && (isSelected || look.family !== "td")) {
    context.fillStyle = faint(colour, isSelected ? 0.22 : 0.12);
    context.fillRect(last.x, Math.min(low, high), end - last.x, Math.max(Math.abs(high - low), 1));
  }
  if (!isSelected) return;
  context.font = FONT;
  // A line of TD holds from the first counted bar on.
  const start = look.family === "td" ? first.x : last.x;
  const line = (price: number | null, name: string, tone: string) => {
    const y = height(look.price, price ?? undefined);
    if (y === null || price === null) return;
    context.strokeStyle = tone;
    context.lineWidth = 1;
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(start, y);
    context.lineTo(end, y);
    context.stroke();
    look.labels.write(context, `${name} ${price.toFixed(2)}`, end + 4, y, "right", tone, true);
  };
  const { rise, fall, quiet } = look.theme;
  for (const [name, price] of Object.entries(targets)) line(price, `target ${name}`, direction < 0 ? fall : direction > 0 ? rise : quiet);
  line(invalidation, "failure", quiet);
}

/** Whether a point is a top of the path. */
function isTop(corners: readonly Corner[], corner: Corner): boolean {
  const at = corners.indexOf(corner);
  const beside = corners[at === 0 ? 1 : at - 1];
  return beside === undefined || corner.y < beside.y;
}
