import { useState } from "react";
import type { Entry, EntryParam, Member } from "tvf";
import { TvfError } from "tvf";
import type { ChartBars } from "tvf/lightweight-charts";
import { type Active, memberOf, nameOf, shownParams } from "./members";

interface Props {
  entries: readonly Entry[];
  active: readonly Active[];
  live: ChartBars | undefined;
  onChange: (key: number, param: string, value: number | string) => void;
  onRemove: (key: number) => void;
  onClear: () => void;
}

/** What is on the chart, with its parameters. */
export function ActiveList({ entries, active, live, onChange, onRemove, onClear }: Props) {
  return (
    <section className="active" aria-label="On the chart">
      <h2>
        On the chart <span className="count">{active.length}</span>
        {active.length > 0 && (
          <button className="plain" onClick={onClear}>
            Clear
          </button>
        )}
      </h2>
      {active.length === 0 && <p className="none">Nothing yet: choose from the list below.</p>}
      <ul>
        {active.map((one) => {
          const entry = entries.find(({ id }) => id === one.id);
          return entry && <ActiveRow key={one.key} {...{ entry, one, live, onChange, onRemove }} />;
        })}
      </ul>
    </section>
  );
}

interface RowProps extends Pick<Props, "live" | "onChange" | "onRemove"> {
  entry: Entry;
  one: Active;
}

function ActiveRow({ entry, one, live, onChange, onRemove }: RowProps) {
  const params = shownParams(entry);
  const name = nameOf(entry, one);
  const [error, setError] = useState<string>();
  /** Whether the module takes a value is the module's to say; only what it takes reaches the chart. */
  const attempt = (param: EntryParam, value: number | string) => {
    try {
      if (live && !live.bars.isFreed) {
        live.bars.compute([{ ...memberOf(one), [param.name]: value } as Member], { from: 0, to: 0 });
      }
      setError(undefined);
      onChange(one.key, param.name, value);
    } catch (error) {
      if (!(error instanceof TvfError)) throw error;
      setError(error.message);
    }
  };
  const id = `error-${one.key}`;
  return (
    <li>
      <details>
        <summary>
          <span className="chip" data-chip={one.key} aria-hidden="true" />
          <span className="name">{name}</span>
        </summary>
        <div className="params">
          {params.length === 0 && <p className="none">It has no parameters.</p>}
          {params.map((param) => (
            <label key={param.name} title={param.doc}>
              <span>{param.name.replaceAll("_", " ")}</span>
              <ParamField param={param} value={one.params[param.name] ?? param.default ?? ""} onChange={attempt} {...(error ? { error: id } : {})} />
            </label>
          ))}
          {error !== undefined && (
            <p className="error" role="alert" id={id}>
              {error}
            </p>
          )}
        </div>
      </details>
      <button className="remove" aria-label={`Remove ${name}`} onClick={() => onRemove(one.key)}>
        ×
      </button>
    </li>
  );
}

interface FieldProps {
  param: EntryParam;
  value: number | string;
  error?: string;
  onChange: (param: EntryParam, value: number | string) => void;
}

function ParamField({ param, value, error, onChange }: FieldProps) {
  if (param.type === "choice" || param.type === "choice_or_int") {
    return (
      <select value={String(value)} onChange={(event) => onChange(param, event.target.value)}>
        {param.choices?.map((choice) => (
          <option key={choice} value={choice}>
            {choice.replaceAll("_", " ")}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      type="number"
      defaultValue={value}
      step={param.type === "int" ? 1 : "any"}
      {...(error === undefined ? {} : { "aria-invalid": true, "aria-describedby": error })}
      onChange={(event) => event.target.value !== "" && onChange(param, event.target.valueAsNumber)}
    />
  );
}
