// Says what a wasm module holds, and fails when it is not what its flavour promises.
//
//   node scripts/wasm_gate.mjs FILE [--with FEATURE] [--without FEATURE] [--max-gzip BYTES]
//
// Features: simd (128-bit vectors), relaxed (relaxed SIMD, whose results differ between machines: never allowed),
// atomics, shared (memory that threads share), memory64. The code section is walked instruction by instruction, so
// that a byte 0xfd inside a constant does not count as a vector instruction.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  byte() {
    if (this.at >= this.bytes.length) throw new Error(`the module ends inside an instruction, at byte ${this.at}`);
    return this.bytes[this.at++];
  }
  skip(n) {
    this.at += n;
  }
  /** An unsigned LEB128 number; used for counts and opcodes, which are small. */
  u() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const b = this.byte();
      value += (b & 127) * scale;
      if (b < 128) return value;
    }
  }
  /** Any LEB128 number whose value does not matter. */
  leb() {
    while (this.byte() >= 128);
  }
  lebs(n) {
    while (n-- > 0) this.leb();
  }
  /** Alignment (bit 6: a memory index follows) and offset. */
  memarg() {
    if (this.u() & 64) this.leb();
    this.leb();
  }
}

// Immediates of the one-byte opcodes that have any; what is not listed has none.
function skipImmediates(r, op) {
  if (op >= 0x28 && op <= 0x3e) return r.memarg(); // loads and stores
  switch (op) {
    case 0x02: // block
    case 0x03: // loop
    case 0x04: // if
    case 0x06: // try (old exceptions)
      return r.leb(); // a block type: one signed number, also where it is a value type
    case 0x07: // catch
    case 0x08: // throw
    case 0x09: // rethrow
    case 0x0c: // br
    case 0x0d: // br_if
    case 0x10: // call
    case 0x12: // return_call
    case 0x14: // call_ref
    case 0x15: // return_call_ref
    case 0x18: // delegate
    case 0x20: // local.get
    case 0x21:
    case 0x22:
    case 0x23: // global.get
    case 0x24:
    case 0x25: // table.get
    case 0x26:
    case 0x3f: // memory.size
    case 0x40: // memory.grow
    case 0x41: // i32.const
    case 0x42: // i64.const
    case 0xd0: // ref.null
    case 0xd2: // ref.func
    case 0xd5: // br_on_null
    case 0xd6: // br_on_non_null
      return r.leb();
    case 0x0e: // br_table
      return r.lebs(r.u() + 1);
    case 0x11: // call_indirect
    case 0x13: // return_call_indirect
      return r.lebs(2);
    case 0x1c: // select with types
      return r.lebs(r.u());
    case 0x1f: { // try_table
      r.leb();
      for (let n = r.u(); n > 0; n--) r.lebs(r.byte() < 2 ? 2 : 1);
      return undefined;
    }
    case 0x43: // f32.const
      return r.skip(4);
    case 0x44: // f64.const
      return r.skip(8);
    case 0xfb:
      throw new Error("garbage-collected types are not known to this check");
    default:
      if (op === 0x05 || op === 0x0b || op <= 0x1f || (op >= 0x45 && op <= 0xc4) || op === 0xd1 || op === 0xd3 || op === 0xd4)
        return undefined;
      throw new Error(`opcode 0x${op.toString(16)} is not known to this check`);
  }
}

function skipBulk(r, op) {
  if (op <= 7) return; // saturating conversions
  if (op === 9 || op === 13 || (op >= 15 && op <= 17)) return r.leb(); // drops, table.grow, .size, .fill
  if (op === 11) return r.leb(); // memory.fill
  if (op <= 14) return r.lebs(2); // memory.init, memory.copy, table.init, table.copy
  if (op >= 19 && op <= 22) return; // wide arithmetic
  throw new Error(`opcode 0xfc ${op} is not known to this check`);
}

function skipVector(r, op) {
  if (op <= 11 || op === 92 || op === 93) return r.memarg(); // loads, store
  if (op === 12 || op === 13) return r.skip(16); // v128.const, i8x16.shuffle
  if (op >= 21 && op <= 34) return r.skip(1); // lane access
  if (op >= 84 && op <= 91) { // lane loads and stores
    r.memarg();
    r.skip(1);
  }
}

function skipAtomic(r, op) {
  if (op === 3) return r.skip(1); // fence
  return r.memarg();
}

/** Counts what the module holds: functions, instructions, and those that belong to a feature. */
export function inspect(bytes) {
  const r = new Reader(bytes);
  if (bytes.length < 8 || bytes.readUInt32LE(0) !== 0x6d736100 || bytes.readUInt32LE(4) !== 1)
    throw new Error("this is no wasm module");
  r.skip(8);
  const found = { functions: 0, instructions: 0, simd: 0, relaxed: 0, atomics: 0, shared: 0, memory64: 0 };
  const memory = () => { // the flags of a memory type, then its limits
    const flags = r.u();
    if (flags & 2) found.shared++;
    if (flags & 4) found.memory64++;
    r.lebs(flags & 1 ? 2 : 1);
  };
  while (r.at < bytes.length) {
    const section = r.byte();
    const size = r.u();
    const end = r.at + size;
    if (section === 5) for (let n = r.u(); n > 0; n--) memory();
    if (section === 2) {
      for (let n = r.u(); n > 0; n--) {
        for (let names = 0; names < 2; names++) r.skip(r.u());
        const kind = r.byte();
        if (kind === 2) memory();
        else if (kind === 1) {
          r.leb();
          r.lebs(r.u() & 1 ? 2 : 1);
        } else r.lebs(kind === 0 ? 1 : 2);
      }
    }
    if (section === 10) for (let n = r.u(); n > 0; n--) walk(r, found);
    if ((section === 2 || section === 5 || section === 10) && r.at !== end)
      throw new Error(`section ${section} ends at byte ${r.at} instead of ${end}`);
    r.at = end;
  }
  return found;
}

function walk(r, found) {
  const size = r.u();
  const end = r.at + size;
  for (let n = r.u(); n > 0; n--) r.lebs(2); // locals: count and type
  found.functions++;
  while (r.at < end) {
    const op = r.byte();
    found.instructions++;
    if (op === 0xfc) skipBulk(r, r.u());
    else if (op === 0xfd) {
      const vector = r.u();
      found.simd++;
      if (vector >= 0x100) found.relaxed++;
      skipVector(r, vector);
    } else if (op === 0xfe) {
      found.atomics++;
      skipAtomic(r, r.u());
    } else skipImmediates(r, op);
  }
  if (r.at !== end) throw new Error(`a function ends at byte ${r.at} instead of ${end}`);
}

function main(args) {
  const [file, ...options] = args;
  if (!file) throw new Error("usage: wasm_gate.mjs FILE [--with FEATURE] [--without FEATURE] [--max-gzip BYTES]");
  const bytes = readFileSync(file);
  const found = inspect(bytes);
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const kib = (n) => `${(n / 1024).toFixed(1)} KiB`;
  const flavour = file.split("/").at(-2);
  console.log(
    `    ${flavour}: ${kib(bytes.length)}, ${kib(gzip)} gzip; ${found.functions} functions, ` +
      `${found.instructions} instructions, ${found.simd} of them vectors`,
  );
  const wrong = [];
  if (found.relaxed > 0) wrong.push(`${found.relaxed} relaxed SIMD instructions, whose results differ between machines`);
  for (let i = 0; i < options.length; i += 2) {
    const [option, value] = options.slice(i);
    if (option === "--max-gzip") {
      if (gzip >= Number(value)) wrong.push(`${gzip} bytes after gzip, not below ${value}`);
    } else if ((option === "--with" || option === "--without") && value in found) {
      if (option === "--with" && found[value] === 0) wrong.push(`no ${value} instruction`);
      if (option === "--without" && found[value] > 0) wrong.push(`${found[value]} ${value} instructions`);
    } else throw new Error(`the option ${option} ${value} is not known`);
  }
  for (const what of wrong) console.error(`    ${flavour}: ${what}`);
  return wrong.length === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    console.error(`error: ${process.argv[2]}: ${error.message}`);
    process.exitCode = 2;
  }
}
