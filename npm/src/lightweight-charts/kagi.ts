import { Drawing } from "./drawing.js";
import type { Stage } from "./layer.js";
import { type Canvas, height, seenPoints } from "./primitive.js";

const [THIN, THICK] = [1.3, 3.2];

/** Rows of Kagi as its line: legs beside each other, joined where the line turns, thick while buyers are stronger. */
export class Kagi extends Drawing {
  constructor(stage: Stage) {
    super(stage, "normal");
  }

  protected draw({ context }: Canvas): void {
    const { chart, price, page, source, theme } = this.stage;
    // Bars may go before the chart does.
    const seen = source.isFreed ? undefined : seenPoints(chart, page);
    if (!seen) return;
    const stroke = (thick: boolean, ...points: readonly (readonly [number, number])[]) => {
      context.strokeStyle = thick ? theme.rise : theme.fall;
      context.lineWidth = thick ? THICK : THIN;
      context.beginPath();
      points.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
      context.stroke();
    };
    context.save();
    context.lineCap = "square";
    for (let i = seen.from; i < seen.to; i++) {
      const row = source.at(page.bars[i] as number);
      const [x, next] = [seen.x(i), seen.x(i + 1)];
      const [begin, end, turned] = [height(price, row?.["open"]), height(price, row?.["close"]), height(price, row?.["turned"])];
      if (!row || x === null || begin === null || end === null) continue;
      const thick = (row["line"] as number) > 0;
      if (turned === null) stroke(thick, [x, begin], [x, end]);
      else {
        stroke(!thick, [x, begin], [x, turned]);
        stroke(thick, [x, turned], [x, end]);
      }
      if (i + 1 < page.seconds.length && next !== null) stroke(thick, [x, end], [next, end]);
    }
    context.restore();
  }
}
