// Shingles → signature → band keys. One permutation: a shingle's hash names a bin and a value, a bin keeps its least value
// (Li, Owen, Zhang 2012); empty bins stay marked, so that estimates leave them out, and are filled from others only where
// bands need a value (optimal densification, Shrivastava 2017). Or k permutations, the least value of each: the low word plus
// i times the high one. Of any two of them the values are independent, and that is all that the error of an estimate asks for.
import { finishGram, rollIn } from './hash';

export const EMPTY: u32 = 0xffffffff;

/** u32[bins]: the signature being made; u32[bins]: the same without empty bins. */
let dense: usize = 0;
/** Whether there is a permutation for each value, instead of one for all. */
let permuting: bool = false;
export let bins: u32 = 128;
let bands: u32 = 0;
let rows: u32 = 0;

export function placeBins(denseAt: usize, permutations: bool): void {
  dense = denseAt;
  permuting = permutations;
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
  if (permuting) {
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

/**
 * Six shingles at a time, so that a value of the signature is loaded and stored once for all of them, and two of its vectors a turn:
 * what is left of a permutation is an addition and a least value.
 */
function permute(signature: usize, shingles: usize, count: u32): void {
  let i: usize = 0;
  const end = signature + (usize(bins) << 2);
  for (; i + 6 <= usize(count); i += 6) {
    const at = shingles + (i << 3);
    let a = begin(at, 0), b = begin(at, 8), c = begin(at, 16), d = begin(at, 24), e = begin(at, 32), f = begin(at, 40);
    const sa = step4(at, 0), sb = step4(at, 8), sc = step4(at, 16), sd = step4(at, 24), se = step4(at, 32), sf = step4(at, 40);
    for (let p = signature; p < end; p += 32) {
      v128.store(p, i32x4.min_u(v128.load(p, 0), i32x4.min_u(i32x4.min_u(i32x4.min_u(a, b), i32x4.min_u(c, d)), i32x4.min_u(e, f))), 0);
      a = i32x4.add(a, sa);
      b = i32x4.add(b, sb);
      c = i32x4.add(c, sc);
      d = i32x4.add(d, sd);
      e = i32x4.add(e, se);
      f = i32x4.add(f, sf);
      v128.store(p, i32x4.min_u(v128.load(p, 16), i32x4.min_u(i32x4.min_u(i32x4.min_u(a, b), i32x4.min_u(c, d)), i32x4.min_u(e, f))), 16);
      a = i32x4.add(a, sa);
      b = i32x4.add(b, sb);
      c = i32x4.add(c, sc);
      d = i32x4.add(d, sd);
      e = i32x4.add(e, se);
      f = i32x4.add(f, sf);
    }
  }
  for (; i < usize(count); i++) {
    let a = begin(shingles + (i << 3), 0);
    const step = step4(shingles + (i << 3), 0);
    for (let p = signature; p < end; p += 16) {
      v128.store(p, i32x4.min_u(v128.load(p), a));
      a = i32x4.add(a, step);
    }
  }
}

// @ts-ignore: decorator
@inline
function begin(shingle: usize, offset: usize): v128 {
  return i32x4.add(v128.load32_splat(shingle + offset), i32x4.mul(v128.load32_splat(shingle + offset + 4), i32x4(0, 1, 2, 3)));
}

// @ts-ignore: decorator
@inline
function step4(shingle: usize, offset: usize): v128 {
  return i32x4.shl(v128.load32_splat(shingle + offset + 4), 2);
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
