import { brotliCompressSync, gzipSync } from "node:zlib";

const kib = (length) => `${(length / 1024).toFixed(1)} KiB`;

/** The size of a module as it lies there and as it travels. */
export const sizes = (bytes) =>
  `${kib(bytes.length)}, gzip ${kib(gzipSync(bytes, { level: 9 }).length)}, brotli ${kib(brotliCompressSync(bytes).length)}`;
