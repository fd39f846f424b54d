import type { Entry, EntryParam, Id, Member } from "tvf";

/** An indicator that is switched on. */
export interface Active {
  readonly key: number;
  readonly id: Id;
  readonly params: Readonly<Record<string, number | string>>;
}

export function memberOf({ id, params }: Active): Member {
  return { id, ...params } as Member;
}

/** What a chart's legend and the list call it: `RSI 14`. */
export function nameOf(entry: Entry, active?: Active): string {
  const values = shownParams(entry).map((param) => active?.params[param.name] ?? param.default);
  const short = entry.id.toUpperCase().replaceAll("_", " ");
  // What is 0 is left out: an offset that nobody has set.
  const told = values.filter((value) => typeof value === "number" && value !== 0).slice(0, 3);
  return told.length > 0 ? `${short} ${told.join(" ")}` : short;
}

/** Parameters that a trader turns: not those in which definitions differ. */
export function shownParams(entry: Entry): readonly EntryParam[] {
  return entry.params.filter(({ talib, sameAs }) => talib === undefined && sameAs === undefined);
}

export interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** The catalog by where a chart draws it. */
export function groupsOf(entries: readonly Entry[]): readonly Group[] {
  const groups = [
    { title: "Over the prices", is: (entry: Entry) => entry.kind === "series" && entry.chart.overlay },
    { title: "In a pane", is: (entry: Entry) => entry.kind === "series" && !entry.chart.overlay },
    { title: "Events and levels", is: (entry: Entry) => entry.kind === "table" },
  ];
  return groups.map(({ title, is }) => ({ title, entries: entries.filter(is) }));
}
