import { useRef } from "react";

const TABS = ["indicators", "patterns", "signal"] as const;
export type TabName = (typeof TABS)[number];

/** What the side panel shows; arrow keys go from one to the next. */
export function Tabs({ tab, onTab }: { tab: TabName; onTab: (tab: TabName) => void }) {
  const place = useRef<HTMLDivElement>(null);
  const go = (by: number) => {
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] as TabName;
    onTab(next);
    place.current?.querySelector<HTMLElement>(`#of-${next}`)?.focus();
  };
  return (
    <div
      className="tabs"
      role="tablist"
      ref={place}
      onKeyDown={({ key }) => {
        if (key === "ArrowRight") go(1);
        if (key === "ArrowLeft") go(-1);
      }}
    >
      {TABS.map((name) => (
        <button
          key={name}
          id={`of-${name}`}
          role="tab"
          aria-selected={name === tab}
          aria-controls={`tab-${name}`}
          tabIndex={name === tab ? 0 : -1}
          onClick={() => onTab(name)}
        >
          {name[0]?.toUpperCase()}
          {name.slice(1)}
        </button>
      ))}
    </div>
  );
}
