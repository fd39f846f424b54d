import type { FamilyId } from "../families.js";
import { type Pattern, type PatternFamily, PatternWatch } from "../patterns.js";
import { Listeners } from "../listeners.js";
import type { Stage } from "./layer.js";
import { drawPattern, Labels, type Look, uncovered } from "./pattern_drawing.js";
import { type Canvas, Primitive, seenPoints } from "./primitive.js";
import type { Theme } from "./theme.js";

/** A family and its parameters: `{ family: "harmonic", tolerance: 0.1 }`. */
export interface PatternMember {
  readonly family: FamilyId;
  readonly [param: string]: unknown;
}

/** How a family's patterns are shown. */
export interface PatternOptions {
  /** Whether those are shown, too, that are not finished: dashed, since later bars may move or end them. True, if not said. */
  forming?: boolean;
}

/**
 * The patterns of a family on a chart, with their points, zones and names. They follow the bars: the last bar is taken to
 * be unfinished, and what it alone would make certain is among `forming`.
 */
export class ChartPatterns extends Primitive {
  readonly member: PatternMember;
  readonly family: PatternFamily;
  readonly #stage: Stage;
  readonly #watch: PatternWatch;
  readonly #forget: (patterns: ChartPatterns) => void;
  readonly #listeners = new Listeners<void>();
  readonly #isForming: boolean;
  #certain: readonly Pattern[] = [];
  #forming: readonly Pattern[] = [];
  #selected: Pattern | undefined;
  /** How many bars the watch has. */
  #taken = 0;

  /** @internal */
  constructor(stage: Stage, member: PatternMember, options: PatternOptions, forget: (patterns: ChartPatterns) => void) {
    super("top");
    this.#watch = new PatternWatch(member);
    this.member = member;
    this.family = this.#watch.family;
    this.#stage = stage;
    this.#isForming = options.forming ?? true;
    this.#forget = forget;
    stage.price.attachPrimitive(this);
  }

  /** Those that are certain, in the order of their confirmation; another array when there are more. */
  get patterns(): readonly Pattern[] {
    return this.#certain;
  }

  /** Those that are not finished: later bars may move them, or end them. */
  get forming(): readonly Pattern[] {
    return this.#forming;
  }

  /** The one that is drawn with its targets and the price of its failure. */
  get selected(): Pattern | undefined {
    return this.#selected;
  }

  /** Draws one with its targets and the price of its failure; none if nothing is said. */
  select(pattern?: Pattern): void {
    this.#selected = pattern;
    this.redraw();
    this.#listeners.tell();
  }

  /** Tells whenever the patterns have changed; what is given back ends it. */
  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** @internal */
  show(): void {
    this.#take();
    this.redraw();
  }

  /** @internal */
  follow(): void {
    this.show();
  }

  /** @internal */
  paint(_: Theme): void {
    this.redraw();
  }

  /** Takes them off the chart and gives their memory back. */
  remove(): void {
    this.#forget(this);
  }

  /** @internal Takes them off a chart that is still there. */
  takeOff(): void {
    this.#stage.price.detachPrimitive(this);
  }

  /** @internal Gives the memory back. */
  release(): void {
    this.#watch.free();
    this.#listeners.clear();
  }

  /** Takes the bars that have closed since, and looks at the one that has not. */
  #take(): void {
    const { source } = this.#stage;
    if (source.isFreed) return;
    const closed = Math.max(source.length - 1, 0);
    const { inputs } = this.family;
    const columns = (from: number, to: number) => {
      const all = source.window(from, to);
      return Object.fromEntries(inputs.flatMap(({ name }) => (all[name] ? [[name, all[name]]] : [])));
    };
    const before = this.#certain;
    if (closed > this.#taken) {
      const found = this.#watch.extend(columns(this.#taken, closed));
      if (found.length > 0) this.#certain = [...before, ...found];
      this.#taken = closed;
    }
    if (this.#isForming) {
      const last = Object.entries(columns(closed, source.length)).map(([name, values]) => [name, values[0]]);
      const alone = closed < source.length ? this.#watch.peek(Object.fromEntries(last)) : [];
      const forming = [...this.#watch.forming(), ...alone.map((pattern) => ({ ...pattern, confirmed: null }))];
      const isSame = before === this.#certain && JSON.stringify(forming) === JSON.stringify(this.#forming);
      if (isSame) return;
      this.#forming = forming;
    } else if (before === this.#certain) return;
    this.#listeners.tell();
  }

  protected draw(canvas: Canvas): void {
    const { chart, price, page, theme, source } = this.#stage;
    // Bars may go before the chart does.
    const seen = source.isFreed ? undefined : seenPoints(chart, page);
    if (!seen) return;
    const x = (bar: number) => seen.x(page.pointOf(bar) ?? bar - page.from);
    const [from, to] = [page.bars[seen.from] ?? page.from, page.bars[seen.to - 1] ?? page.to];
    const all = [...this.#certain, ...this.#forming].filter((pattern) => {
      const [first] = pattern.points;
      const end = Math.max(pattern.points.at(-1)?.bar ?? 0, pattern.confirmed ?? pattern.detected);
      return first !== undefined && first.bar <= to && end >= from;
    });
    const look: Look = { x, price, theme, family: this.family.id, source, labels: new Labels() };
    for (const pattern of uncovered(all, this.#selected, this.family.id)) {
      drawPattern(canvas, pattern, pattern === this.#selected, look);
    }
  }
}
