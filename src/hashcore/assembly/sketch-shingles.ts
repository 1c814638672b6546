// Tokens of a record → its shingles, as 64-bit hashes: `size` tokens in a row, or `size` characters in a row of the folded
// words with one space between (none between code points of scripts without spaces). A record shorter than a shingle is one
// shingle. On the way: the digest of all its tokens, and its small grams (FracMinHash).
import { finishGram, rollIn } from './hash';
import { fold, point, step } from './lex';
import { expansions, tokenEnds, tokenHashes, tokenStarts } from './memory';
import { EXPANSION } from './spelling';

/** Tokens taken at a time: of characters no more than the buffers hold, 256 to a token and a space. */
export const WORD_BATCH: u32 = 512;
export const CHARACTER_BATCH: u32 = 192;
/** Tokens in a gram of the containment sketch, as the index has it: where it ends in a word, or in a script without spaces. */
const WORD_GRAM: u32 = 8;
const SINGLE_GRAM: u32 = 13;
const WORD: u32 = 1;
const SINGLE: u32 = 2;

/** u64[65536]: the shingles of the batch. */
export let shingles: usize = 0;
export let shingleCount: u32 = 0;
/** u64[2048 + 16]: the tokens before the batch that its shingles need, and the batch. */
let window: usize = 0;
/** u32[65536 + 16]: the same of characters. */
let letters: usize = 0;
/** u64[smallCapacity]: grams with a hash below `smallBelow`. */
export let small: usize = 0;
export let smallCount: u32 = 0;
export let smallCapacity: u32 = 0;
let smallBelow: u64 = 0;

let characters: bool = false;
let size: u32 = 3;
let carriedTokens: u32 = 0;
let carriedLetters: u32 = 0;
/** Of the record so far. */
export let tokens: u32 = 0;
export let positions: u32 = 0;
let smalls: u32 = 0;
let digest: u64 = 0;
let lastStart: u32 = 0;
let lastSingle: bool = false;

export function placeShingles(shinglesAt: usize, windowAt: usize, lettersAt: usize, smallAt: usize, capacity: u32): void {
  shingles = shinglesAt;
  window = windowAt;
  letters = lettersAt;
  small = smallAt;
  smallCapacity = capacity;
}

export function setShingles(ofCharacters: bool, length: u32, below: u64): void {
  characters = ofCharacters;
  size = length;
  smallBelow = below;
}

export function batchTokens(): u32 {
  return characters ? CHARACTER_BATCH : WORD_BATCH;
}

export function resetSmall(): void {
  smallCount = 0;
}

/** Takes back the small grams of a record that gets no row. */
export function returnSmall(count: u32): void {
  smallCount = count;
}

export function beginShingles(): void {
  shingleCount = 0;
  carriedTokens = 0;
  carriedLetters = 0;
  tokens = 0;
  positions = 0;
  smalls = 0;
  digest = 0;
  lastStart = 0;
  lastSingle = false;
}

/** The shingles that end in the batch of `count` tokens that the tokenizer holds. */
export function shingleBatch(count: u32, json: bool): void {
  shingleCount = 0;
  if (!count) return;
  memory.copy(window + (usize(carriedTokens) << 3), tokenHashes, usize(count) << 3);
  for (let i: u32 = 0; i < count; i++) digest = rollIn(digest, load<u64>(tokenHashes + (usize(i) << 3)));
  tokens += count;
  const held = carriedTokens + count;
  if (characters) shingleLetters(count, json);
  else rollWords(held, max(i32(held) - i32(count) - i32(size) + 1, 0));
  if (smallBelow) smallGrams(held);
  const most = max(size, SINGLE_GRAM) - 1;
  carriedTokens = min(most, held);
  memory.copy(window, window + (usize(held - carriedTokens) << 3), usize(carriedTokens) << 3);
}

/** What is left when the record ends: one shingle, one gram where it is too short for any. Returns the digest of its tokens. */
export function endShingles(): u64 {
  shingleCount = 0;
  if (tokens && !positions) {
    let h: u64 = 0;
    if (characters) h = chain32(letters, carriedLetters);
    else h = chain64(window, carriedTokens);
    write(h);
    positions = 1;
  }
  if (smallBelow && tokens && !smalls) keepSmall(gram(window, carriedTokens));
  return finishGram(rollIn(digest, u64(tokens)));
}

// @ts-ignore: decorator
@inline
function write(h: u64): void {
  store<u64>(shingles + (usize(shingleCount) << 3), h);
  shingleCount++;
}

/** Shingles of the tokens in `window`, from the one that starts at `from` on. */
function rollWords(held: u32, from: u32): void {
  if (held < size) return;
  const n = held - size + 1;
  let at = window + (usize(from) << 3);
  let out = shingles;
  if (size == 3) {
    for (let i = from; i < n; i++) {
      store<u64>(out, finishGram(rollIn(rollIn(load<u64>(at), load<u64>(at, 8)), load<u64>(at, 16))));
      at += 8;
      out += 8;
    }
  } else
    for (let i = from; i < n; i++) {
      store<u64>(out, chain64(at, size));
      at += 8;
      out += 8;
    }
  shingleCount = n - from;
  positions += n - from;
}

function chain64(at: usize, count: u32): u64 {
  let h = load<u64>(at);
  for (let i: u32 = 1; i < count; i++) h = rollIn(h, load<u64>(at + (usize(i) << 3)));
  return finishGram(h);
}

function chain32(at: usize, count: u32): u64 {
  let h: u64 = 0x9e3779b97f4a7c15;
  for (let i: u32 = 0; i < count; i++) h = rollIn(h, u64(load<u32>(at + (usize(i) << 2))));
  return finishGram(h);
}

/** Grams that end in the batch, the small ones of them. */
function smallGrams(held: u32): void {
  for (let last = carriedTokens; last < held; last++) {
    const length = load<u64>(window + (usize(last) << 3)) & 1 ? SINGLE_GRAM : WORD_GRAM;
    if (last + 1 < length) continue;
    smalls++;
    keepSmall(gram(window + (usize(last + 1 - length) << 3), length));
  }
}

/** Each token turned by how far it is from the last one, then mixed: the hash that the index has of a gram. */
function gram(at: usize, count: u32): u64 {
  let h: u64 = 0;
  for (let i: u32 = 0; i < count; i++) h ^= rotl<u64>(load<u64>(at + (usize(i) << 3)), u64(count - 1 - i));
  h = (h ^ (h >> 32)) * 0xbf58476d1ce4e5b9;
  h = (h ^ (h >> 29)) * 0x94d049bb133111eb;
  return h ^ (h >> 32);
}

// @ts-ignore: decorator
@inline
function keepSmall(h: u64): void {
  if (h >= smallBelow || smallCount >= smallCapacity) return;
  store<u64>(small + (usize(smallCount) << 3), h);
  smallCount++;
}

/** The characters of the batch's tokens, read again from the text, and their shingles. */
function shingleLetters(count: u32, json: bool): void {
  let held = carriedLetters;
  for (let i: u32 = 0; i < count; i++) {
    const from = load<u32>(tokenStarts + (usize(i) << 2));
    // One code point that folds to several is several tokens in one place.
    if (from == lastStart) continue;
    lastStart = from;
    const single = (load<u64>(tokenHashes + (usize(i) << 3)) & 1) != 0;
    if ((positions || held) && !(single && lastSingle)) held = letter(32, held);
    lastSingle = single;
    held = lettersOf(usize(from), usize(load<u32>(tokenEnds + (usize(i) << 2))), json, held);
  }
  for (let i: u32 = 0; i + size <= held; i++) {
    write(chain32(letters + (usize(i) << 2), size));
    positions++;
  }
  carriedLetters = min(size - 1, held);
  memory.copy(letters, letters + (usize(held - carriedLetters) << 2), usize(carriedLetters) << 2);
}

function lettersOf(p: usize, end: usize, json: bool, held: u32): u32 {
  while (p < end) {
    p = step(p, end, json);
    if (point < 0) continue;
    const entry = fold(point);
    const kind = (entry >> 21) & 3;
    if (kind != WORD && kind != SINGLE) continue;
    if (!(entry & EXPANSION)) {
      held = letter(entry & 0x1fffff, held);
      continue;
    }
    const at = expansions + (usize(entry & 0x1fffff) << 2);
    const points = load<u32>(at);
    for (let i: u32 = 1; i <= points; i++) held = letter(load<u32>(at + (usize(i) << 2)), held);
  }
  return held;
}

// @ts-ignore: decorator
@inline
function letter(cp: u32, held: u32): u32 {
  store<u32>(letters + (usize(held) << 2), cp);
  return held + 1;
}
