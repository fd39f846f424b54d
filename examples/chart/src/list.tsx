import { useMemo, useState } from "react";
import type { Entry, Id } from "tvf";
import { type Active, groupsOf } from "./members";

interface Props {
  entries: readonly Entry[];
  active: readonly Active[];
  onToggle: (id: Id) => void;
  onSet: () => void;
}

/** All indicators there are, to switch on and off. */
export function IndicatorList({ entries, active, onToggle, onSet }: Props) {
  const [wanted, setWanted] = useState("");
  const groups = useMemo(() => {
    const words = wanted.toLowerCase().split(/\s+/);
    const fits = ({ id, title, summary }: Entry) => words.every((word) => `${id} ${title} ${summary}`.toLowerCase().includes(word));
    return groupsOf(entries.filter(fits)).filter((group) => group.entries.length > 0);
  }, [entries, wanted]);
  return (
    <section className="catalog" aria-label="All indicators">
      <div className="search">
        <input
          type="search"
          placeholder={`Search ${entries.length} indicators`}
          aria-label="Search indicators"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <button className="plain" onClick={onSet} title="Sixteen indicators at once">
          16 at once
        </button>
      </div>
      {groups.map(({ title, entries }) => (
        <div key={title}>
          <h2>{title}</h2>
          <ul>
            {entries.map((entry) => {
              const isOn = active.some(({ id }) => id === entry.id);
              return (
                <li key={entry.id}>
                  <button aria-pressed={isOn} title={entry.summary} onClick={() => onToggle(entry.id)} data-id={entry.id}>
                    <span className="tick" aria-hidden="true" />
                    <span className="name">{entry.title}</span>
                    <code>{entry.id}</code>
                  </button>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
      {groups.length === 0 && <p className="none">Nothing is called that.</p>}
    </section>
  );
}
