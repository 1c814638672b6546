// Tokens → grams → seeds → candidates. A gram is three tokens, or six where it ends in a script without spaces (measured:
// three code points are as common as a word). A seed is a gram that the benchmark holds too; a part whose seeds gather
// enough weight without too wide a gap becomes a candidate, to be aligned.
import { finishGram, rollIn } from './hash';
import {
  CANDIDATES,
  candidates,
  filter,
  filterMask,
  hits,
  partRules,
  partStates,
  postings,
  slotMask,
  slots,
  tokenHashes,
} from './memory';

export const WORD_GRAM: u32 = 3;
export const SINGLE_GRAM: u32 = 6;

/** Seeds farther than this from any other are chance: not looked up. Tokens. */
const LONELY: u32 = 24;

/** Bits a token. */
const LEAK: u32 = 2;

/** {epoch u32, last token u32, first token u32, weight u32, seen u64, candidate u32, 0}: one part in this document. */
const STATE_BYTES: usize = 32;
const NONE: u32 = 0xffffffff;

/** Candidates of the document so far; `overflow` when there were more than fit. */
export let candidateCount: u32 = 0;
export let overflow: bool = false;

/** Tokens of the document before this batch. */
export let documentTokens: u32 = 0;
/** Grams looked up so far, for measuring. */
export let probes: u64 = 0;

let epoch: u32 = 0;
let h1: u64 = 0;
let h2: u64 = 0;
let h3: u64 = 0;
let h4: u64 = 0;
let h5: u64 = 0;
let h6: u64 = 0;
let lastHit: u32 = 0;

export function beginDocument(): void {
  epoch++;
  candidateCount = 0;
  overflow = false;
  documentTokens = 0;
  lastHit = NONE - LONELY;
}

// @ts-ignore: decorator
@inline
function gram6(a: u64, b: u64, c: u64, d: u64, e: u64, f: u64): u64 {
  return finishGram(rollIn(rollIn(rollIn(rollIn(rollIn(a, b), c), d), e), f));
}

/** Notes the gram that ends at `token` if the filter holds it and the document has `size` tokens by then. */
// @ts-ignore: decorator
@inline
function hit(out: usize, gram: u64, token: u32, size: u32): usize {
  // Always written, kept or not: a branch here would be guessed wrong at every other hit, and stall the loads behind it.
  store<u32>(out, token);
  store<u64>(out + 8, gram);
  return out + ((usize(filterHolds(gram)) & usize(token + 1 >= size)) << 4);
}

// @ts-ignore: decorator
@inline
function filterHolds(gram: u64): bool {
  const word = load<u64>(filter + (usize((gram >> 32) & filterMask) << 3));
  const bits = bloomBits(gram);
  return (word & bits) == bits;
}

// @ts-ignore: decorator
@inline
function bloomBits(gram: u64): u64 {
  return (u64(1) << (gram & 63)) | (u64(1) << ((gram >> 6) & 63)) | (u64(1) << ((gram >> 12) & 63));
}

/** Rolls the batch's `count` tokens into grams; those in the filter go to `hits`, then to `collect`. */
export function seedBatch(count: u32): void {
  let z = h6;
  let a = h5;
  let b = h4;
  let c = h3;
  let d = h2;
  let e = h1;
  let out = hits;
  for (let i: u32 = 0; i < count; i++) {
    const h = load<u64>(tokenHashes + (usize(i) << 3));
    const token = documentTokens + i;
    if (h & 1) {
      out = hit(out, gram6(a, b, c, d, e, h), token, SINGLE_GRAM);
      // The same six with a stranger in the middle: text salted with a filler every few code points has no six in a row.
      out = hit(out, gram6(z, a, b, d, e, h), token, SINGLE_GRAM + 1);
    } else {
      out = hit(out, finishGram(rollIn(rollIn(d, e), h)), token, WORD_GRAM);
    }
    z = a;
    a = b;
    b = c;
    c = d;
    d = e;
    e = h;
  }
  h6 = z;
  h5 = a;
  h4 = b;
  h3 = c;
  h2 = d;
  h1 = e;
  documentTokens += count;
  collect(out);
}

/** Looks up the hits that have company, and gathers their weight part by part. */
function collect(end: usize): void {
  for (let at = hits; at < end; at += 16) {
    const token = load<u32>(at);
    const company = token - lastHit <= LONELY || at + 16 >= end || load<u32>(at + 16) - token <= LONELY;
    lastHit = token;
    if (company) lookUp(load<u64>(at + 8), token);
  }
}

// @ts-ignore: decorator
@inline
function slotOf(gram: u64): u32 {
  return u32(gram >> 18) & slotMask;
}

// @ts-ignore: decorator
@inline
function tagOf(gram: u64): u32 {
  return u32(gram >> 32) ^ u32(gram);
}

function lookUp(gram: u64, token: u32): void {
  probes++;
  let slot = slotOf(gram);
  const tag = tagOf(gram);
  while (true) {
    const at = slots + (usize(slot) << 3);
    const first = load<u32>(at, 4);
    if (!first) return;
    if (load<u32>(at) == tag) {
      if (first != NONE) gather(first, token);
      return;
    }
    slot = (slot + 1) & slotMask;
  }
}

/**
 * A part's weight drains by LEAK for every token without a seed of it, as in any local score: seeds of a real copy come
 * thicker than that however long the part, chance seeds do not however long the document. At nothing, it starts anew.
 */
function gather(first: u32, token: u32): void {
  for (let at = postings + (usize(first) << 3); ; at += 8) {
    const part = load<u32>(at);
    const state = partStates + usize(part) * STATE_BYTES;
    const drained = (token - load<u32>(state, 4)) * LEAK;
    if (load<u32>(state) != epoch || drained >= load<u32>(state, 12)) {
      store<u32>(state, epoch);
      store<u32>(state, token, 8);
      store<u32>(state, 0, 12);
      store<u64>(state, 0, 16);
      store<u32>(state, NONE, 24);
    } else {
      store<u32>(state, load<u32>(state, 12) - drained, 12);
    }
    store<u32>(state, token, 4);
    const seen = load<u64>(state, 16);
    const bucket = u64(1) << u64(load<u8>(at, 4));
    if (!(seen & bucket)) {
      store<u64>(state, seen | bucket, 16);
      const weight = load<u32>(state, 12) + u32(load<u8>(at, 5));
      store<u32>(state, weight, 12);
      advance(part, state, weight);
    }
    const candidate = load<u32>(state, 24);
    if (candidate != NONE) store<u32>(candidates + (usize(candidate) << 4), token, 8);
    if (load<u16>(at, 6)) return;
  }
}

/** Makes the part a candidate once its weight is enough, and keeps the candidate's weight. */
// @ts-ignore: decorator
@inline
function advance(part: u32, state: usize, weight: u32): void {
  let candidate = load<u32>(state, 24);
  if (candidate == NONE) {
    if (weight < load<u32>(partRules + (usize(part) << 3))) return;
    if (candidateCount == CANDIDATES) {
      overflow = true;
      return;
    }
    candidate = candidateCount++;
    store<u32>(state, candidate, 24);
    store<u32>(candidates + (usize(candidate) << 4), part);
    store<u32>(candidates + (usize(candidate) << 4), load<u32>(state, 8), 4);
  }
  store<u32>(candidates + (usize(candidate) << 4), weight, 12);
}

// ---- building the table ----

/** Pass 1: counts the grams of the part whose `count` tokens were just written. */
export function countGrams(count: u32): void {
  eachGram(count, 0, 0, true);
}

/** Pass 2: writes its postings; token weights are bytes at `weights`. */
export function fillGrams(count: u32, part: u32, weights: usize): void {
  eachGram(count, part, weights, false);
}

function eachGram(count: u32, part: u32, weights: usize, counting: bool): void {
  for (let i: u32 = 0; i < count; i++) {
    const size = load<u64>(tokenHashes + (usize(i) << 3)) & 1 ? SINGLE_GRAM : WORD_GRAM;
    if (i + 1 < size) continue;
    let gram = load<u64>(tokenHashes + (usize(i + 1 - size) << 3));
    for (let j = i + 2 - size; j <= i; j++) gram = rollIn(gram, load<u64>(tokenHashes + (usize(j) << 3)));
    gram = finishGram(gram);
    if (counting) countGram(gram);
    else fillGram(gram, part, bucketOf(i, count), gramWeight(weights, i, size));
  }
}

/** Which 64th of the part the gram ends in: a phrase repeated by a document counts once. */
function bucketOf(i: u32, count: u32): u32 {
  return count <= 64 ? i : u32((u64(i) << 6) / u64(count));
}

function gramWeight(weights: usize, i: u32, size: u32): u32 {
  let sum: u32 = 0;
  for (let j = i + 1 - size; j <= i; j++) sum += u32(load<u8>(weights + usize(j)));
  return min(sum, u32(255));
}

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

function countGram(gram: u64): void {
  const at = findSlot(gram);
  store<u32>(at, load<u32>(at, 4) + 1, 4);
}

/** Between the passes: counts become the ends of posting lists; grams of more than `most` parts are dropped. Returns postings. */
export function layOutPostings(most: u32): u32 {
  let next: u32 = 1;
  for (let slot: u32 = 0; slot <= slotMask; slot++) {
    const at = slots + (usize(slot) << 3);
    const count = load<u32>(at, 4);
    if (!count) continue;
    if (count > most) {
      store<u32>(at, NONE, 4);
      continue;
    }
    next += count;
    store<u32>(at, next, 4);
    store<u16>(postings + (usize(next - 1) << 3), 1, 6);
  }
  return next;
}

/** Postings are written from a list's end to its start, so that the slot ends up pointing at the first. */
function fillGram(gram: u64, part: u32, bucket: u32, weight: u32): void {
  const slot = findSlot(gram);
  const end = load<u32>(slot, 4);
  if (end == NONE) return;
  const at = postings + (usize(end - 1) << 3);
  store<u32>(slot, end - 1, 4);
  store<u32>(at, part);
  store<u8>(at, u8(bucket), 4);
  store<u8>(at, u8(weight), 5);
  const word = filter + (usize((gram >> 32) & filterMask) << 3);
  store<u64>(word, load<u64>(word) | bloomBits(gram));
}
