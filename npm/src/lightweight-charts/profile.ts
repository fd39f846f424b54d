import type { Member } from "../members.js";
import type { Result } from "../results.js";
import type { Layer, Stage } from "./layer.js";
import type { Span } from "./page.js";
import { type Canvas, height, Primitive } from "./primitive.js";
import { faint, type Theme } from "./theme.js";

/** How much of the pane's width the longest row takes. */
const WIDEST = 0.22;

/** What was traded at which price in the bars that are seen, from the right edge; buyers and sellers apart. */
export class Profile extends Primitive implements Layer {
  readonly #stage: Stage;
  readonly #member: Member<"volume_profile">;
  #table: Result<"volume_profile"> | undefined;
  #of: Span = { from: 0, to: 0 };
  #changed = true;
  #isComing = false;

  constructor(stage: Stage, member: Member<"volume_profile">) {
    super("bottom");
    this.#stage = stage;
    this.#member = member;
    stage.price.attachPrimitive(this);
  }

  /** The profile that is drawn. */
  get table(): Result<"volume_profile"> | undefined {
    return this.#table;
  }

  show(): void {
    this.#changed = true;
  }

  follow(): void {
    this.#changed = true;
  }

  /** Computes it anew if other bars are seen, or if they have changed; one after the other, where it takes its time. */
  see(seen: Span): void {
    const isSame = seen.from === this.#of.from && seen.to === this.#of.to;
    if (this.#isComing || (isSame && !this.#changed)) return;
    this.#of = seen;
    this.#changed = false;
    this.#isComing = true;
    this.#stage.source.profile(this.#member, seen, (table) => {
      this.#table = table;
      this.#isComing = false;
      this.redraw();
    });
  }

  paint(_: Theme): void {
    this.redraw();
  }

  remove(): void {
    this.#stage.price.detachPrimitive(this);
  }

  protected draw({ context, width }: Canvas): void {
    const table = this.#table;
    const { price, theme } = this.#stage;
    if (!table || table.length === 0) return;
    const most = table.volume.reduce((most, volume) => (volume > most ? volume : most), 0);
    if (!(most > 0)) return;
    const scale = (WIDEST * width) / most;
    for (const { low, high, buy, sell } of table) {
      const [top, bottom] = [height(price, high), height(price, low)];
      if (top === null || bottom === null) continue;
      const inside = high > table.value_low && low < table.value_high;
      const tall = Math.max(bottom - top - 1, 1);
      context.fillStyle = faint(theme.rise, inside ? 0.42 : 0.2);
      context.fillRect(width - buy * scale, top, buy * scale, tall);
      context.fillStyle = faint(theme.fall, inside ? 0.42 : 0.2);
      context.fillRect(width - (buy + sell) * scale, top, sell * scale, tall);
    }
    const y = height(price, table.poc);
    if (y === null) return;
    context.strokeStyle = theme.lines[1] ?? theme.quiet;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(width * (1 - 1.6 * WIDEST), y);
    context.lineTo(width, y);
    context.stroke();
  }
}
