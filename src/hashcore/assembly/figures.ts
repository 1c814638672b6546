// Numbers stay when a text is translated or said in other words, and in their order: so three rare figures in a row, or four,
// whatever words stand between, are a gram too. Few tokens are figures, and only those are looked up: in a table of their
// own, which the near caches hold.
import { digitsEnd, digitsHash } from './edges';
import { digitList, tokenEnds, tokenHashes, tokenStarts } from './memory';
import { addCandidate, extendCandidate, NONE } from './seeds';
import { tokenCount } from './tokenize';

/** u32[figureSlots]: keys of the benchmark's grams of figures, open addressing, a power of two; 0 is an empty slot. */
let figureKeys: usize = 0;
let figureMask: u32 = 0;
/** u8[8192]: a bit for each value of a key's upper sixteen bits, set where there is such a key. It stays in the nearest cache. */
let figureBits: usize = 0;
/** The part that candidates found by figures have: it stands for all texts that have such a gram. */
let figurePart: u32 = 0;

/** Figures closer together than this, or farther apart, do not make a gram: lists, tables, versions; chance. Tokens. */
const LEAST_REACH: u32 = 6;
const MOST_REACH: u32 = 256;
/** Grams as near as this to the last candidate's end lengthen it. */
const JOIN: u32 = 64;

/** The document's last three figures, the latest first: low halves of their hashes, and which tokens they are. */
let f1: u32 = 0;
let f2: u32 = 0;
let f3: u32 = 0;
let t3: u32 = 0;
let t2: u32 = 0;
let t1: u32 = 0;
/** The last candidate found by figures, and where it ends. */
let candidate: u32 = NONE;
let lastToken: u32 = 0;

export function placeFigures(keys: usize, slots: u32, part: u32): void {
  figureKeys = keys;
  figureMask = slots - 1;
  figureBits = keys + (usize(slots) << 2);
  figurePart = part;
}

export function beginFigures(): void {
  f1 = f2 = f3 = 0;
  candidate = NONE;
}

/**
 * For the host: the figures among the tokens that it had found last, tokens that begin and end with a digit. Writes {token u32, first
 * byte u32, byte after the last u32, low half of the hash u32} of each to `to`, and returns how many there are.
 */
export function listFigures(to: usize): u32 {
  let at = to;
  for (let i: u32 = 0; i < tokenCount; i++) {
    const start = load<u32>(tokenStarts + (usize(i) << 2));
    const end = load<u32>(tokenEnds + (usize(i) << 2));
    if (u32(load<u8>(usize(start))) - 48 >= 10 || u32(load<u8>(usize(end) - 1)) - 48 >= 10) continue;
    store<u32>(at, i);
    store<u32>(at, start, 4);
    store<u32>(at, end, 8);
    store<u32>(at, u32(load<u64>(tokenHashes + (usize(i) << 3))), 12);
    at += 16;
  }
  return u32(at - to) >> 4;
}

/** Looks up the grams that end in a figure of the batch. `before`: tokens of the document before the batch. */
export function askFigures(before: u32): void {
  if (!figureKeys) return;
  for (let at = digitList; at < digitsEnd; at += 4) {
    const token = load<u32>(at);
    const hash = digitsHash(token);
    if (!hash) continue;
    const now = before + token;
    if (f2) {
      // Four first: they begin further to the left.
      if (f3 && isInReach(t3, now) && isHeld(mixed(keyOf(f3, f2, f1), hash))) note(t3, now);
      else if (isInReach(t2, now) && isHeld(keyOf(f2, f1, hash))) note(t2, now);
    }
    f3 = f2;
    t3 = t2;
    f2 = f1;
    t2 = t1;
    f1 = hash;
    t1 = now;
  }
}

function isInReach(first: u32, now: u32): bool {
  return now - first - LEAST_REACH <= MOST_REACH - LEAST_REACH;
}

function note(first: u32, now: u32): void {
  if (candidate != NONE && first <= lastToken + JOIN) extendCandidate(candidate, now);
  else candidate = addCandidate(figurePart, first, now);
  lastToken = now;
}

function isHeld(key: u32): bool {
  if (!((u32(load<u8>(figureBits + usize(key >> 19))) >> ((key >> 16) & 7)) & 1)) return false;
  let slot = key & figureMask;
  while (true) {
    const held = load<u32>(figureKeys + (usize(slot) << 2));
    if (!held || held == key) return held == key;
    slot = (slot + 1) & figureMask;
  }
}

/** The same as in seeds/figures.ts. */
function keyOf(a: u32, b: u32, c: u32): u32 {
  let key = a * 0x9e3779b1;
  key = (rotl(key, 13) ^ b) * 0x85ebca6b;
  return mixed(key, c);
}

function mixed(begun: u32, last: u32): u32 {
  let key = (rotl(begun, 13) ^ last) * 0xc2b2ae35;
  key ^= key >> 15;
  return key ? key : 1;
}
