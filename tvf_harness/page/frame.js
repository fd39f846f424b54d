// Columns in one piece of bytes: u32 length of the header, JSON header padded to eight bytes, float64 numbers.
// The same as frame.py.

export function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  return { header, numbers: new Float64Array(buffer, 4 + length) };
}

export function pack(header, columns) {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((4 + text.length) / 8) * 8;
  const count = columns.reduce((sum, column) => sum + column.length, 0);
  const bytes = new Uint8Array(start + 8 * count).fill(32, 0, start);
  new DataView(bytes.buffer).setUint32(0, start - 4, true);
  bytes.set(text, 4);
  const numbers = new Float64Array(bytes.buffer, start);
  let at = 0;
  for (const column of columns) {
    numbers.set(column, at);
    at += column.length;
  }
  return bytes;
}
