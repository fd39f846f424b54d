import { TvfError } from "../errors.js";
import { Drawing } from "./drawing.js";
import type { Stage } from "./layer.js";
import { type Canvas, height, seenPoints } from "./primitive.js";

/** Below this, in pixels, boxes are too small to read, and columns are drawn as bars. */
const LEAST = 3;

/** Refuses what is no height of a box. */
export function checkBox(box: unknown): void {
  if (typeof box === "number" && box > 0 && Number.isFinite(box)) return;
  throw new TvfError("param_range", `box ${String(box)} is not above 0`, "box", String(box), "above 0");
}

/** Rows of Point & Figure as columns of X and O. */
export class PointAndFigure extends Drawing {
  readonly #box: number;

  constructor(stage: Stage, box: number) {
    super(stage, "normal");
    this.#box = box;
  }

  protected draw({ context, height: tall }: Canvas): void {
    const { chart, price, page, source, theme } = this.stage;
    // Bars may go before the chart does.
    const seen = source.isFreed ? undefined : seenPoints(chart, page);
    if (!seen) return;
    context.save();
    context.lineWidth = 1.4;
    const half = Math.max(((seen.x(1) ?? 0) - (seen.x(0) ?? 0)) / 2 - 1, 0.5);
    for (let i = seen.from; i < seen.to; i++) {
      const row = source.at(page.bars[i] as number);
      const x = seen.x(i);
      if (!row || x === null) continue;
      const { low = NaN, high = NaN, direction = 0 } = row;
      const [top, bottom, next] = [height(price, high), height(price, low), height(price, low + this.#box)];
      if (top === null || bottom === null || next === null) continue;
      const rises = direction > 0;
      context.strokeStyle = context.fillStyle = rises ? theme.rise : theme.fall;
      // A scale may also be upside down.
      const size = Math.abs(bottom - next);
      if (size < LEAST || half < LEAST / 2) {
        context.fillRect(x - half, Math.min(top, bottom), 2 * half, Math.max(Math.abs(bottom - top), 1));
        continue;
      }
      const boxes = Math.round((high - low) / this.#box);
      for (let box = 0; box <= boxes; box++) {
        const y = height(price, low + box * this.#box);
        if (y === null || y < -half || y > tall + half) continue;
        draw(context, rises, x, y, Math.min(half, size / 2 - 0.5));
      }
    }
    context.restore();
  }
}

/** An X or an O around a point. */
function draw(context: CanvasRenderingContext2D, cross: boolean, x: number, y: number, half: number): void {
  context.beginPath();
  if (cross) {
    context.moveTo(x - half, y - half);
    context.lineTo(x + half, y + half);
    context.moveTo(x - half, y + half);
    context.lineTo(x + half, y - half);
  } else context.ellipse(x, y, half, half, 0, 0, 2 * Math.PI);
  context.stroke();
}
