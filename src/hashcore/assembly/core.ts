// The WebAssembly core: bytes of a corpus in, candidates out. One call a chunk; the host is called back to (by returning)
// only for a record that needs it.
import { hashTokens, tokenStart, writeLists } from './edges';
import { askFigures, beginFigures } from './figures';
import { writePatterns } from './grams';
import { writeMasks } from './hash';
import { malformed, resetMalformed } from './lex';
import { CHECKPOINT_TOKENS, SCAN_TOKENS, checkpointCapacity, checkpoints, hashMasks, segments } from './memory';
import { beginRow, endRow, keepsRows, rowBatch, rowsFull } from './record-rows';
import { beginDocument, candidateCount, documentTokens, endDocument, seedBatch } from './seeds';
import { beginSelection, endSelection, selectBatch, selecting } from './select';
import { findTokens, tokenCount } from './tokenize';
import { strange } from './strangers';
import { OWN, segmentCount, walkRecord } from './walk';

export { placeUnicode, placeNames, placeTable, placeTokens, placeScratch, placeWork, placeCandidates, placeCheckpoints } from './memory';
export { listFigures, placeFigures } from './figures';
export { tokenize, tokenCount } from './tokenize';
export { candidateCount, documentTokens } from './seeds';
export {
  blockCount,
  documentCount,
  entryCount,
  openFile,
  openRun,
  placeOrigin,
  placeSelection,
  placeTextOrigin,
  placeWindows,
  selectedTokens,
  takeEntries,
} from './select';
export { boxesUsed, clearShelves, copyBox, copyShelf, mostShelved, placePlaces, placeShelves, shelve } from './shelves';
export { countKeys, sortEntries } from './sort';
export {
  blocksBuilt,
  built,
  collapse,
  documentsBuilt,
  expandKeys,
  expandRun,
  packRun,
  placeBuilder,
  sumBlock,
} from './collapse';
export { decodeBlock, encodeBlock, joinBlock, placeCodec } from './codec';
export { openShares, rewindShares, sizeGrams, spreadGrams, weighGrams } from './spread';
export { closePostings, countGrams, fillGrams, gramCount, layOutPostings, markFamily, placeBuild } from './table';
export { walkRecord, segmentCount } from './walk';
export { digestBytes, digestSoFar, digestWhole } from './digest';
export { placeRows, resetRows, rowCount } from './record-rows';
export {
  placeBins,
  placeShingles,
  placeSketch,
  setBins,
  setShingles,
  shingleText,
  shinglesWritten,
  signShingles,
  sketchEnd,
  sketchLines,
  sketchLinesPassed,
  sketchReset,
  sketchRows,
  sketchStart,
  sketchText,
  wordsDigest,
} from './sketch';

/** What `scanLines` stopped for; several may hold. 0: the chunk is done. */
export const HAS_CANDIDATES: i32 = 1;
export const NO_TEXT: i32 = 2;
export const BROKEN: i32 = 4;
export const NOT_UTF8: i32 = 8;
/** No room for the fingerprints or the row of the record stopped at: to be made, and the record scanned again. */
export const FULL: i32 = 16;
/** The record may have other text, where none of the records looked at has any: it was not scanned. */
export const STRANGE: i32 = 32;

/** Whether documents are asked for seeds; the builder of an index has no table to ask. */
let seeding: bool = true;

export function placeSeeding(on: bool): void {
  seeding = on;
}

/** First byte of the record stopped at, the byte after its line, and lines passed since the call began, this one included. */
export let recordStart: usize = 0;
export let recordEnd: usize = 0;
export let lines: u32 = 0;
/** Records among those lines: lines that are not blank. */
export let records: u32 = 0;

/** Fills the scratch memory's lists, once it has its place. */
export function writeConstants(): void {
  writeLists();
  writeMasks(hashMasks);
  writePatterns();
}

/** Scans complete lines of JSON in [p, end), `end` being after a newline, until a record needs the host. */
export function scanLines(p: usize, end: usize): i32 {
  lines = 0;
  records = 0;
  while (p < end) {
    lines++;
    recordStart = p;
    p = skipSpaces(p, end);
    if (p < end && load<u8>(p) == 10) {
      p++;
      continue;
    }
    if (p >= end) break;
    records++;
    let after = walkRecord(p, end);
    if (after) after = skipSpaces(after, end);
    if (!after || (after < end && load<u8>(after) != 10)) {
      recordEnd = lineEnd(p, end);
      return BROKEN;
    }
    p = min(after + 1, end);
    recordEnd = p;
    if (strange) return STRANGE;
    const status = scanDocument(true, recordStart, selecting);
    if (status & FULL) {
      lines--;
      records--;
      recordEnd = recordStart;
    }
    if (status) return status;
  }
  recordEnd = end;
  return 0;
}

/** Scans one document of plain text in [p, end). */
export function scanText(p: usize, end: usize): i32 {
  placeSegment(p, end);
  return scanDocument(false, 0, selecting);
}

/** Scans the document last scanned once more: it had more candidates than there was room for. */
export function scanAgain(json: bool): i32 {
  return scanDocument(json, 0, false);
}

/**
 * Seeds and, where `select`, fingerprints over all segments of the document. `start`: where its line begins, 0 for plain text.
 */
function scanDocument(json: bool, start: usize, select: bool): i32 {
  if (!segmentCount && json) return NO_TEXT;
  const row = keepsRows && select;
  if (row && rowsFull()) return FULL;
  beginDocument();
  beginFigures();
  if (select) beginSelection(start, lines);
  if (row) beginRow();
  resetMalformed();
  const count = json ? segmentCount : 1;
  let found: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const at = segments + (usize(i) << 4);
    let p = usize(load<u32>(at));
    const end = usize(load<u32>(at, 4));
    const own = !json || load<u32>(at, OWN);
    store<u32>(at, documentTokens, 8);
    while (p < end) {
      p = findTokens(p, end, json, SCAN_TOKENS);
      if (own) found |= tokenCount;
      hashTokens(tokenCount);
      if (select) selectBatch(tokenCount);
      if (row) rowBatch(tokenCount);
      if (!seeding) continue;
      note(documentTokens, tokenCount);
      askFigures(documentTokens);
      seedBatch(tokenCount);
    }
  }
  if (select && !endSelection()) return FULL;
  endDocument();
  // The text's own strings are without a word: the host looks for another field of the record.
  if (json && !found) return NO_TEXT | (malformed ? NOT_UTF8 : 0);
  if (row) endRow(start ? lines : 0);
  return (candidateCount ? HAS_CANDIDATES : 0) | (malformed ? NOT_UTF8 : 0);
}

/** Keeps where every CHECKPOINT_TOKENS-th token of the document starts. */
function note(before: u32, count: u32): void {
  const step = CHECKPOINT_TOKENS - 1;
  for (let token = (before + step) & ~step; token < before + count; token += CHECKPOINT_TOKENS) {
    const index = token / CHECKPOINT_TOKENS;
    if (index >= checkpointCapacity) return;
    store<u32>(checkpoints + (usize(index) << 2), u32(tokenStart(token - before)));
  }
}

function placeSegment(p: usize, end: usize): void {
  store<u32>(segments, u32(p));
  store<u32>(segments, u32(end), 4);
}

function skipSpaces(p: usize, end: usize): usize {
  while (p < end) {
    const b = u32(load<u8>(p));
    if (b != 32 && b != 9 && b != 13) break;
    p++;
  }
  return p;
}

function lineEnd(p: usize, end: usize): usize {
  while (p < end) {
    const mask = u32(i8x16.bitmask(i8x16.eq(v128.load(p), i8x16.splat(10))));
    if (mask) return min(p + usize(ctz(mask)) + 1, end);
    p += 16;
  }
  return end;
}
