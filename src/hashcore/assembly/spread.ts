// The grams of the benchmark on their way into the table (table.ts): sorted by which 64th of the table they fall into, so that
// whatever looks into it goes a 64th after another: that stays in the second-level cache, where the whole table is larger than any
// cache, and has more pages than the processor remembers the places of. Within a 64th grams keep their order.
//
// The host hands over the tokens of many texts in one call, all of them in three passes: two sort (how many, and where), and in the
// third, when the grams have been counted, each part learns what weight a whole copy of it would gather by grams that few parts share.
import { SINGLE_GRAM, singleGram, WORD_GRAM, wordGram } from './grams';
import { slotMask } from './memory';
import { LEAK, slotOf } from './seeds';

/** 64ths of the table; it has as many slots at least. */
const SHARES: u32 = 64;
const SHARE_BITS: u32 = 6;

/** A gram of a text: {part u32, bucket u8, weight u8, common u16, gram u64}. But for `common` the first eight bytes are its posting. */
export const ENTRY_BYTES: usize = 16;
export const COMMON_AT: usize = 6;
export const POSTING: u64 = 0xffffffffffff;

/** A part while its reach is gathered: {tokens seen u32, 0, its own grams' reach, all grams' reach}. */
const REACH_BYTES: usize = 56;
const OWN_REACH: usize = 8;
const WHOLE_REACH: usize = 32;

const SIZE: i32 = 0;
const SPREAD: i32 = 1;
const WEIGH: i32 = 2;

/** Reach[parts], see `gatherInto`: what a copy of the part gathers. */
let reaches: usize = 0;
/** u32[SHARES]: in each 64th, the number of entries, or of the next one. */
let cursors: usize = 0;
/** u32[SHARES + 1]: number of the first entry of each 64th. */
let firsts: usize = 0;
/** Entry[grams], a 64th behind another. */
let entries: usize = 0;

/** `at`: 1,024 bytes, and 16 for each gram of the texts. */
export function placeSpread(reachesAt: usize, at: usize): void {
  reaches = reachesAt;
  cursors = at;
  firsts = at + 256;
  entries = at + 1024;
}

// @ts-ignore: decorator
@inline
export function shareStart(share: u32): usize {
  return entries + usize(load<u32>(firsts + (usize(share) << 2))) * ENTRY_BYTES;
}

/**
 * Pass 1: counts the grams of `count` runs, by 64ths. A run is {part u32, tokens u32}, at most a batch of tokens of one text, and
 * grams do not reach from one to the next. The runs' tokens stand one behind another: hashes, and weights of a byte each.
 */
export function sizeGrams(runs: usize, count: u32, hashes: usize, weights: usize): void {
  build(runs, count, hashes, weights, SIZE);
}

/** Pass 2, behind `openShares`: puts each gram where it belongs. */
export function spreadGrams(runs: usize, count: u32, hashes: usize, weights: usize): void {
  build(runs, count, hashes, weights, SPREAD);
}

/**
 * Pass 3, behind `countGrams` and `rewindShares`: gathers each part's own grams, those of no more than `most` parts, and all of them, as a scan of a
 * whole copy would.
 */
export function weighGrams(runs: usize, count: u32, hashes: usize, weights: usize): void {
  build(runs, count, hashes, weights, WEIGH);
}

function build(runs: usize, count: u32, hashes: usize, weights: usize, pass: i32): void {
  for (let i: u32 = 0; i < count; i++) {
    const tokens = load<u32>(runs, 4);
    passRun(load<u32>(runs), tokens, hashes, weights, pass);
    runs += 8;
    hashes += usize(tokens) << 3;
    weights += usize(tokens);
  }
}

function passRun(part: u32, count: u32, hashes: usize, weights: usize, pass: i32): void {
  let a: u64 = 0;
  let b: u64 = 0;
  let c: u64 = 0;
  let d: u64 = 0;
  let e: u64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const h = load<u64>(hashes + (usize(i) << 3));
    const single = <bool>(h & 1);
    const size = single ? SINGLE_GRAM : WORD_GRAM;
    if (i + 1 >= size) {
      const gram = single ? singleGram(a, b, c, d, e, h) : wordGram(d, e, h);
      const cursor = cursors + (usize(shareOf(gram)) << 2);
      const number = load<u32>(cursor);
      store<u32>(cursor, number + 1);
      const entry = entries + usize(number) * ENTRY_BYTES;
      if (pass == SPREAD) {
        store<u32>(entry, part);
        store<u32>(entry, bucketOf(i, count) | (gramWeight(weights + usize(i), size) << 8), 4);
        store<u64>(entry, gram, 8);
      } else if (pass == WEIGH) weigh(load<u64>(entry));
    }
    a = b;
    b = c;
    c = d;
    d = e;
    e = h;
  }
}

/** Which 64th of the table the gram falls into. */
// @ts-ignore: decorator
@inline
function shareOf(gram: u64): u32 {
  return u32((u64(slotOf(gram)) << SHARE_BITS) / (u64(slotMask) + 1));
}

/** Behind pass 1: says where the entries of each 64th begin, which each pass behind it goes along. */
export function openShares(): void {
  let next: u32 = 0;
  for (let at: usize = 0; at < usize(SHARES) << 2; at += 4) {
    store<u32>(firsts + at, next);
    next += load<u32>(cursors + at);
  }
  store<u32>(firsts + (usize(SHARES) << 2), next);
  rewindShares();
}

/** Before pass 3. */
export function rewindShares(): void {
  memory.copy(cursors, firsts, usize(SHARES) << 2);
}

/** Which 64th of the run the gram ends in: a phrase repeated by a document counts once. */
// @ts-ignore: decorator
@inline
function bucketOf(i: u32, count: u32): u32 {
  return count <= 64 ? i : (i << 6) / count;
}

/** The weights of the `size` tokens up to the one at `last`. */
// @ts-ignore: decorator
@inline
function gramWeight(last: usize, size: u32): u32 {
  let sum: u32 = 0;
  for (let at = last + 1 - usize(size); at <= last; at++) sum += u32(load<u8>(at));
  return min(sum, u32(255));
}

// @ts-ignore: decorator
@inline
function weigh(posting: u64): void {
  const reach = reaches + usize(u32(posting)) * REACH_BYTES;
  const token = load<u32>(reach) + 1;
  store<u32>(reach, token);
  if (!(posting & ~POSTING)) gatherInto(reach + OWN_REACH, posting, token);
  gatherInto(reach + WHOLE_REACH, posting, token);
}

/**
 * The rule of `gather` (seeds.ts) for one part: a bucket counts once, and weight drains by LEAK a token; at nothing it starts
 * anew. {weight u32, last token u32, seen u64, most weight u32}: what a text asks for must be what a copy of it can gather.
 */
function gatherInto(state: usize, posting: u64, token: u32): void {
  const drained = (token - load<u32>(state, 4)) * LEAK;
  const before = load<u32>(state);
  const anew = drained >= before;
  const seen = anew ? 0 : load<u64>(state, 8);
  const bucket = u64(1) << ((posting >> 32) & 63);
  const weight = (anew ? 0 : before - drained) + (seen & bucket ? 0 : u32(posting >> 40) & 255);
  store<u32>(state, weight);
  store<u32>(state, token, 4);
  store<u64>(state, seen | bucket, 8);
  store<u32>(state, max(weight, load<u32>(state, 16)), 16);
}
