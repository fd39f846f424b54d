import { ColorType, type ChartOptions, type DeepPartial } from "lightweight-charts";

export type ThemeName = "dark" | "light";

/** The chart's own colours; those of what is drawn on it are the adapter's. */
export function chartOptions(theme: ThemeName): DeepPartial<ChartOptions> {
  const dark = theme === "dark";
  const [background, text, grid, line] = dark
    ? ["#0f131a", "#9aa4b5", "#1a202b", "#2a3342"]
    : ["#ffffff", "#57606f", "#eef1f5", "#d5dbe4"];
  return {
    layout: {
      background: { type: ColorType.Solid, color: background },
      textColor: text,
      fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
      fontSize: 11,
      panes: { separatorColor: line, separatorHoverColor: dark ? "#4f9cf933" : "#1d6fe033", enableResize: true },
    },
    grid: { vertLines: { color: grid }, horzLines: { color: grid } },
    crosshair: { mode: 0 },
    rightPriceScale: { borderColor: line },
    timeScale: { borderColor: line, timeVisible: true, rightOffset: 6 },
  };
}
