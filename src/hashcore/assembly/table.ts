// Building the gram table, before a scan. The host hands over the tokens of many texts in one call, all of them in four
// passes: their grams are counted; each part learns what weight a whole copy of it would gather by grams that few parts
// share; grams of the parts that gather little (items of one template: the family) are marked; then the postings are written. However many
// parts of the family hold a gram, it has one posting for them all, of the part `familyPart`.
//
// As in a scan (seeds.ts), grams are dealt with in groups, and each pass over a group only asks memory for what the next
// one needs: the table is far larger than any cache, and so many answers are under way at once.
import { filterBits, filterWord, SINGLE_GRAM, singleGram, WORD_GRAM, wordGram } from './grams';
import { familyPart, hits, postings, slotMask, slots } from './memory';
import { LEAK, NONE, slotOf, tagOf } from './seeds';

/** Grams dealt with at a time, at least; with a run's on top they fit into `hits`. */
const GROUP: usize = 128;

/** A gram of the group: {part u32, bucket u8, weight u8, 0, gram u64}. The first eight bytes are its posting. */
const ENTRY_BYTES: usize = 16;

/** A part in pass 2: {tokens seen u32, 0, its own grams' reach, all grams' reach}. */
const REACH_BYTES: usize = 56;
const OWN_REACH: usize = 8;
const WHOLE_REACH: usize = 32;

/** In a slot: the gram is in too many parts to list them. */
const COMMON: u32 = 0x80000000;
/** In a slot: a part of the family holds the gram. Counts and posting numbers stay below. */
const FAMILY: u32 = 0x40000000;
const NUMBER: u32 = 0x3fffffff;

const COUNT: i32 = 0;
const WEIGH: i32 = 1;
const MARK_FAMILY: i32 = 2;
const FILL: i32 = 3;

/** Reach[parts], see `gatherInto`: what a copy of the part gathers. u8[parts]: 1 for a part that gathers little but by common grams. */
let reaches: usize = 0;
let poor: usize = 0;
let most: u32 = 0;
let touched: u32 = 0;

export function placeBuild(reachesAt: usize, poorAt: usize, mostPostings: u32): void {
  reaches = reachesAt;
  poor = poorAt;
  most = mostPostings;
}

/**
 * Pass 1: counts the grams of `count` runs. A run is {part u32, tokens u32}, at most a batch of tokens of one text, and grams
 * do not reach from one to the next. The runs' tokens stand one behind another: hashes, and weights of a byte each.
 */
export function countGrams(runs: usize, count: u32, hashes: usize, weights: usize): void {
  build(runs, count, hashes, weights, COUNT);
}

/** Pass 2: gathers each part's own grams, those of no more than `most` parts, and all of them, as a scan of a whole copy would. */
export function weighGrams(runs: usize, count: u32, hashes: usize, weights: usize): void {
  build(runs, count, hashes, weights, WEIGH);
}

/** Pass 3, behind `markCommon`: marks the grams of poor parts. */
export function markFamily(runs: usize, count: u32, hashes: usize, weights: usize): void {
  build(runs, count, hashes, weights, MARK_FAMILY);
}

/** Pass 4, behind `layOutPostings`: writes the postings. */
export function fillGrams(runs: usize, count: u32, hashes: usize, weights: usize): void {
  build(runs, count, hashes, weights, FILL);
}

function build(runs: usize, count: u32, hashes: usize, weights: usize, pass: i32): void {
  let end = hits;
  for (let i: u32 = 0; i < count; i++) {
    const tokens = load<u32>(runs, 4);
    end = writeGrams(end, load<u32>(runs), tokens, hashes, weights);
    if (end - hits >= GROUP * ENTRY_BYTES || i + 1 == count) {
      touched += touchSlots(end);
      if (pass == COUNT) countAll(end);
      else if (pass == WEIGH) weighAll(end);
      else if (pass == MARK_FAMILY) markAll(end);
      else fill(end);
      end = hits;
    }
    runs += 8;
    hashes += usize(tokens) << 3;
    weights += usize(tokens);
  }
}

/** Writes a run's grams, each with its posting, to `out`; returns the end. */
function writeGrams(out: usize, part: u32, count: u32, hashes: usize, weights: usize): usize {
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
      store<u32>(out, part);
      store<u32>(out, bucketOf(i, count) | (gramWeight(weights + usize(i), size) << 8), 4);
      store<u64>(out, gram, 8);
      out += ENTRY_BYTES;
    }
    a = b;
    b = c;
    c = d;
    d = e;
    e = h;
  }
  return out;
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

/** Fetches the slot of each gram into the cache. The sum is of no use but not to be optimised away. */
function touchSlots(end: usize): u32 {
  let sum: u32 = 0;
  for (let at = hits; at < end; at += ENTRY_BYTES) sum += load<u32>(slots + (usize(slotOf(load<u64>(at, 8))) << 3));
  return sum;
}

function countAll(end: usize): void {
  for (let at = hits; at < end; at += ENTRY_BYTES) {
    const slot = findSlot(load<u64>(at, 8));
    store<u32>(slot, load<u32>(slot, 4) + 1, 4);
  }
}

/** The address of the gram's slot, which becomes its own if it has none. */
function findSlot(gram: u64): usize {
  let slot = slotOf(gram);
  const tag = tagOf(gram);
  while (true) {
    const at = slots + (usize(slot) << 3);
    if (!load<u32>(at, 4)) {
      store<u32>(at, tag);
      return at;
    }
    if (load<u32>(at) == tag) return at;
    slot = (slot + 1) & slotMask;
  }
}

function weighAll(end: usize): void {
  for (let at = hits; at < end; at += ENTRY_BYTES) {
    const posting = load<u64>(at);
    const reach = reaches + usize(u32(posting)) * REACH_BYTES;
    const token = load<u32>(reach) + 1;
    store<u32>(reach, token);
    if (load<u32>(findSlot(load<u64>(at, 8)), 4) <= most) gatherInto(reach + OWN_REACH, posting, token);
    gatherInto(reach + WHOLE_REACH, posting, token);
  }
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

// @ts-ignore: decorator
@inline
function isPoor(posting: u64): bool {
  return <bool>load<u8>(poor + usize(u32(posting)));
}

/** Between passes 2 and 3: grams of many parts are marked, their counts forgotten. */
export function markCommon(): void {
  for (let slot: u32 = 0; slot <= slotMask; slot++) {
    const at = slots + (usize(slot) << 3);
    if (load<u32>(at, 4) > most) store<u32>(at, COMMON, 4);
  }
}

function markAll(end: usize): void {
  for (let at = hits; at < end; at += ENTRY_BYTES) {
    if (!isPoor(load<u64>(at))) continue;
    const slot = findSlot(load<u64>(at, 8));
    store<u32>(slot, load<u32>(slot, 4) | FAMILY, 4);
  }
}

/** Between passes 3 and 4: counts become the ends of posting lists; common grams that the family lacks are dropped. Returns how many grams are left. */
export function layOutPostings(): u32 {
  let next: u32 = 1;
  let grams: u32 = 0;
  for (let slot: u32 = 0; slot <= slotMask; slot++) {
    const at = slots + (usize(slot) << 3);
    const marked = load<u32>(at, 4);
    if (!marked) continue;
    const count = (marked & NUMBER) + u32((marked & FAMILY) != 0);
    if (!count) {
      store<u32>(at, NONE, 4);
      continue;
    }
    grams++;
    next += count;
    store<u32>(at, next | (marked & ~NUMBER), 4);
    store<u16>(postings + (usize(next - 1) << 3), 1, 6);
  }
  return grams;
}

/** Behind pass 4: the marks go, and slots point at their first posting. */
export function closePostings(): void {
  for (let slot: u32 = 0; slot <= slotMask; slot++) {
    const at = slots + (usize(slot) << 3);
    const marked = load<u32>(at, 4);
    if (marked != NONE) store<u32>(at, marked & NUMBER, 4);
  }
}

function fill(end: usize): void {
  touched += touchPostings(end);
  for (let at = hits; at < end; at += ENTRY_BYTES) fillGram(load<u64>(at, 8), load<u64>(at));
}

/** Fetches the end of each gram's postings, and its word of the filter. */
function touchPostings(end: usize): u32 {
  let sum: u32 = 0;
  for (let at = hits; at < end; at += ENTRY_BYTES) {
    const gram = load<u64>(at, 8);
    const behind = load<u32>(findSlot(gram), 4);
    if (behind == NONE) continue;
    sum += load<u32>(postings + (usize((behind & NUMBER) - 1) << 3)) + load<u32>(filterWord(gram));
  }
  return sum;
}

/** Postings are written from a list's end to its start, so that the slot ends up pointing at the first. */
function fillGram(gram: u64, posting: u64): void {
  const slot = findSlot(gram);
  let behind = load<u32>(slot, 4);
  if (behind == NONE) return;
  if (isPoor(posting)) {
    if (behind & FAMILY) {
      behind &= ~FAMILY;
      writePosting(--behind, u64(familyPart));
    }
    weighFamily(behind & NUMBER, posting);
  }
  if (!(behind & COMMON)) {
    writePosting(--behind, posting);
  }
  store<u32>(slot, behind, 4);
  const word = filterWord(gram);
  store<u64>(word, load<u64>(word) | filterBits(gram));
}

/** The flag that ends the list was set when it was laid out. */
// @ts-ignore: decorator
@inline
function writePosting(number: u32, posting: u64): void {
  const at = postings + (usize(number & NUMBER) << 3);
  store<u64>(at, load<u64>(at) | posting);
}

/** The list's last posting, the family's, weighs as much as the gram does in any part: a word that a part repeats weighs less there. */
function weighFamily(number: u32, posting: u64): void {
  let at = postings + (usize(number) << 3);
  while (!load<u16>(at, 6)) at += 8;
  store<u8>(at, max(load<u8>(at, 5), u8(posting >> 40)), 5);
}
