import type { HashCore } from '../hashcore/hash-core.js';
import { OWN_REACH, placeGramTable, REACH_BYTES, WHOLE_REACH } from '../hashcore/layout.js';
import type { GramTable } from '../hashcore/layout.js';
import { allocate } from '../hashcore/load.js';
import type { Staging, TextTokens, TokenBlock } from './text-tokens.js';

/** A gram of more texts than this says little about any of them and costs a look at each: it seeds none by itself … */
const MOST_POSTINGS = 16;
/**
 * … but a text of which a whole copy would gather, by its other grams, less than so many times what makes it a candidate
 * is of the family (family.ts): all of its grams are seeds of the family, whoever else has them.
 */
const POOR = 1.5;

/** Share of a text's seed weight that a document must hold, without too wide a gap, for the text to be aligned. */
const NEED_SHARE = 0.09;
/** … but at least this weight (two grams of ordinary words), and no more than that. */
const NEED_LEAST = 40;
const NEED_MOST = 300;
/** Of the weight that a whole copy gathers, no more than this is asked for. */
const NEED_OF_REACH = 0.6;

/**
 * Filter bits a distinct gram, of which three are set, in one word: of the grams that are not in the table, one in thirty seems to be, and is
 * looked up in vain. With 12 it is one in a hundred, but half as much again does not stay in the caches.
 */
const FILTER_BITS = 8;

/** What the core does block by block, and what for each 64th of the table (assembly/spread.ts, table.ts). */
type Pass = 'sizeGrams' | 'spreadGrams' | 'weighGrams';
type Step = 'countGrams' | 'markFamily' | 'layOutPostings' | 'fillGrams' | 'closePostings';
const SHARES = 64;
/** Of a gram on its way into the table, and before all of them. */
const ENTRY_BYTES = 16;
const SPREAD_BYTES = 1024;

/** A gram table, and what each text needs. */
export interface BuiltTable {
  readonly table: GramTable;
  /** The weight of seeds that would make each text a candidate, if it has as much. */
  readonly asked: Uint32Array;
  /** The weight of its own seeds that makes each text a candidate; FAR where its own grams cannot reach it. */
  readonly needs: Uint32Array;
  /** 1 for a text of the family. */
  readonly poor: Uint8Array;
}

/** A need that nothing reaches. */
export const FAR = 0xffffffff;

/** Builds the gram table of the texts in the shared memory: their blocks go by three times (assembly/table.ts). */
export function buildGramTable(
  core: HashCore,
  memory: WebAssembly.Memory,
  staging: Staging,
  tokens: TextTokens,
  blocks: readonly TokenBlock[],
): BuiltTable {
  const texts = tokens.textOffsets.length - 1;
  let table = allocateTable(memory, tokens.hashes.length, texts + 1);
  placeGramTable(core.core, table);
  const reachesAt = allocate(memory, texts * (REACH_BYTES + 1) + 8);
  const poorAt = reachesAt + texts * REACH_BYTES;
  const spread = allocate(memory, SPREAD_BYTES + tokens.hashes.length * ENTRY_BYTES);
  core.core.placeBuild(reachesAt, poorAt, MOST_POSTINGS, spread);
  const eachBlock = (pass: Pass): void => {
    let at = 0;
    for (const block of blocks) {
      const count = block.hashes.length / 2;
      staging.write(block, tokens.weights.subarray(at, at + count));
      core.core[pass](staging.runs, block.runs.length / 2, staging.hashes, staging.weights);
      at += count;
    }
  };
  const eachShare = (step: Step): void => {
    for (let share = 0; share < SHARES; share++) core.core[step](share);
  };
  eachBlock('sizeGrams');
  core.core.openShares();
  eachBlock('spreadGrams');
  eachShare('countGrams');
  core.core.rewindShares();
  eachBlock('weighGrams');
  const reaches = new Uint32Array(memory.buffer, reachesAt, (texts * REACH_BYTES) / 4);
  const reach = (text: number, which: number): number => reaches[(text * REACH_BYTES + which) / 4];
  const asked = needsOf(tokens, texts, (text) => reach(text, WHOLE_REACH));
  const needs = asked.map((need, text) => needOf(need, reach(text, OWN_REACH)));
  const poor = Uint8Array.from(asked, (need, text) => (reach(text, OWN_REACH) < POOR * need ? 1 : 0));
  new Uint8Array(memory.buffer, poorAt, texts).set(poor);
  eachShare('markFamily');
  eachShare('layOutPostings');
  table = withFilter(memory, table, core.core.gramCount.value);
  placeGramTable(core.core, table);
  eachShare('fillGrams');
  eachShare('closePostings');
  writeRules(memory, table, needs);
  return { table, asked, needs, poor };
}

/** Of the weight that a copy gathers, not all is asked for; FAR when it is too little to be told from chance. */
export function needOf(asked: number, reach: number): number {
  return reach < NEED_LEAST ? FAR : Math.max(NEED_LEAST, Math.min(asked, Math.round(reach * NEED_OF_REACH)));
}

/** The weight of seeds that makes each text a candidate, if it has as much; `reach`: what a copy gathers by all its grams. */
function needsOf(tokens: TextTokens, texts: number, reach: (text: number) => number): Uint32Array {
  const needs = new Uint32Array(texts);
  for (let text = 0; text < texts; text++) {
    let bits = 0;
    for (let i = tokens.textOffsets[text]; i < tokens.textOffsets[text + 1]; i++) bits += tokens.weights[i];
    // Every token but the outermost is in three grams (six in scripts without spaces: more weight, more easily reached).
    const share = Math.min(NEED_MOST, 3 * bits * NEED_SHARE, reach(text) * NEED_OF_REACH);
    needs[text] = Math.max(NEED_LEAST, Math.round(share));
  }
  return needs;
}

/** Writes what makes each text, and the family, a candidate (assembly/memory.ts, partRules). */
function writeRules(memory: WebAssembly.Memory, table: GramTable, needs: Uint32Array): void {
  const rules = new Uint32Array(memory.buffer, table.rules, table.parts * 2);
  needs.forEach((need, text) => (rules[text * 2] = need));
  rules[needs.length * 2] = NEED_LEAST;
}

/** The filter has its place last, when it is known how many grams there are. */
function withFilter(memory: WebAssembly.Memory, table: GramTable, grams: number): GramTable {
  const filterWords = Math.ceil((Math.max(1, grams) * FILTER_BITS) / 64);
  return { ...table, filter: allocate(memory, filterWords * 8), filterWords };
}

/** Room for a table of at most so many grams. What of it is never written to takes no memory. */
function allocateTable(memory: WebAssembly.Memory, grams: number, parts: number): GramTable {
  const slotCount = powerOfTwo(grams * 1.2);
  return {
    slots: allocate(memory, slotCount * 8),
    slotCount,
    filter: 0,
    filterWords: 0,
    // Each gram's text, and the family.
    postings: allocate(memory, (2 * grams + 1) * 8),
    rules: allocate(memory, Math.max(8, parts * 8)),
    parts,
    figureKeys: 0,
    figureSlots: 0,
  };
}

function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(64, least)));
}
