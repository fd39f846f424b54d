import { core } from "./core.js";
import type { Id } from "./indicators.js";
import { frozen, tell } from "./tell.js";
import { INDICATORS } from "./texts.js";

/** One indicator. */
export interface Entry {
  /** Its name in code. */
  readonly id: Id;
  /** `series`: columns as long as the bars; `table`: rows that belong to single bars. */
  readonly kind: "series" | "table";
  /** Its name for people. */
  readonly title: string;
  /** What it tells a trader. */
  readonly summary: string;
  /** How it is computed, in the words of outputs and parameters. */
  readonly formula: string;
  /** The answers for degenerate input. */
  readonly edges: readonly string[];
  /** Who published it. */
  readonly source: string;
  /** The columns it reads, in the order of the arguments. */
  readonly inputs: readonly EntryInput[];
  /** Its parameters. */
  readonly params: readonly EntryParam[];
  /** What it gives. */
  readonly outputs: readonly EntryOutput[];
  /** The numbers that a table has beside its rows. */
  readonly numbers: readonly { readonly name: string; readonly doc: string }[];
  /** What a table's rows are: events, each final when its bar closes, or the market's state at the last bar. */
  readonly rows?: "events" | "state";
  /** Leading bars without a value with the default parameters, for the output that starts last. */
  readonly warmup: number;
  /**
   * Leading bars whose values depend on where the data begins by more than 1e-6, with the default parameters, for the
   * output that converges last; null where no number of bars is enough.
   */
  readonly convergedFrom: number | null;
  /** What a missing value does to later bars. */
  readonly missing: "window" | "reseed" | "pass_over";
  /** How a chart shows it. */
  readonly chart: EntryChart;
}

/** A column that an indicator reads. */
export interface EntryInput {
  /** Its name; `source` is the close unless a member says otherwise. */
  readonly name: string;
  /** Whether a call may leave it out. */
  readonly optional: boolean;
}

/** A parameter. */
export interface EntryParam {
  readonly name: string;
  /** What it does. */
  readonly doc: string;
  readonly type: "int" | "float" | "choice" | "choice_or_int";
  /** Its value when not given; null where it is that of another parameter: see `sameAs`. */
  readonly default: number | string | null;
  /** Its value when not given and `compat` is `talib`, where that differs. */
  readonly talib?: number | string;
  /** The parameter whose value it takes when not given. */
  readonly sameAs?: string;
  readonly min?: number;
  readonly max?: number;
  /** The words it may be. */
  readonly choices?: readonly string[];
}

/** A column that an indicator gives. */
export interface EntryOutput {
  readonly name: string;
  /** What it is. */
  readonly doc: string;
  /** What its numbers are; columns of series are always values. */
  readonly kind: "value" | "index" | "time" | "sign";
  /** Whether values may be missing after the warm-up for reasons other than missing input. */
  readonly gaps?: boolean;
  /** Leading bars without a value, with the default parameters. */
  readonly warmup?: number;
  /** Leading bars whose values depend on where the data begins, with the default parameters; null where any may. */
  readonly convergedFrom?: number | null;
  /** How many bars to the right of its own a chart draws each value, with the default parameters. */
  readonly shift?: number;
}

/** Hints for a chart. */
export interface EntryChart {
  /** Whether it is drawn over the prices rather than in a pane of its own. */
  readonly overlay: boolean;
  /** How each output is drawn; one that is hidden tells the colour of another's marks. */
  readonly styles: readonly ("line" | "histogram" | "band" | "marker" | "hidden")[];
  /** Levels worth a line of their own. */
  readonly levels: readonly number[];
}

type Untold<T> = readonly Omit<T, "doc">[];

/** What the package itself needs of an indicator: all but the sentences about it. */
export interface Definition
  extends Omit<Entry, "summary" | "formula" | "edges" | "source" | "params" | "outputs" | "numbers"> {
  readonly params: Untold<EntryParam>;
  readonly outputs: Untold<EntryOutput>;
  readonly numbers: Untold<EntryOutput>;
}

let entries: readonly Entry[] | undefined;
const byId = new Map<string, Definition>();

/** Every indicator with its parameters, results and documentation. */
export function catalog(): readonly Entry[] {
  entries ??= readCatalog(core().glue.catalog());
  return entries;
}

/** The entries in a module's text. */
export function readCatalog(text: string): readonly Entry[] {
  return tell(readDefinitions(text), INDICATORS);
}

/** The same without the sentences. */
export function readDefinitions(text: string): readonly Definition[] {
  return frozen(text);
}

/** The definition of an id that the module has accepted. */
export function entryOf(id: string): Definition {
  return findEntry(id) as Definition;
}

/** The definition of an id, if there is one. */
export function findEntry(id: string): Definition | undefined {
  if (byId.size === 0) for (const entry of readDefinitions(core().glue.catalog())) byId.set(entry.id, entry);
  return byId.get(id);
}
