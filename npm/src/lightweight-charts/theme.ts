/** The colours of what is drawn. */
export interface Theme {
  /** Lines, one after the other; outputs take them in turn. */
  readonly lines: readonly string[];
  /** What rises: bars, supports, positive columns. */
  readonly rise: string;
  /** What falls. */
  readonly fall: string;
  /** What tells no direction: levels of a pane, small columns. */
  readonly quiet: string;
  /** How strongly areas are filled, from 0 to 1. */
  readonly fill: number;
}

/** For a dark background. */
export const DARK: Theme = {
  lines: ["#4f9cf9", "#f5a524", "#c084fc", "#22d3ee", "#f472b6", "#a3e635", "#fb7185", "#fde047"],
  rise: "#26a69a",
  fall: "#ef5350",
  quiet: "#7d8597",
  fill: 0.12,
};

/** For a light background. */
export const LIGHT: Theme = {
  lines: ["#1d6fe0", "#d97706", "#9333ea", "#0891b2", "#db2777", "#4d7c0f", "#e11d48", "#a16207"],
  rise: "#0b8f80",
  fall: "#d93f3c",
  quiet: "#8a92a3",
  fill: 0.1,
};

/** A theme by its name, or the caller's own. */
export function themeOf(theme: "dark" | "light" | Theme | undefined): Theme {
  if (typeof theme === "object") return theme;
  return theme === "light" ? LIGHT : DARK;
}

/** A colour such as `#4f9cf9` with an opacity; others are left as they are. */
export function faint(colour: string, opacity: number): string {
  const hex = /^#([\da-f]{6})$/i.exec(colour)?.[1];
  if (hex === undefined) return colour;
  const channel = (i: number) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return `rgba(${channel(0)}, ${channel(1)}, ${channel(2)}, ${opacity})`;
}
