// Wrong calls, as mistakes.py lists them: each answers with the code and the message of what was thrown.

import { pack } from "./frame.js";

const camel = (id) => id.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
const special = { nan: NaN, inf: Infinity, "-inf": -Infinity };
const revived = (options) =>
  Object.fromEntries(Object.entries(options).map(([k, v]) => [k, Array.isArray(v) ? special[v[0]] : v]));

function make(tvf, mistake, entry, columns) {
  const { Bars, Stream } = tvf;
  const options = revived(mistake.options);
  const member = { id: mistake.id, ...options };
  const inputs = entry?.inputs.map((name) => {
    const column = columns[name === "source" ? "close" : name];
    return column.subarray(0, mistake.cut[name] ?? column.length);
  });
  switch (mistake.call) {
    case "stream":
      return new Stream(member);
    case "set":
      return Bars.from(columns).compute([member]);
    case "restore":
      return Stream.restore(Uint8Array.fromBase64(mistake.bytes));
    case "replace":
      return new Stream(member).replace(...inputs.map((column) => column[0]));
    case "function":
      return tvf[camel(mistake.id)](...inputs, options);
  }
}

export function runMistakes(tvf, job, datasets) {
  const columns = datasets[job.dataset];
  const answers = job.mistakes.map((mistake) => {
    try {
      make(tvf, mistake, job.entries[mistake.id], columns);
    } catch (error) {
      return error instanceof tvf.TvfError ? [error.code, error.message] : [error.name, error.message];
    }
    return ["", "no error"];
  });
  return pack({ answers }, []);
}
