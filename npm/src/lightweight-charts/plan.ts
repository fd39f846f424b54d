import type { Definition } from "../catalog.js";

/** How an output is drawn as a series of its own. */
export interface PlannedSeries {
  readonly kind: "series";
  readonly output: number;
  readonly style: "line" | "edge" | "histogram" | "dots";
  /** The output whose sign tells the colour of each dot. */
  readonly sign?: number;
}

/** The area between two outputs; a cloud has the colour of the edge on top. */
export interface PlannedArea {
  readonly kind: "area";
  readonly edges: readonly [number, number];
  readonly cloud: boolean;
}

/** How the rows of a table are drawn. */
export interface PlannedRows {
  readonly kind: "markers" | "levels" | "profile";
}

export type Planned = PlannedSeries | PlannedArea | PlannedRows;

/** What a chart draws of an indicator, from the hints of its definition. */
export function planOf({ kind, outputs, chart }: Definition): Planned[] {
  if (kind === "table") {
    const [style] = chart.styles;
    return [{ kind: style === "marker" ? "markers" : style === "histogram" ? "profile" : "levels" }];
  }
  const hidden = chart.styles.indexOf("hidden");
  const planned: Planned[] = [];
  chart.styles.forEach((style, output) => {
    if (style === "line" || style === "histogram") planned.push({ kind: "series", output, style });
    else if (style === "band") planned.push({ kind: "series", output, style: "edge" });
    else if (style === "marker") {
      planned.push({ kind: "series", output, style: "dots", ...(hidden < 0 ? {} : { sign: hidden }) });
    }
  });
  const edges = outputs.flatMap((_, i) => (chart.styles[i] === "band" ? [i] : []));
  if (edges.length === 2) {
    const [a, b] = edges as [number, number];
    // Edges that a chart draws ahead of their bars are those of a cloud: they part, meet and change places.
    const cloud = (outputs[a]?.shift ?? 0) !== 0;
    planned.push({ kind: "area", edges: [a, b], cloud });
  }
  return planned;
}
