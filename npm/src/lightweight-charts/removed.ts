import type { IChartApi } from "lightweight-charts";

/** Whether a chart was removed by its owner: then it is in no element any more, and answers with exceptions. */
export function isRemoved(chart: IChartApi): boolean {
  return chart.chartElement().parentElement === null;
}
