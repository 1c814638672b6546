import type { HashCore } from '../hashcore/hash-core.js';
import { placeGramTable } from '../hashcore/layout.js';
import type { GramTable } from '../hashcore/layout.js';
import { allocate } from '../hashcore/load.js';
import type { Staging, TextTokens, TokenBlock } from './text-tokens.js';

/** A gram of more texts than this says little about any of them and costs a look at each: no seed … */
const MOST_POSTINGS = 16;
/** … but for texts that have little else, as the items of one template do; of so many at most. */
const MOST_POOR = 1024;
/** … and not for a short text: "Which of the following is true?" is no item's own. This need is that of some fifteen words. */
const POOR_LEAST_NEED = 54;
/** A text is poor when its other grams weigh less than so many times what makes it a candidate. */
const POOR = 1.5;

/** Share of a text's seed weight that a document must hold, without too wide a gap, for the text to be aligned. */
const NEED_SHARE = 0.12;
/** … but at least this weight (two grams of ordinary words), and no more than that. */
const NEED_LEAST = 45;
const NEED_MOST = 300;
/** Of the weight that a text has in postings, no more than this is asked for. */
const NEED_OF_POSTED = 0.6;

/** Filter bits a gram, before rounding up to a power of two; three are set, in one word. */
const FILTER_BITS = 5;

type Pass = 'countGrams' | 'weighGrams' | 'countPoor' | 'fillGrams';

/** A gram table, and which texts have seeds enough to be found by. */
export interface BuiltTable {
  readonly table: GramTable;
  /** 1 for a text that can become a candidate. */
  readonly seeded: Uint8Array;
}

/** Builds the gram table of the texts in the shared memory: their blocks go by four times (assembly/table.ts). */
export function buildGramTable(
  core: HashCore,
  memory: WebAssembly.Memory,
  staging: Staging,
  tokens: TextTokens,
  blocks: readonly TokenBlock[],
): BuiltTable {
  const parts = tokens.textOffsets.length - 1;
  const table = allocateTable(memory, tokens.hashes.length, parts);
  placeGramTable(core.core, table);
  const sumsAt = allocate(memory, parts * 5 + 8);
  const poorAt = sumsAt + parts * 4;
  core.core.placeBuild(sumsAt, poorAt, MOST_POSTINGS);
  const eachBlock = (pass: Pass): void => {
    let at = 0;
    for (const block of blocks) {
      const count = block.hashes.length / 2;
      staging.write(block, tokens.weights.subarray(at, at + count));
      core.core[pass](staging.runs, block.runs.length / 2, staging.hashes, staging.weights);
      at += count;
    }
  };
  const needs = needsOf(tokens, parts);
  eachBlock('countGrams');
  eachBlock('weighGrams');
  const sums = new Uint32Array(memory.buffer, sumsAt, parts);
  const isPoor = (need: number, text: number): boolean => need >= POOR_LEAST_NEED && sums[text] < POOR * need;
  new Uint8Array(memory.buffer, poorAt, parts).set(needs.map((need, text) => (isPoor(need, text) ? 1 : 0)));
  core.core.openCommon();
  eachBlock('countPoor');
  core.core.layOutPostings(MOST_POOR);
  sums.fill(0);
  eachBlock('fillGrams');
  core.core.closePostings();
  return { table, seeded: writeRules(memory, table, needs, sums) };
}

/** The weight of seeds that makes each text a candidate, if it has as much. */
function needsOf(tokens: TextTokens, parts: number): Uint32Array {
  const needs = new Uint32Array(parts);
  for (let text = 0; text < parts; text++) {
    let bits = 0;
    for (let i = tokens.textOffsets[text]; i < tokens.textOffsets[text + 1]; i++) bits += tokens.weights[i];
    // Every token but the outermost is in three grams (six in scripts without spaces: more weight, more easily reached).
    needs[text] = Math.min(NEED_MOST, Math.max(NEED_LEAST, Math.round(3 * bits * NEED_SHARE)));
  }
  return needs;
}

/** Writes what makes each text a candidate (assembly/memory.ts, partRules); which texts can become one. */
function writeRules(memory: WebAssembly.Memory, table: GramTable, needs: Uint32Array, posted: Uint32Array): Uint8Array {
  const rules = new Uint32Array(memory.buffer, table.rules, table.parts * 2);
  const seeded = new Uint8Array(table.parts);
  for (let text = 0; text < table.parts; text++) {
    rules[text * 2] = Math.max(NEED_LEAST, Math.min(needs[text], Math.round(posted[text] * NEED_OF_POSTED)));
    seeded[text] = posted[text] >= NEED_LEAST ? 1 : 0;
  }
  return seeded;
}

/** Room for a table of at most so many grams. What of it is never written to takes no memory. */
function allocateTable(memory: WebAssembly.Memory, grams: number, parts: number): GramTable {
  const slotCount = powerOfTwo(grams * 1.2);
  const filterWords = powerOfTwo((grams * FILTER_BITS) / 64);
  return {
    slots: allocate(memory, slotCount * 8),
    slotCount,
    filter: allocate(memory, filterWords * 8),
    filterWords,
    postings: allocate(memory, (grams + 1) * 8),
    rules: allocate(memory, Math.max(8, parts * 8)),
    parts,
  };
}

function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(64, least)));
}
