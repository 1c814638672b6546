// Shingles → signature → band keys. One permutation: a shingle's hash names a bin and a value, a bin keeps its least value
// (Li, Owen, Zhang 2012); empty bins stay marked, so that estimates leave them out, and are filled from others only where
// bands need a value (optimal densification, Shrivastava 2017). Or k permutations of the low 32 bits, the least of each.
import { finishGram, rollIn } from './hash';

export const EMPTY: u32 = 0xffffffff;

/** u32[bins]: the signature being made; u32[bins]: the same without empty bins. */
let dense: usize = 0;
/** {xor u32[bins], multiplier u32[bins]}: the permutations, or 0 for one permutation. */
let permutations: usize = 0;
export let bins: u32 = 128;
let bands: u32 = 0;
let rows: u32 = 0;

export function placeBins(denseAt: usize, permutationsAt: usize): void {
  dense = denseAt;
  permutations = permutationsAt;
}

export function setBins(count: u32, bandCount: u32, rowsEach: u32): void {
  bins = count;
  bands = bandCount;
  rows = rowsEach;
}

export function clearBins(signature: usize): void {
  memory.fill(signature, 255, usize(bins) << 2);
}

/** Takes `count` shingles into the signature. */
export function fillBins(signature: usize, shingles: usize, count: u32): void {
  if (permutations) {
    permute(signature, shingles, count);
    return;
  }
  const k = u64(bins);
  for (let i: usize = 0; i < usize(count); i++) {
    const h = load<u64>(shingles + (i << 3));
    const at = signature + (usize(((h >> 32) * k) >> 32) << 2);
    const value = min(u32(h), EMPTY - 1);
    store<u32>(at, min(load<u32>(at), value));
  }
}

/** Sixteen permutations at a time over all shingles, so that their least values stay in registers. */
function permute(signature: usize, shingles: usize, count: u32): void {
  for (let b: usize = 0; b < usize(bins); b += 16) {
    const at = signature + (b << 2);
    const xors = permutations + (b << 2);
    const multipliers = xors + (usize(bins) << 2);
    const x0 = v128.load(xors), x1 = v128.load(xors, 16), x2 = v128.load(xors, 32), x3 = v128.load(xors, 48);
    const m0 = v128.load(multipliers), m1 = v128.load(multipliers, 16), m2 = v128.load(multipliers, 32), m3 = v128.load(multipliers, 48);
    let v0 = v128.load(at), v1 = v128.load(at, 16), v2 = v128.load(at, 32), v3 = v128.load(at, 48);
    for (let i: usize = 0; i < usize(count); i++) {
      const h = v128.load32_splat(shingles + (i << 3));
      v0 = i32x4.min_u(v0, i32x4.mul(v128.xor(h, x0), m0));
      v1 = i32x4.min_u(v1, i32x4.mul(v128.xor(h, x1), m1));
      v2 = i32x4.min_u(v2, i32x4.mul(v128.xor(h, x2), m2));
      v3 = i32x4.min_u(v3, i32x4.mul(v128.xor(h, x3), m3));
    }
    v128.store(at, v0);
    v128.store(at, v1, 16);
    v128.store(at, v2, 32);
    v128.store(at, v3, 48);
  }
}

/** Writes the keys of the signature's bands: u64[bands]. */
export function writeBands(signature: usize, out: usize): void {
  densify(signature);
  for (let band: u32 = 0; band < bands; band++) {
    let key: u64 = u64(band) + 1;
    const at = dense + (usize(band * rows) << 2);
    for (let i: usize = 0; i < usize(rows); i++) key = rollIn(key, u64(load<u32>(at + (i << 2))));
    store<u64>(out + (usize(band) << 3), finishGram(key));
  }
}

/** Fills each empty bin from the first one that is not, in an order of the bin's own, the same for all records. */
function densify(signature: usize): void {
  let full: u32 = 0;
  let last: u32 = EMPTY;
  for (let bin: u32 = 0; bin < bins; bin++) {
    const value = load<u32>(signature + (usize(bin) << 2));
    store<u32>(dense + (usize(bin) << 2), value);
    if (value != EMPTY) {
      full++;
      last = value;
    }
  }
  if (full == bins || !full) return;
  for (let bin: u32 = 0; bin < bins; bin++) {
    if (load<u32>(signature + (usize(bin) << 2)) != EMPTY) continue;
    // With one full bin the search, which would take long, can only end there.
    let value = full == 1 ? last : EMPTY;
    for (let attempt: u32 = 1; value == EMPTY; attempt++) value = load<u32>(signature + (usize(probe(bin, attempt)) << 2));
    store<u32>(dense + (usize(bin) << 2), value);
  }
}

/** Which bin the empty `bin` looks at next: murmur3's finaliser over both numbers. */
// @ts-ignore: decorator
@inline
function probe(bin: u32, attempt: u32): u32 {
  let h = bin * 0x9e3779b1 + attempt * 0x85ebca77;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  h ^= h >> 16;
  return u32((u64(h) * u64(bins)) >> 32);
}
