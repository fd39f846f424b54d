import { Drawing } from "./drawing.js";
import type { Stage } from "./layer.js";
import { type Canvas, height, seenPoints } from "./primitive.js";
import type { Followed } from "./source.js";
import { faint } from "./theme.js";

/** Most levels that are drawn: of those in sight, the ones with the most touches. */
const MOST = 12;

/** Prices that turned the market, as lines from where each began; the more touches, the stronger. */
export class Levels extends Drawing {
  readonly #results: Followed<"support_resistance">;

  constructor(stage: Stage, results: Followed<"support_resistance">) {
    super(stage, "bottom");
    this.#results = results;
  }

  protected draw({ context, width, height: tall }: Canvas): void {
    const { chart, page, price, theme } = this.stage;
    if (this.#results.isFreed) return;
    const seen = seenPoints(chart, page);
    context.font = "10px system-ui, sans-serif";
    context.textAlign = "right";
    context.textBaseline = "bottom";
    const inSight = [...(this.#results.table() ?? [])].flatMap((row) => {
      const y = height(price, row.price);
      return y !== null && y >= 0 && y <= tall ? [{ ...row, y }] : [];
    });
    const drawn = inSight.sort((a, b) => b.touches - a.touches).slice(0, MOST);
    const most = drawn[0]?.touches ?? 1;
    for (const { y, touches, first, role } of drawn) {
      const point = first < page.from ? undefined : page.pointOf(first);
      const x = point === undefined ? 0 : Math.max(0, seen?.x(point) ?? 0);
      const colour = role > 0 ? theme.rise : theme.fall;
      context.strokeStyle = faint(colour, 0.25 + (0.55 * touches) / most);
      context.lineWidth = touches > most / 2 ? 2 : 1;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(width, y);
      context.stroke();
      context.fillStyle = colour;
      context.fillText(`×${touches}`, width - 6, y - 2);
    }
  }
}
