import type { HashCore } from '../hashcore/hash-core.js';
import { BATCH_TOKENS } from '../hashcore/layout.js';
import type { GramTable } from '../hashcore/layout.js';
import { allocate } from '../hashcore/load.js';
import { weigh } from '../text/weights.js';
import type { WeightTable } from '../text/weights.js';

/** Tokens of all texts, one behind another. */
export interface TextTokens {
  readonly textOffsets: Uint32Array;
  readonly hashes: Uint32Array;
  readonly weights: Uint8Array;
}

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

/** Tokenizes the texts. */
export function tokenizeTexts(core: HashCore, texts: readonly string[], table: WeightTable): TextTokens {
  const textOffsets = new Uint32Array(texts.length + 1);
  const lists = texts.map((text) => {
    const length = core.writeText(text);
    return core.tokens(core.input, core.input + length, false).hashes;
  });
  lists.forEach((list, i) => (textOffsets[i + 1] = textOffsets[i] + list.length));
  const total = textOffsets[texts.length];
  const hashes = new Uint32Array(total);
  const weights = new Uint8Array(total);
  lists.forEach((list, i) => {
    hashes.set(list, textOffsets[i]);
    weigh(table, list, weights.subarray(textOffsets[i], textOffsets[i + 1]));
  });
  return { textOffsets, hashes, weights };
}

/** Builds the gram table of the texts in the shared memory: two passes over them, counting and filling. */
export function buildGramTable(core: HashCore, memory: WebAssembly.Memory, texts: readonly string[], tokens: TextTokens): GramTable {
  const grams = tokens.hashes.length;
  const slotCount = powerOfTwo(grams * 1.2);
  const filterWords = powerOfTwo((grams * FILTER_BITS) / 64 / 2);
  const table: GramTable = {
    slots: allocate(memory, slotCount * 8),
    slotCount,
    filter: allocate(memory, filterWords * 8),
    filterWords,
    postings: allocate(memory, (grams + 1) * 8),
    rules: allocate(memory, Math.max(8, texts.length * 8)),
    parts: texts.length,
  };
  core.useTable(table);
  const weightsAt = allocate(memory, BATCH_TOKENS);
  const weights = new Uint8Array(memory.buffer, weightsAt, BATCH_TOKENS);
  const placeWeights = (count: number, text: number, offset: number): void => {
    const from = tokens.textOffsets[text] + offset;
    weights.set(tokens.weights.subarray(from, from + count));
  };
  eachText(core, texts, (count, text, offset) => {
    placeWeights(count, text, offset);
    core.core.countGrams(count, weightsAt);
  });
  core.core.layOutPostings(MOST_POSTINGS);
  eachText(core, texts, (count, text, offset) => {
    placeWeights(count, text, offset);
    core.core.fillGrams(count, text, weightsAt);
  });
  writeRules(memory, table, tokens);
  return table;
}

/** Calls `use` for each batch of each text's tokens. Grams across a batch's edge are left out: a text has thousands of others. */
function eachText(core: HashCore, texts: readonly string[], use: (count: number, text: number, offset: number) => void): void {
  texts.forEach((text, number) => {
    const length = core.writeText(text);
    const end = core.input + length;
    let offset = 0;
    for (let p = core.input; p < end; ) {
      p = core.core.tokenize(p, end, 0, BATCH_TOKENS) >>> 0;
      const count = core.core.tokenCount.value;
      use(count, number, offset);
      offset += count;
    }
  });
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
