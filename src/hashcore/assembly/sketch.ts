// Records → signatures, band keys and digests. One call a window of whole JSON lines, or a text; the host is called back to
// (by returning) when the rows are full or a record needs it.
import { malformed, resetMalformed } from './lex';
import { segments } from './memory';
import { bins, clearBins, fillBins, writeBands } from './sketch-bins';
import { beginExact, endExact, exactByte, exactSegment } from './sketch-exact';
import {
  batchTokens,
  beginShingles,
  endShingles,
  positions,
  resetSmall,
  returnSmall,
  shingleBatch,
  shingleCount,
  shingles,
  smallCapacity,
  smallCount,
  tokens,
} from './sketch-shingles';
import { strange } from './strangers';
import { tokenCount, tokenize } from './tokenize';
import { OWN, segmentCount, walkRecord } from './walk';

export { placeShingles, setShingles } from './sketch-shingles';
export { placeBins, setBins } from './sketch-bins';

/** What `sketchLines` stopped for: as in core.ts, and that the rows must be taken. */
const NO_TEXT: i32 = 2;
const BROKEN: i32 = 4;
const NOT_UTF8: u32 = 8;
const ROWS_FULL: i32 = 16;
const STRANGE: i32 = 32;

/** {start, end, line, status, exact u64, normalised u64, tokens, shingles, small grams so far, 0}: u32s but for the digests. */
const ROW_BYTES: usize = 48;
/** Small grams one record may add before the rows are handed over; more are dropped, and a record of 100 MB has no more. */
const SMALL_ROOM: u32 = 1 << 20;

let rowsAt: usize = 0;
let signaturesAt: usize = 0;
let bandsAt: usize = 0;
let rowCapacity: u32 = 0;
let bandBytes: usize = 0;

/** Rows written since `sketchReset`. */
export let sketchRows: u32 = 0;
/** Of the call: lines passed, the last record's first byte and the byte after its line. */
export let sketchLinesPassed: u32 = 0;
export let sketchStart: usize = 0;
export let sketchEnd: usize = 0;

export function placeSketch(rows: usize, signatures: usize, bands: usize, capacity: u32, bandCount: u32): void {
  rowsAt = rows;
  signaturesAt = signatures;
  bandsAt = bands;
  rowCapacity = capacity;
  bandBytes = usize(bandCount) << 3;
}

export function sketchReset(): void {
  sketchRows = 0;
  resetSmall();
}

/** Sketches the lines of JSON in [p, end), `end` being after a newline. */
export function sketchLines(p: usize, end: usize): i32 {
  sketchLinesPassed = 0;
  while (p < end) {
    sketchEnd = p;
    if (isFull()) return ROWS_FULL;
    sketchLinesPassed++;
    sketchStart = p;
    p = skipSpaces(p, end);
    if (p < end && load<u8>(p) == 10) {
      p++;
      continue;
    }
    if (p >= end) break;
    let after = walkRecord(p, end);
    if (after) after = skipSpaces(after, end);
    if (!after || (after < end && load<u8>(after) != 10)) {
      while (p < end && load<u8>(p) != 10) p++;
      sketchEnd = min(p + 1, end);
      return BROKEN;
    }
    p = min(after + 1, end);
    sketchEnd = p;
    if (strange) return STRANGE;
    if (!sketchSegments(true, segmentCount)) return NO_TEXT;
  }
  sketchEnd = end;
  return 0;
}

/** Sketches one text. The rows must have room. */
export function sketchText(p: usize, end: usize): void {
  store<u32>(segments, u32(p));
  store<u32>(segments, u32(end), 4);
  sketchStart = p;
  sketchEnd = end;
  sketchLinesPassed = 1;
  sketchSegments(false, 1);
}

/** Digest of the words of the last text shingled: its upper 53 bits. */
export let wordsDigest: f64 = 0;

/** Shingles of one text, a batch of tokens a call: `first` begins it. Returns where it stopped; `shingleCount` says how many. */
export function shingleText(p: usize, end: usize, first: bool): usize {
  if (first) beginShingles();
  if (p >= end) {
    wordsDigest = f64(endShingles() >> 11);
    return end;
  }
  const next = tokenize(p, end, false, batchTokens());
  shingleBatch(tokenCount, false);
  return next;
}

/** How many shingles the last batch had. */
export function shinglesWritten(): u32 {
  return shingleCount;
}

/** Signature of `count` shingles that stand at `at`, into row 0: for measuring and tests. */
export function signShingles(at: usize, count: u32): void {
  clearBins(signaturesAt);
  fillBins(signaturesAt, at, count);
  writeBands(signaturesAt, bandsAt);
}

// @ts-ignore: decorator
@inline
function isFull(): bool {
  return sketchRows >= rowCapacity || smallCount + SMALL_ROOM > smallCapacity;
}

/** False, and no row, where the strings of a record at the text's own paths are without a word: the host looks elsewhere. */
function sketchSegments(json: bool, count: u32): bool {
  if (!count) return false;
  const signature = signaturesAt + usize(sketchRows) * (usize(bins) << 2);
  const smallBefore = smallCount;
  clearBins(signature);
  beginExact();
  beginShingles();
  resetMalformed();
  let found: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const at = segments + (usize(i) << 4);
    let p = usize(load<u32>(at));
    const end = usize(load<u32>(at, 4));
    const own = !json || load<u32>(at, OWN);
    // The strings of a record are joined by a newline.
    if (i) exactByte(10);
    exactSegment(p, end, json);
    while (p < end) {
      p = tokenize(p, end, json, batchTokens());
      if (own) found |= tokenCount;
      shingleBatch(tokenCount, json);
      fillBins(signature, shingles, shingleCount);
    }
  }
  const normalised = endShingles();
  if (json && !found) {
    returnSmall(smallBefore);
    return false;
  }
  fillBins(signature, shingles, shingleCount);
  writeBands(signature, bandsAt + usize(sketchRows) * bandBytes);
  writeRow(normalised);
  return true;
}

function writeRow(normalised: u64): void {
  const at = rowsAt + usize(sketchRows) * ROW_BYTES;
  store<u32>(at, u32(sketchStart));
  store<u32>(at, u32(sketchEnd), 4);
  store<u32>(at, sketchLinesPassed, 8);
  store<u32>(at, malformed ? NOT_UTF8 : 0, 12);
  store<u64>(at, endExact(), 16);
  store<u64>(at, normalised, 24);
  store<u32>(at, tokens, 32);
  store<u32>(at, positions, 36);
  store<u32>(at, smallCount, 40);
  store<u32>(at, 0, 44);
  sketchRows++;
}

function skipSpaces(p: usize, end: usize): usize {
  while (p < end) {
    const b = u32(load<u8>(p));
    if (b != 32 && b != 9 && b != 13) break;
    p++;
  }
  return p;
}
