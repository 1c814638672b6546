// Tokens → fingerprints. The gram that ends at a token is its last 8 tokens, or 13 where the token is a code point of a script
// without spaces. Of any `window` grams in a row the least hash is a fingerprint (Schleimer et al. 2003; the rightmost of
// equals), and so is every hash below `sketchBelow`, whatever stands around it. src/text/select.ts says the same in plain words.
//
// A fingerprint is an entry {key u64, document u32, place u32}: place is the block that the document begins in, by its
// number in `blockLog`, or the token that ends the gram where every gram is wanted (`everyGram`).
import { leastOf } from './least';
import { SCAN_TOKENS, tokenHashes } from './memory';
import { singlesFound } from './tokenize';

/** Tokens of a gram: words, and code points of scripts without spaces. */
const WORD_GRAM: u32 = 8;
const SINGLE_GRAM: u32 = 13;
/** Documents that begin in the same 2^16 bytes of their file share a block. */
const BLOCK_BITS: u64 = 16;
const NO_BLOCK: u32 = 0xffffffff;
/** In place of a gram: above all of them. */
const NONE: i64 = i64.MAX_VALUE;
const SIGN: u64 = 0x8000000000000000;

const M1: u64 = 0xbf58476d1ce4e5b9;
const M2: u64 = 0x94d049bb133111eb;

/** Whether documents are searched for fingerprints at all. */
export let selecting: bool = false;
/** Entries written since `openRun`; whole documents only, once `endSelection` was called. */
export let entryCount: u32 = 0;
/** The blocks that the entries' documents begin in. */
export let blockCount: u32 = 0;
/** Documents since `openRun`. */
export let documentCount: u32 = 0;
/** Tokens of all documents since `openRun`. */
export let selectedTokens: u32 = 0;

let entries: usize = 0;
let capacity: u32 = 0;
/** {block u32, first record u32, first document u32}[]. */
let blockLog: usize = 0;
/** u64[16 + 512]: the batch's tokens behind the document's last sixteen; address of the first of the batch. */
let recent: usize = 0;
/** i64[128 + 512] each, likewise: grams, as signed numbers in the same order; the least of the window that ends at each. */
let grams: usize = 0;
let leasts: usize = 0;
/** u16[512]: offsets of the batch's singles. */
let singles: usize = 0;
const RECENT: usize = 16 << 3;
/** More than the widest window. */
const HISTORY: usize = 128 << 3;
const BATCH: usize = usize(SCAN_TOKENS) << 3;

let wordWindow: u32 = 6;
let singleWindow: u32 = 9;
let sketchBelow: u64 = 0;
let everyGram: bool = false;

let originAddress: usize = 0;
let originOffset: u64 = 0;
let originLine: u32 = 0;
let textBlock: u32 = 0;
let textRecord: u32 = 0;

let block: u32 = NO_BLOCK;
let place: u32 = 0;
let before: u32 = 0;
let rolled: u64 = 0;
let tokens: u32 = 0;
let hasGram: bool = false;
let lastLeast: i64 = NONE;
let full: bool = false;

/** `work`: 16 KB, aligned to sixteen. */
export function placeSelection(entriesAt: usize, most: u32, blockLogAt: usize, work: usize): void {
  entries = entriesAt;
  capacity = most;
  blockLog = blockLogAt;
  recent = work + RECENT;
  grams = recent + BATCH + HISTORY;
  leasts = grams + BATCH + HISTORY;
  singles = leasts + BATCH;
}

/** How fingerprints are chosen; with windows of one every gram is, and its place is a token. */
export function placeWindows(words: u32, singles: u32, every: bool): void {
  selecting = true;
  wordWindow = words;
  singleWindow = singles;
  everyGram = every;
  sketchBelow = every ? 0 : u64(-1) / u64(words << 1);
}

/** Begins anew: no entry, no block. */
export function openRun(): void {
  entryCount = 0;
  blockCount = 0;
  documentCount = 0;
  selectedTokens = 0;
  block = NO_BLOCK;
}

/** The entries were taken; documents and blocks are numbered on. */
export function takeEntries(): void {
  entryCount = 0;
}

/** Another file is next: its blocks have numbers of their own. */
export function openFile(): void {
  block = NO_BLOCK;
}

/** Where the lines of the next call stand: `address` is `offset` bytes into the file, behind `line` lines. */
export function placeOrigin(address: usize, offset: f64, line: u32): void {
  originAddress = address;
  originOffset = u64(offset);
  originLine = line;
}

/** Which block and record of its file the next plain text is. */
export function placeTextOrigin(inBlock: u32, record: u32): void {
  textBlock = inBlock;
  textRecord = record;
}

/** `start`: where the record of a line begins; 0 for a plain text. `line`: lines since `placeOrigin`, this one included. */
export function beginSelection(start: usize, line: u32): void {
  const own = start ? u32((u64(start - originAddress) + originOffset) >> BLOCK_BITS) : textBlock;
  if (own != block) {
    block = own;
    const at = blockLog + usize(blockCount) * 12;
    store<u32>(at, own);
    store<u32>(at, start ? originLine + line : textRecord, 4);
    store<u32>(at, documentCount, 8);
    blockCount++;
  }
  place = blockCount - 1;
  before = entryCount;
  rolled = 0;
  tokens = 0;
  hasGram = false;
  lastLeast = NONE;
  full = false;
  memory.fill(recent - RECENT, 0, RECENT);
  const none = i64x2.splat(NONE);
  const reach = (usize(max(wordWindow, singleWindow)) << 3) + 16;
  for (let back: usize = 16; back <= reach; back += 16) v128.store(grams - back, none);
}

/** Fingerprints of the batch's `count` tokens, which are hashed. */
export function selectBatch(count: u32): void {
  if (full || entryCount + count + 1 > capacity) {
    full = true;
    return;
  }
  const bytes = usize(count) << 3;
  memory.copy(recent, tokenHashes, bytes);
  rollGrams(bytes);
  const listed = singlesFound ? listSingles(bytes) : singles;
  for (let at = singles; at < listed; at += 2) regram(usize(load<u16>(at)));
  hasGram = hasGram || holdsGram(bytes);
  if (everyGram) writeAll(bytes);
  else {
    leastOf(wordWindow, grams, leasts, bytes);
    for (let at = singles; at < listed; at += 2) widen(usize(load<u16>(at)));
    choose(bytes);
  }
  tokens += count;
  memory.copy(recent - RECENT, recent + bytes - RECENT, RECENT);
  memory.copy(grams - HISTORY, grams + bytes - HISTORY, HISTORY);
}

/** True where the document's fingerprints found room; else none of them was kept. */
export function endSelection(): bool {
  if (full) {
    entryCount = before;
    return false;
  }
  // A text too short for any gram is one by itself.
  if (!hasGram && tokens) {
    const at = entries + (usize(entryCount++) << 4);
    store<u64>(at, mix(lastOnes(recent - 8, tokens)));
    store<u64>(at, stampOf(tokens - 1), 8);
  }
  selectedTokens += tokens;
  documentCount++;
  return true;
}

/** Document and place of an entry, as one number. */
// @ts-ignore: decorator
@inline
function stampOf(token: u32): u64 {
  return u64(documentCount) | (u64(everyGram ? token : place) << 32);
}

/** The gram of words that ends at each token, or none where the document has too few tokens. */
function rollGrams(bytes: usize): void {
  const from = recent;
  const to = grams;
  let gram = rolled;
  for (let at: usize = 0; at < bytes; at += 8) {
    gram = rotl<u64>(gram, 1) ^ rotl<u64>(load<u64>(from + at - (usize(WORD_GRAM) << 3)), WORD_GRAM) ^ load<u64>(from + at);
    store<u64>(to + at, mix(gram) ^ SIGN);
  }
  rolled = gram;
  for (let at: usize = 0; at < bytes && tokens + u32(at >> 3) < WORD_GRAM - 1; at += 8) store<i64>(grams + at, NONE);
}

/** Lists the singles; returns the list's end. */
function listSingles(bytes: usize): usize {
  const from = recent;
  let out = singles;
  for (let at: usize = 0; at < bytes; at += 8) {
    store<u16>(out, u16(at));
    out += usize(load<u32>(from + at) & 1) << 1;
  }
  return out;
}

/** The gram that ends at a single is another one. */
function regram(at: usize): void {
  const isGram = tokens + u32(at >> 3) + 1 >= SINGLE_GRAM;
  store<u64>(grams + at, isGram ? mix(lastOnes(recent + at, SINGLE_GRAM)) ^ SIGN : u64(NONE));
}

function holdsGram(bytes: usize): bool {
  for (let at: usize = 0; at < bytes; at += 8) if (load<i64>(grams + at) != NONE) return true;
  return false;
}

/** The window that ends at a single has another width. Where no gram ends, no window does: the one before stands. */
function widen(at: usize): void {
  let least = load<i64>(grams + at);
  if (least == NONE) least = at ? load<i64>(leasts + at - 8) : lastLeast;
  else for (let back: usize = 8; back < usize(singleWindow) << 3; back += 8) least = min(least, load<i64>(grams + at - back));
  store<i64>(leasts + at, least);
}

/**
 * Writes the grams of the sketch, and each window's least where it is not the one of the window before, nor of the sketch. A
 * token whose own gram is of the sketch has no other least, so that there is one to write at most.
 */
function choose(bytes: usize): void {
  const stamp = stampOf(0);
  const limit = i64(sketchBelow ^ SIGN);
  const from = grams;
  const lowest = leasts;
  let out = entries + (usize(entryCount) << 4);
  let last = lastLeast;
  for (let at: usize = 0; at < bytes; at += 8) {
    const gram = load<i64>(from + at);
    const least = load<i64>(lowest + at);
    const inSketch = gram < limit;
    store<u64>(out, u64(select<i64>(gram, least, inSketch)) ^ SIGN);
    store<u64>(out, stamp, 8);
    out += usize(u32(inSketch) | (u32(least != last) & u32(least >= limit))) << 4;
    last = least;
  }
  lastLeast = last;
  entryCount = u32((out - entries) >> 4);
}

/** Every gram, with the token that ends it. */
function writeAll(bytes: usize): void {
  let out = entries + (usize(entryCount) << 4);
  for (let at: usize = 0; at < bytes; at += 8) {
    const gram = load<i64>(grams + at);
    store<u64>(out, u64(gram) ^ SIGN);
    store<u64>(out, stampOf(tokens + u32(at >> 3)), 8);
    out += usize(gram != NONE) << 4;
  }
  entryCount = u32((out - entries) >> 4);
}

/** The `count` tokens up to the one at `last`, each turned by how far back it is. */
function lastOnes(last: usize, count: u32): u64 {
  let gram: u64 = 0;
  for (let back: usize = 0; back < usize(count); back++) gram ^= rotl<u64>(load<u64>(last - (back << 3)), u64(back));
  return gram;
}

// @ts-ignore: decorator
@inline
function mix(gram: u64): u64 {
  let x = (gram ^ (gram >> 32)) * M1;
  x = (x ^ (x >> 29)) * M2;
  return x ^ (x >> 32);
}
