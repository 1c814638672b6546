import { ENTITY_MARKS, HTML_TAGS, LATEX_COMMANDS, SEPARATING_ENTITIES } from '../text/markup.js';
import type { UnicodeTable } from '../text/unicode.js';
import { allocate } from './load.js';
import type { CoreExports } from './load.js';

/** The sizes that assembly/memory.ts fixes. */
export const BATCH_TOKENS = 2048;
/** Candidates that a document may have before room is made for more. */
export const CANDIDATES = 1 << 12;
export const SEGMENTS = 1 << 14;
export const CHECKPOINT_TOKENS = 64;
const STATE_BYTES = 32;
/** A part while the table is built (assembly/table.ts): what its own grams gather, and all of them. */
export const REACH_BYTES = 56;
export const OWN_REACH = 8 + 16;
export const WHOLE_REACH = 32 + 16;
const SPELLING_BYTES = 512;
/** Lists, edges, digits and spelled tokens: see assembly/memory.ts. */
const SCRATCH_BYTES = 10_496 + (BATCH_TOKENS + 64) * 32;
const PATH_BYTES = 16384;
/** State of a digest (assembly/digest.ts). */
export const DIGEST_BYTES = 72;
/** Room before a batch's hashes for those of the last tokens before it (assembly/grams.ts); a whole line of the cache. */
const CARRIED_BYTES = 64;
/** Bits that say which keys of figures there may be (assembly/figures.ts). */
export const FIGURE_BITS = 1 << 16;
/** Vector loads may look this far past the last byte. */
export const PADDING_BYTES = 64;

/** Where the text model stands in the shared memory. */
export interface TextTables {
  readonly blockIndex: number;
  readonly blocks: number;
  readonly expansions: number;
  readonly names: number;
  readonly nameCounts: readonly [number, number, number, number];
}

/** Where a benchmark's grams stand in the shared memory. */
export interface GramTable {
  readonly filter: number;
  readonly filterWords: number;
  readonly slots: number;
  readonly slotCount: number;
  readonly postings: number;
  readonly rules: number;
  /** Texts, and one more: the family (seeds/family.ts). */
  readonly parts: number;
  /**
   * Keys of grams of figures (seeds/figures.ts), and their slots; behind them FIGURE_BITS bits, set where a key's upper bits say.
   * Candidates found by them have the part `parts`.
   */
  readonly figureKeys: number;
  readonly figureSlots: number;
}

/** One worker's own stretch of the shared memory. */
export interface Region {
  readonly hashes: number;
  readonly starts: number;
  readonly ends: number;
  readonly spelling: number;
  readonly hits: number;
  readonly states: number;
  readonly segments: number;
  readonly paths: number;
  readonly digest: number;
}

/** Writes the text model into the memory. */
export function writeTextTables(memory: WebAssembly.Memory, table: UnicodeTable): TextTables {
  const lists = [LATEX_COMMANDS, HTML_TAGS, SEPARATING_ENTITIES, ENTITY_MARKS].map(packNames);
  const names = lists.flatMap((list) => [...list]);
  const indexBytes = align(table.blockIndex.byteLength);
  const blockBytes = align(table.blocks.byteLength);
  const expansionBytes = align(table.expansions.byteLength);
  const at = allocate(memory, indexBytes + blockBytes + expansionBytes + names.length * 8);
  const tables: TextTables = {
    blockIndex: at,
    blocks: at + indexBytes,
    expansions: at + indexBytes + blockBytes,
    names: at + indexBytes + blockBytes + expansionBytes,
    nameCounts: [lists[0].length, lists[1].length, lists[2].length, lists[3].length],
  };
  new Uint16Array(memory.buffer, tables.blockIndex, table.blockIndex.length).set(table.blockIndex);
  new Uint32Array(memory.buffer, tables.blocks, table.blocks.length).set(table.blocks);
  new Uint32Array(memory.buffer, tables.expansions, table.expansions.length).set(table.expansions);
  new BigUint64Array(memory.buffer, tables.names, names.length).set(names);
  return tables;
}

export function placeTextTables(core: CoreExports, tables: TextTables): void {
  core.placeUnicode(tables.blockIndex, tables.blocks, tables.expansions);
  core.placeNames(tables.names, ...tables.nameCounts);
}

export function placeGramTable(core: CoreExports, table: GramTable): void {
  const { filter, filterWords, slots, slotCount, postings, rules, parts, figureKeys, figureSlots } = table;
  core.placeTable(filter, filterWords, slots, slotCount, postings, rules, parts);
  core.placeFigures(figureKeys, figureSlots, parts);
}

/** Allocates a worker's region for a benchmark of `parts` parts, and tells the core. */
export function createRegion(memory: WebAssembly.Memory, core: CoreExports, parts: number): Region {
  const sizes = [
    CARRIED_BYTES + BATCH_TOKENS * 8, // hashes
    BATCH_TOKENS * 4, // starts
    BATCH_TOKENS * 4, // ends
    SPELLING_BYTES,
    BATCH_TOKENS * 32, // hits: a token may end two grams
    SCRATCH_BYTES,
    SEGMENTS * 16,
    PATH_BYTES,
    DIGEST_BYTES,
    parts * STATE_BYTES,
  ].map(align);
  let next = allocate(
    memory,
    sizes.reduce((a, b) => a + b),
  );
  const [carried, starts, ends, spelling, hits, scratch, segments, paths, digest, states] = sizes.map((bytes) => {
    next += bytes;
    return next - bytes;
  });
  const hashes = carried + CARRIED_BYTES;
  const region = { hashes, starts, ends, spelling, hits, states, segments, paths, digest };
  core.placeTokens(hashes, starts, ends, spelling);
  core.placeScratch(scratch);
  core.writeConstants();
  core.placeWork(hits, states, segments, paths);
  return region;
}

function align(bytes: number): number {
  return (bytes + 63) & ~63;
}

/** Names as little-endian 64-bit numbers, ascending. */
function packNames(names: readonly string[]): bigint[] {
  const packed = names.map((name) => {
    let value = 0n;
    for (let i = name.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(name.charCodeAt(i));
    return value;
  });
  return packed.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
