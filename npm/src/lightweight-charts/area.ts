import type { IChartApi, ISeriesApi, SeriesType } from "lightweight-charts";
import type { Read } from "./points.js";
import { type Canvas, height, Primitive, seenPoints } from "./primitive.js";
import type { Timeline } from "./timeline.js";

/** What an area is drawn from; asked for each time, so that it is never old. */
export interface AreaSource {
  readonly chart: IChartApi;
  readonly series: ISeriesApi<SeriesType>;
  readonly page: Timeline;
  readonly shift: number;
  /** Both edges, or nothing where they cannot be read any more. */
  readonly edges: readonly [Read, Read] | undefined;
  /** The colour where the first edge is on top, and where the second is. */
  readonly colours: readonly [string, string];
}

interface Corner {
  readonly x: number;
  readonly a: number;
  readonly b: number;
}

/** The area between two lines: a band, or a cloud whose colour changes where the lines cross. */
export class Area extends Primitive {
  readonly #source: () => AreaSource;

  constructor(source: () => AreaSource) {
    super("bottom");
    this.#source = source;
  }

  protected draw({ context }: Canvas): void {
    const { chart, series, page, shift, edges, colours } = this.#source();
    const seen = edges && seenPoints(chart, page, page.isLast ? Math.max(shift, 0) : 0);
    if (!edges || !seen) return;
    const [first, second] = edges;
    const points = page.seconds.length;
    let run: Corner[] = [];
    const fill = () => {
      const tone = run.some(({ a, b }) => a < b) ? 0 : run.some(({ a, b }) => a > b) ? 1 : 0;
      if (run.length > 1) outline(context, run, colours[tone]);
      run = [];
    };
    for (let i = seen.from; i < seen.to; i++) {
      const bar = (i < points ? (page.bars[i] as number) : page.to + i - points) - shift;
      const [x, a, b] = [seen.x(i), height(series, first(bar)), height(series, second(bar))];
      if (x === null || a === null || b === null) {
        fill();
        continue;
      }
      const last = run.at(-1);
      if (last && (last.a - last.b) * (a - b) < 0) {
        const share = (last.a - last.b) / (last.a - last.b - (a - b));
        const y = last.a + share * (a - last.a);
        const meeting = { x: last.x + share * (x - last.x), a: y, b: y };
        run.push(meeting);
        fill();
        run.push(meeting);
      }
      run.push({ x, a, b });
    }
    fill();
  }
}

function outline(context: CanvasRenderingContext2D, run: readonly Corner[], colour: string): void {
  context.beginPath();
  run.forEach(({ x, a }, i) => (i === 0 ? context.moveTo(x, a) : context.lineTo(x, a)));
  for (let i = run.length - 1; i >= 0; i--) {
    const { x, b } = run[i] as Corner;
    context.lineTo(x, b);
  }
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}
