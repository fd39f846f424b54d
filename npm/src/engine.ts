/** What the engine can run. Each is asked when it is needed, never at import: importing is safe on a server. */

/** Asks the engine to validate a module that needs the feature. */
function validates(...module: number[]): boolean {
  return WebAssembly.validate(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, ...module));
}

/** 128-bit vectors: a function that uses one. */
export function hasSimd(): boolean {
  return validates(1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11);
}

/** 64-bit addresses: a table and a memory that have them. */
export function hasMemory64(): boolean {
  return validates(4, 4, 1, 112, 4, 0, 5, 3, 1, 4, 1);
}

/** Memory that workers share, which takes a page that is isolated from other origins, and workers in workers. */
export function hasThreads(): boolean {
  return (
    globalThis.crossOriginIsolated === true &&
    typeof Worker === "function" &&
    // A shared memory, and a function that waits for no one.
    validates(1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 7, 1, 5, 0, 254, 3, 0, 11)
  );
}

/** Whether this is the thread of a page's own, which must never wait for others. */
export function isPage(): boolean {
  return typeof document !== "undefined";
}

/** How many threads the machine runs at once. */
export function processors(): number {
  return globalThis.navigator?.hardwareConcurrency || 1;
}
