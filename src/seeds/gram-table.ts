import type { HashCore } from '../hashcore/hash-core.js';
import type { GramTable } from '../hashcore/layout.js';
import { allocate } from '../hashcore/load.js';
import type { Staging, TextTokens, TokenBlock } from './text-tokens.js';

/** A gram that more texts hold than this says nothing about any of them, and would cost a look at each: no seed. */
const MOST_POSTINGS = 16;

/** Share of a text's seed weight that a document must hold, without too wide a gap, for the text to be aligned. */
const NEED_SHARE = 0.12;
/** … but at least this weight (two grams of ordinary words), or all of a shorter text's, and no more than that. */
const NEED_LEAST = 45;
const NEED_MOST = 300;

/** Two seeds of a text lie at most this many tokens apart, or twice the text's length. */
const REACH_LEAST = 48;

/** Filter bits a gram: three are set, in one word; 20 keep the share of words that answer by chance near 1 in 100. */
const FILTER_BITS = 10;

/** Builds the gram table of the texts in the shared memory: their blocks go by twice, for counting and for filling. */
export function buildGramTable(
  core: HashCore,
  memory: WebAssembly.Memory,
  staging: Staging,
  tokens: TextTokens,
  blocks: readonly TokenBlock[],
): GramTable {
  const table = allocateTable(memory, tokens.hashes.length, tokens.textOffsets.length - 1);
  core.useTable(table);
  const eachBlock = (pass: 'countGrams' | 'fillGrams'): void => {
    let at = 0;
    for (const block of blocks) {
      const count = block.hashes.length / 2;
      staging.write(block, tokens.weights.subarray(at, at + count));
      core.core[pass](staging.runs, block.runs.length / 2, staging.hashes, staging.weights);
      at += count;
    }
  };
  eachBlock('countGrams');
  core.core.layOutPostings(MOST_POSTINGS);
  eachBlock('fillGrams');
  writeRules(memory, table, tokens);
  return table;
}

/** Room for a table of at most so many grams. What of it is never written to takes no memory. */
function allocateTable(memory: WebAssembly.Memory, grams: number, parts: number): GramTable {
  const slotCount = powerOfTwo(grams * 1.2);
  const filterWords = powerOfTwo((grams * FILTER_BITS) / 64 / 2);
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

/** What makes each text a candidate (assembly/memory.ts, partRules). */
function writeRules(memory: WebAssembly.Memory, table: GramTable, tokens: TextTokens): void {
  const rules = new Uint32Array(memory.buffer, table.rules, table.parts * 2);
  for (let text = 0; text < table.parts; text++) {
    const from = tokens.textOffsets[text];
    const to = tokens.textOffsets[text + 1];
    let bits = 0;
    for (let i = from; i < to; i++) bits += tokens.weights[i];
    // Every token but the outermost is in three grams (six in scripts without spaces: more weight, more easily reached).
    rules[text * 2] = Math.min(NEED_MOST, Math.max(NEED_LEAST, Math.round(3 * bits * NEED_SHARE)));
    rules[text * 2 + 1] = Math.max(REACH_LEAST, (to - from) * 2);
  }
}

function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(64, least)));
}
