import { isShared } from "../core.js";

/**
 * An array whose buffer came with a message, over the same memory in a buffer of JavaScript's own. Browsers free what
 * came with messages in one go between two tasks of the page, which holds it where much is let go; what is JavaScript's own
 * is freed beside the page.
 */
export function taken<V extends Float64Array | Int8Array>(values: V): V {
  const buffer: ArrayBufferLike & { transfer?(): ArrayBuffer } = values.buffer;
  // Engines older than 2024 have no such move, and shared memory is nobody's own.
  if (isShared(buffer) || typeof buffer.transfer !== "function") return values;
  const { byteOffset, length } = values;
  const Kind = values.constructor as new (buffer: ArrayBuffer, byteOffset: number, length: number) => V;
  return new Kind(buffer.transfer(), byteOffset, length);
}
