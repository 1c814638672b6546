// Tokens → grams → seeds → candidates. A gram is three tokens, or six where it ends in a script without spaces (measured:
// three code points are as common as a word). A seed is a gram that the benchmark holds too; a part whose seeds gather
// enough weight without too wide a gap becomes a candidate, to be aligned.
import { askGrams, beginGrams } from './grams';
import {
  candidateCapacity,
  candidates,
  familyPart,
  hits,
  HITS_BYTES,
  partRules,
  partStates,
  postings,
  slotMask,
  slots,
} from './memory';

/** Bits that a part's weight drains by for every token without a seed of it. */
export const LEAK: u32 = 2;

/** {epoch u32, last token u32, first token u32, weight u32, seen u64, candidate u32, need u32}: a part in this document. */
const STATE_BYTES: usize = 32;
export const NONE: u32 = 0xffffffff;

/** Candidates of the document so far; those beyond `candidateCapacity` are only counted. */
export let candidateCount: u32 = 0;

/** Tokens of the document before this batch. */
export let documentTokens: u32 = 0;

let touched: u32 = 0;
let epoch: u32 = 0;
/** Behind the last hit of the document that is not collected yet. */
let hitsEnd: usize = 0;

export function beginDocument(): void {
  epoch++;
  beginGrams();
  candidateCount = 0;
  documentTokens = 0;
  hitsEnd = hits;
}

/** Seeds of the batch's `count` tokens, which the tokenizer has found but not hashed. */
export function seedBatch(count: u32): void {
  if (hitsEnd + (usize(count) << 5) > hits + HITS_BYTES) collect();
  hitsEnd = askGrams(count, documentTokens, hitsEnd);
  documentTokens += count;
}

/** The document is at its end. */
export function endDocument(): void {
  if (hitsEnd > hits) collect();
}

/**
 * Looks up the hits, and gathers their weight part by part. In passes, each of which only asks memory for what the next one
 * needs, so that the answers to many hits are under way at once: one by one, a hit cost three times as much.
 */
function collect(): void {
  const stop = resolve(hitsEnd);
  hitsEnd = hits;
  touched += touch(stop);
  for (let at = hits; at < stop; at += 16) gather(load<u32>(at, 4), load<u32>(at));
}

/** Puts the index of its first posting beside each hit; drops hits that only the filter held, and grams of too many parts. */
function resolve(end: usize): usize {
  for (let at = hits; at < end; at += 16) {
    store<u32>(at, load<u32>(slots + (usize(slotOf(load<u64>(at, 8))) << 3)), 4);
  }
  let out = hits;
  for (let at = hits; at < end; at += 16) {
    const first = lookUp(load<u64>(at, 8));
    if (!first || first == NONE) continue;
    store<u32>(out, load<u32>(at));
    store<u32>(out, first, 4);
    out += 16;
  }
  return out;
}

/** Fetches the postings of each hit, and the states of their parts, into the cache. The sum is of no use but not to be optimised away. */
function touch(end: usize): u32 {
  let sum: u32 = 0;
  for (let at = hits; at < end; at += 16) sum += load<u32>(postings + (usize(load<u32>(at, 4)) << 3));
  for (let at = hits; at < end; at += 16) {
    for (let posting = postings + (usize(load<u32>(at, 4)) << 3); ; posting += 8) {
      sum += load<u32>(partStates + usize(load<u32>(posting)) * STATE_BYTES);
      if (load<u16>(posting, 6)) break;
    }
  }
  return sum;
}

// @ts-ignore: decorator
@inline
export function slotOf(gram: u64): u32 {
  return u32(gram >> 18) & slotMask;
}

// @ts-ignore: decorator
@inline
export function tagOf(gram: u64): u32 {
  return u32(gram >> 32) ^ u32(gram);
}

/** Index of the gram's first posting; 0 when the table lacks it. */
function lookUp(gram: u64): u32 {
  let slot = slotOf(gram);
  const tag = tagOf(gram);
  while (true) {
    const at = slots + (usize(slot) << 3);
    const first = load<u32>(at, 4);
    if (!first || load<u32>(at) == tag) return first;
    slot = (slot + 1) & slotMask;
  }
}

/**
 * A part's weight drains by LEAK for every token without a seed of it, as in any local score: seeds of a real copy come
 * thicker than that however long the part, chance seeds do not however long the document. At nothing, it starts anew.
 */
function gather(first: u32, token: u32): void {
  for (let at = postings + (usize(first) << 3); ; at += 8) {
    const posting = load<u64>(at);
    const state = partStates + usize(u32(posting)) * STATE_BYTES;
    const drained = (token - load<u32>(state, 4)) * LEAK;
    const before = load<u32>(state, 12);
    // No branch: whether a chance seed is a part's first nobody can guess.
    const anew = u32(load<u32>(state) != epoch) | u32(drained >= before);
    const seen = select<u64>(0, load<u64>(state, 16), anew);
    const bucket = u64(1) << ((posting >> 32) & 63);
    // The family is many texts, whose stretches mean nothing to each other: each of its seeds counts.
    const fresh = u32((seen & bucket) == 0) | u32(u32(posting) == familyPart);
    const weight = select<u32>(0, before - drained, anew) + (u32(posting >> 40) & 255 & (0 - fresh));
    const candidate = load<u32>(state, 24) | (0 - anew);
    store<u32>(state, epoch);
    store<u32>(state, token, 4);
    store<u32>(state, select<u32>(token, load<u32>(state, 8), anew), 8);
    store<u32>(state, weight, 12);
    store<u64>(state, seen | bucket, 16);
    store<u32>(state, candidate, 24);
    if (candidate != NONE || weight >= load<u32>(state, 28)) {
      if (fresh) advance(u32(posting), state, weight);
      const now = load<u32>(state, 24);
      if (now < candidateCapacity) store<u32>(candidates + (usize(now) << 4), token, 8);
    }
    if (posting >> 48) return;
  }
}

/** A candidate that is found in another way than by gathering; returns its number. */
export function addCandidate(part: u32, first: u32, last: u32): u32 {
  const candidate = candidateCount++;
  if (candidate >= candidateCapacity) return candidate;
  const at = candidates + (usize(candidate) << 4);
  store<u32>(at, part);
  store<u32>(at, first, 4);
  store<u32>(at, last, 8);
  return candidate;
}

export function extendCandidate(candidate: u32, last: u32): void {
  if (candidate < candidateCapacity) store<u32>(candidates + (usize(candidate) << 4), last, 8);
}

/** Makes the part a candidate once its weight is enough, and keeps the candidate's weight. */
// @ts-ignore: decorator
@inline
function advance(part: u32, state: usize, weight: u32): void {
  let candidate = load<u32>(state, 24);
  if (candidate == NONE) {
    const need = load<u32>(partRules + (usize(part) << 3));
    store<u32>(state, need, 28);
    if (weight < need) return;
    candidate = candidateCount++;
    store<u32>(state, candidate, 24);
    if (candidate >= candidateCapacity) return;
    store<u32>(candidates + (usize(candidate) << 4), part);
    store<u32>(candidates + (usize(candidate) << 4), load<u32>(state, 8), 4);
  }
  if (candidate < candidateCapacity) store<u32>(candidates + (usize(candidate) << 4), weight, 12);
}
