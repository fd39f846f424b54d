import { lengthOf } from "./columns.js";
import { type Core, exchanging, failure } from "./core.js";
import { kindOf, TvfError } from "./errors.js";

/** Lays a snapshot where the module reads it, and has something restored from it. */
export function restored<T>(snapshot: Uint8Array | ArrayBuffer, restore: (core: Core) => T | undefined): T {
  const bytes = snapshot instanceof ArrayBuffer ? new Uint8Array(snapshot) : snapshot;
  if (!(ArrayBuffer.isView(bytes) && bytes.BYTES_PER_ELEMENT === 1)) {
    throw new TvfError("snapshot_format", `a snapshot must be bytes, not ${kindOf(snapshot)}`, "snapshot");
  }
  lengthOf("snapshot", bytes);
  return exchanging((core) => {
    const address = core.exchange.bytes(bytes.length);
    if (address === 0) throw failure(core);
    new Uint8Array(core.memory.buffer, address, bytes.length).set(bytes);
    const found = restore(core);
    if (!found) throw failure(core);
    return found;
  });
}
