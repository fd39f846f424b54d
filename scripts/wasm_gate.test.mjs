// node --test scripts/
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "./wasm_gate.mjs";

/** A module with one function of these instruction bytes (at most 120), and a memory with these flags. */
function module(code, memoryFlags = 0) {
  const body = [0, ...code, 0x0b]; // no locals
  const memory = memoryFlags & 1 ? [memoryFlags, 1, 2] : [memoryFlags, 1]; // one page, two at most
  return Buffer.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 4, 1, 0x60, 0, 0], // type 0: () -> ()
    ...[3, 2, 1, 0], // function 0 has type 0
    ...[5, memory.length + 1, 1, ...memory],
    ...[10, body.length + 2, 1, body.length, ...body],
  ]);
}
const DROP = 0x1a;
const V128_CONST = [0xfd, 12, ...Array(16).fill(0xfd)];
const V128_LOAD = [0x41, 0, 0xfd, 0, 4, 0];

test("the bytes of constants are no instructions", () => {
  const f64 = [0x44, ...Array(8).fill(0xfd), DROP];
  const i32 = [0x41, 0xfd, 0xfe, 0xfd, 0x00, DROP];
  const found = inspect(module([...f64, ...i32]));
  assert.equal(found.simd, 0);
  assert.equal(found.instructions, 5);
});

test("vector instructions are counted once each", () => {
  const found = inspect(module([...V128_CONST, DROP, ...V128_LOAD, DROP]));
  assert.equal(found.simd, 2);
  assert.equal(found.relaxed, 0);
  assert.equal(found.instructions, 6);
});

test("relaxed SIMD, atomics, shared and 64-bit memories are told apart", () => {
  assert.equal(inspect(module([...V128_CONST, ...V128_CONST, 0xfd, 0x80, 0x02, DROP])).relaxed, 1);
  assert.equal(inspect(module([0xfe, 3, 0])).atomics, 1);
  const told = (flags) => [inspect(module([], flags)).shared, inspect(module([], flags)).memory64];
  assert.deepEqual([0, 1, 3, 4, 7].map(told), [[0, 0], [0, 0], [1, 0], [0, 1], [1, 1]]);
});

test("V8 agrees that these modules are valid", () => {
  for (const code of [[], [...V128_CONST, DROP, ...V128_LOAD, DROP], [0x02, 0x40, 0x41, 0, 0x0d, 0, 0x0b]])
    assert.ok(WebAssembly.validate(module(code)));
  assert.ok(WebAssembly.validate(module([0xfe, 3, 0], 3)));
});

test("what cannot be read is refused", () => {
  assert.throws(() => inspect(Buffer.from("not wasm at all")), /no wasm module/);
  assert.throws(() => inspect(module([0x44, 0, 0])), /ends/);
  assert.throws(() => inspect(module([0xff])), /not known/);
});
