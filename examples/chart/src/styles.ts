import { useEffect, useState } from "react";
import { type Bars, TransformedBars, type TransformKind, type TransformParams } from "tvf";
import type { ChartBarsOptions } from "tvf/lightweight-charts";

/** How prices are shown. */
export type StyleName = "candles" | Exclude<TransformKind, "tick_bars" | "dollar_bars">;

export interface Style {
  readonly name: StyleName;
  /** The size of a brick, a box, a turn or a row; what suits the bars, if not said. */
  readonly size?: number;
}

type Member = { readonly kind: TransformKind } & TransformParams[TransformKind];

interface Kind {
  readonly name: StyleName;
  readonly title: string;
  /** What its size is. */
  readonly size?: string;
  /** A size that suits bars. */
  readonly suits?: (bars: Bars) => number;
  readonly member?: (size: number) => Member;
  readonly drawn?: (size: number) => ChartBarsOptions["style"];
}

/** A step such as 0.5, 1 or 2 that a range has some times. */
function nice(range: number): number {
  const unit = 10 ** Math.floor(Math.log10(range));
  const steps = [1, 2, 5, 10].map((step) => step * unit);
  return Number((steps.find((step) => step >= range) ?? unit).toPrecision(1));
}

/** Half the average true range of the last bars, as a nice number. */
const step = (bars: Bars) => nice((bars.compute([{ id: "atr" }], { from: -200 })[0].at(-1) ?? 2) / 2);
const volume = (bars: Bars) => {
  const { volume = new Float64Array([1]) } = bars.window(-200);
  return nice((5 * volume.reduce((sum, traded) => sum + traded, 0)) / volume.length);
};

/** All styles, in the order of the menu. */
export const STYLES: readonly Kind[] = [
  { name: "candles", title: "Candles" },
  { name: "heikin_ashi", title: "Heikin-Ashi", member: () => ({ kind: "heikin_ashi" }) },
  { name: "renko", title: "Renko", size: "Brick", suits: step, member: (brick) => ({ kind: "renko", brick }) },
  {
    name: "kagi",
    title: "Kagi",
    size: "Reversal",
    suits: (bars) => 2 * step(bars),
    member: (reversal) => ({ kind: "kagi", reversal }),
    drawn: () => "kagi",
  },
  {
    name: "point_and_figure",
    title: "Point & Figure",
    size: "Box",
    suits: step,
    member: (box) => ({ kind: "point_and_figure", box }),
    drawn: (box) => ({ box }),
  },
  { name: "line_break", title: "Line break", size: "Lines", suits: () => 3, member: (lines) => ({ kind: "line_break", lines }) },
  { name: "range_bars", title: "Range bars", size: "Range", suits: (bars) => 2 * step(bars), member: (size) => ({ kind: "range_bars", size }) },
  { name: "volume_bars", title: "Volume bars", size: "Volume", suits: volume, member: (size) => ({ kind: "volume_bars", size }) },
];

export const kindOf = (style: Style): Kind => STYLES.find(({ name }) => name === style.name) as Kind;

export interface Shown {
  readonly bars: Bars;
  /** The size that rows have, as it was said or chosen. */
  readonly size?: number;
  readonly drawn: ChartBarsOptions["style"];
}

/** The bars in a style: themselves, or what a transform makes of them, which follows them. Or why that cannot be. */
export function useStyled(bars: Bars | undefined, style: Style): readonly [Shown | undefined, string | undefined] {
  const [shown, setShown] = useState<Shown>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    setError(undefined);
    if (!bars || bars.isFreed) return setShown(undefined);
    const { member, suits, drawn } = kindOf(style);
    if (!member) return setShown({ bars, drawn: "candles" });
    const size = style.size ?? suits?.(bars) ?? 1;
    let transformed: TransformedBars;
    try {
      transformed = new TransformedBars(bars, member(size));
    } catch (error) {
      setError((error as Error).message);
      return undefined;
    }
    setShown({ bars: transformed.bars, size, drawn: drawn?.(size) ?? "candles" });
    return () => {
      setShown(undefined);
      transformed.free();
    };
  }, [bars, style]);
  return [shown, error];
}
