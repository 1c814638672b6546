// Tokens → fingerprints. The gram that ends at a token is its last 8 tokens, or 13 where the token is a code point of a script
// without spaces. Of any `window` grams in a row the least hash is a fingerprint (Schleimer et al. 2003; the rightmost of
// equals), and so is every hash below `sketchBelow`, whatever stands around it. src/text/select.ts says the same in plain words.
//
// A fingerprint is an entry {key u64, document u32, place u32}: place is the block that the document begins in, by its
// number in `blockLog`, or the token that ends the gram where every gram is wanted (`everyGram`).
import { tokenHashes } from './memory';

/** Tokens of a gram: words, and code points of scripts without spaces. */
const WORD_GRAM: u32 = 8;
const SINGLE_GRAM: u32 = 13;
/** Documents that begin in the same 2^16 bytes of their file share a block. */
const BLOCK_BITS: u64 = 16;
const NONE: u32 = 0xffffffff;

const M1: u64 = 0xbf58476d1ce4e5b9;
const M2: u64 = 0x94d049bb133111eb;

/** Whether documents are searched for fingerprints at all. */
export let selecting: bool = false;
/** Entries written since `openRun`; whole documents only, once `endSelection` was called. */
export let entryCount: u32 = 0;
/** The blocks that the entries' documents begin in. */
export let blockCount: u32 = 0;
/** Tokens of all documents since `openRun`. */
export let selectedTokens: u32 = 0;

let entries: usize = 0;
let capacity: u32 = 0;
/** {block u32, first record u32}[]. */
let blockLog: usize = 0;
/** u64[16], u64[128], u8[128]: the last tokens, the last grams, and which of those are taken. Powers of two. */
let recent: usize = 0;
let gramRing: usize = 0;
let takenRing: usize = 0;
const RECENT: u32 = 15;
const RING: u32 = 127;

let wordWindow: u32 = 6;
let singleWindow: u32 = 9;
let sketchBelow: u64 = 0;
let everyGram: bool = false;

let originAddress: usize = 0;
let originOffset: u64 = 0;
let originLine: u32 = 0;
let textBlock: u32 = 0;
let textRecord: u32 = 0;

let document: u32 = 0;
let block: u32 = NONE;
let place: u32 = 0;
let before: u32 = 0;
let rolled: u64 = 0;
let tokens: u32 = 0;
let grams: u32 = 0;
let least: u64 = 0;
let leastAt: u32 = 0;
let lastWindow: u32 = 0;
let full: bool = false;

/** `work`: 2,048 bytes, aligned to eight. */
export function placeSelection(entriesAt: usize, most: u32, blockLogAt: usize, work: usize): void {
  entries = entriesAt;
  capacity = most;
  blockLog = blockLogAt;
  recent = work;
  gramRing = work + 128;
  takenRing = work + 128 + 1024;
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
  document = 0;
  selectedTokens = 0;
  block = NONE;
}

/** Another file is next: its blocks have numbers of their own. */
export function openFile(): void {
  block = NONE;
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
    store<u32>(blockLog + (usize(blockCount) << 3), own);
    store<u32>(blockLog + (usize(blockCount) << 3), start ? originLine + line : textRecord, 4);
    blockCount++;
  }
  place = blockCount - 1;
  before = entryCount;
  rolled = 0;
  tokens = 0;
  grams = 0;
  least = -1;
  lastWindow = 0;
  full = false;
  for (let i: usize = 0; i < 128; i += 8) store<u64>(recent + i, 0);
}

/** Fingerprints of the batch's `count` tokens, which are hashed. */
export function selectBatch(count: u32): void {
  if (full || entryCount + 2 * count + 1 > capacity) {
    full = true;
    return;
  }
  for (let i: u32 = 0; i < count; i++) {
    const token = load<u64>(tokenHashes + (usize(i) << 3));
    const at = recent + (usize(tokens & RECENT) << 3);
    const out = load<u64>(recent + (usize((tokens - WORD_GRAM) & RECENT) << 3));
    rolled = rotl<u64>(rolled, 1) ^ rotl<u64>(out, WORD_GRAM) ^ token;
    store<u64>(at, token);
    const single = u32(token) & 1;
    const need = single ? SINGLE_GRAM : WORD_GRAM;
    if (tokens + 1 >= need) take(mix(single ? lastOnes(tokens, SINGLE_GRAM) : rolled), single ? singleWindow : wordWindow);
    else store<u64>(gramRing + (usize(tokens & RING) << 3), -1);
    tokens++;
  }
}

/** True where the document's fingerprints found room; else none of them was kept. */
export function endSelection(): bool {
  if (full) {
    entryCount = before;
    return false;
  }
  // A text too short for any gram is one by itself.
  if (!grams && tokens) write(mix(lastOnes(tokens - 1, tokens)), tokens - 1);
  selectedTokens += tokens;
  document++;
  return true;
}

// @ts-ignore: decorator
@inline
function write(key: u64, token: u32): void {
  const at = entries + (usize(entryCount) << 4);
  store<u64>(at, key);
  store<u32>(at, document, 8);
  store<u32>(at, everyGram ? token : place, 12);
  entryCount++;
}

/** The gram that ends at the current token, and the least of its window. */
// @ts-ignore: decorator
@inline
function take(gram: u64, window: u32): void {
  store<u64>(gramRing + (usize(tokens & RING) << 3), gram);
  grams++;
  const inSketch = gram < sketchBelow;
  if (gram <= least && window == lastWindow) {
    least = gram;
    leastAt = tokens;
    write(gram, tokens);
    store<u8>(takenRing + usize(tokens & RING), 1);
    return;
  }
  if (inSketch) write(gram, tokens);
  store<u8>(takenRing + usize(tokens & RING), u8(inSketch));
  if (window == lastWindow && tokens - leastAt < window) return;
  lastWindow = window;
  findLeast(window);
}

/** Looks through the window that ends at the current token; the rightmost of equals. */
function findLeast(window: u32): void {
  least = -1;
  const most = min(window, tokens + 1);
  for (let back: u32 = 0; back < most; back++) {
    const gram = load<u64>(gramRing + (usize((tokens - back) & RING) << 3));
    if (gram < least) {
      least = gram;
      leastAt = tokens - back;
    }
  }
  const taken = takenRing + usize(leastAt & RING);
  if (load<u8>(taken)) return;
  write(least, leastAt);
  store<u8>(taken, 1);
}

/** The `count` tokens up to number `last`, each turned by how far back it is. */
function lastOnes(last: u32, count: u32): u64 {
  let gram: u64 = 0;
  for (let back: u32 = 0; back < count; back++) {
    gram ^= rotl<u64>(load<u64>(recent + (usize((last - back) & RECENT) << 3)), u64(back));
  }
  return gram;
}

// @ts-ignore: decorator
@inline
function mix(gram: u64): u64 {
  let x = (gram ^ (gram >> 32)) * M1;
  x = (x ^ (x >> 29)) * M2;
  return x ^ (x >> 32);
}
