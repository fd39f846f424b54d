import { kindOf, type Style, type StyleName, STYLES } from "./styles";

interface Props {
  style: Style;
  /** The size that rows have. */
  size: number | undefined;
  error: string | undefined;
  onChange: (style: Style) => void;
}

/** How prices are shown: as candles, or as what a transform makes of them. */
export function StyleField({ style, size, error, onChange }: Props) {
  const word = kindOf(style).size;
  return (
    <div className="field style">
      <select value={style.name} aria-label="Style" title="How prices are shown" onChange={(event) => onChange({ name: event.target.value as StyleName })}>
        {STYLES.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      {word !== undefined && (
        <input
          type="number"
          step="any"
          aria-label={word}
          title={word}
          key={`${style.name} ${style.size === undefined ? size : ""}`}
          defaultValue={style.size ?? size}
          {...(error === undefined ? {} : { "aria-invalid": true, "aria-describedby": "style-error" })}
          onChange={({ target }) => target.value !== "" && onChange({ ...style, size: target.valueAsNumber })}
        />
      )}
      {error !== undefined && (
        <p className="error" role="alert" id="style-error">
          {error}
        </p>
      )}
    </div>
  );
}
