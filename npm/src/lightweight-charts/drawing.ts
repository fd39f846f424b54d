import type { PrimitivePaneViewZOrder } from "lightweight-charts";
import type { Layer, Stage } from "./layer.js";
import { Primitive } from "./primitive.js";
import type { Theme } from "./theme.js";

/** A layer that is drawn on the prices each time the chart is, from what there is then. */
export abstract class Drawing extends Primitive implements Layer {
  protected readonly stage: Stage;

  constructor(stage: Stage, order: PrimitivePaneViewZOrder) {
    super(order);
    this.stage = stage;
    stage.price.attachPrimitive(this);
  }

  show(): void {
    this.redraw();
  }

  follow(): void {
    this.redraw();
  }

  paint(_: Theme): void {
    this.redraw();
  }

  remove(): void {
    this.stage.price.detachPrimitive(this);
  }
}
