// Tokens of a document that is scanned → its row: the code of its signature and the keys of its bands. The shingles are those of
// sketch.ts; the tokens are read while the scanner has them, so that a build that keeps records tokenizes once.
// src/store/signature-code.ts says in plain TypeScript what the code is.
import { EMPTY, bins, clearBins, fillBins, writeBands } from './sketch-bins';
import { beginShingles, endShingles, shingleBatch, shingleCount, shingles } from './sketch-shingles';

/** {line u32, bytes of the code u32, code u8[56]} */
const ROW_BYTES: usize = 64;
/** Bits kept of a bin's value, and of a bin's number. */
const VALUE_BITS: u32 = 2;
const BIN_BITS: u32 = 7;
/** A bin's number and value each are shorter than a bit a bin and the values up to so many bins. */
const MOST_LISTED: u32 = 18;

/** Whether documents get rows at all. */
export let keepsRows: bool = false;
/** Rows written since `resetRows`. */
export let rowCount: u32 = 0;

let rowsAt: usize = 0;
let bandsAt: usize = 0;
let signatureAt: usize = 0;
let capacity: u32 = 0;
let bandBytes: usize = 0;

let out: usize = 0;
let lane: u64 = 0;
let held: u64 = 0;

export function placeRows(rows: usize, bands: usize, signature: usize, most: u32, bandCount: u32): void {
  keepsRows = true;
  rowsAt = rows;
  bandsAt = bands;
  signatureAt = signature;
  capacity = most;
  bandBytes = usize(bandCount) << 3;
}

export function resetRows(): void {
  rowCount = 0;
}

// @ts-ignore: decorator
@inline
export function rowsFull(): bool {
  return rowCount >= capacity;
}

export function beginRow(): void {
  clearBins(signatureAt);
  beginShingles();
}

/** The batch's `count` tokens, which are hashed. */
export function rowBatch(count: u32): void {
  shingleBatch(count, false);
  fillBins(signatureAt, shingles, shingleCount);
}

/** A document without a token has no row. `line`: lines since the call began, this one included; 0 of a plain text. */
export function endRow(line: u32): void {
  endShingles();
  fillBins(signatureAt, shingles, shingleCount);
  const row = rowsAt + usize(rowCount) * ROW_BYTES;
  const bytes = pack(row + 8);
  if (!bytes) return;
  store<u32>(row, line);
  store<u32>(row, bytes, 4);
  writeBands(signatureAt, bandsAt + usize(rowCount) * bandBytes);
  rowCount++;
}

/** Writes the code of the signature; returns its bytes, 0 where every bin is empty. */
function pack(at: usize): u32 {
  let used: u32 = 0;
  for (let bin: u32 = 0; bin < bins; bin++) used += u32(load<u32>(signatureAt + (usize(bin) << 2)) != EMPTY);
  if (!used) return 0;
  store<u8>(at, used);
  out = at + 1;
  lane = 0;
  held = 0;
  const listed = used <= MOST_LISTED;
  if (!listed && used < bins) packBits();
  for (let bin: u32 = 0; bin < bins; bin++) {
    const value = load<u32>(signatureAt + (usize(bin) << 2));
    if (value == EMPTY) continue;
    if (listed) put(bin, BIN_BITS);
    put(value & ((1 << VALUE_BITS) - 1), VALUE_BITS);
  }
  if (held) store<u8>(out++, u8(lane));
  return u32(out - at);
}

/** A bit a bin: whether it is not empty. */
function packBits(): void {
  for (let bin: u32 = 0; bin < bins; bin++) put(u32(load<u32>(signatureAt + (usize(bin) << 2)) != EMPTY), 1);
}

// @ts-ignore: decorator
@inline
function put(value: u32, bits: u32): void {
  lane |= u64(value) << held;
  held += bits;
  while (held >= 8) {
    store<u8>(out++, u8(lane));
    lane >>= 8;
    held -= 8;
  }
}
