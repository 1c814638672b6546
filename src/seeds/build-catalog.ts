import type { HashCore } from '../hashcore/hash-core.js';
import { FIGURE_BITS } from '../hashcore/layout.js';
import type { GramTable } from '../hashcore/layout.js';
import { allocate } from '../hashcore/load.js';
import type { Item } from '../model/benchmark.js';
import { MOST_NUMERAL, NUMBER_WORDS } from '../text/numbers.js';
import type { WeightTable } from '../text/weights.js';
import { listTexts, ownersOf } from './catalog.js';
import type { Catalog } from './catalog.js';
import { compareTexts } from './family-seeds.js';
import { buildFamily } from './family.js';
import type { Family } from './family.js';
import { FigureReader } from './figure-reader.js';
import { buildFigures } from './figures.js';
import type { Figures } from './figures.js';
import { buildGramTable, FAR } from './gram-table.js';
import { findStockPhrases } from './stock-phrases.js';
import { Staging, tokenizeTexts } from './text-tokens.js';
import type { TextTokens } from './text-tokens.js';

/** What a scan looks for: the catalog and its gram table for the workers, the texts for the report. */
export interface Search {
  readonly catalog: Catalog;
  readonly table: GramTable;
  /** Original texts, by text number. */
  readonly texts: readonly string[];
}

/** Tokenizes the items' texts and builds their gram table in the core's memory; the core can then scan for them. */
export function buildSearch(
  core: HashCore,
  memory: WebAssembly.Memory,
  items: readonly Item[],
  weights: WeightTable,
): Search {
  const list = listTexts(items);
  const staging = new Staging(memory);
  const reader = new FigureReader(core, memory, list);
  const { tokens, blocks } = tokenizeTexts(core, staging, list.texts, weights, reader);
  const { table, asked, needs, poor } = buildGramTable(core, memory, staging, tokens, blocks);
  const family = buildFamily(tokens, poor, asked);
  const sameAs = sameTexts(tokens);
  const figures = buildFigures(reader.found);
  const numerals = Array.from({ length: MOST_NUMERAL + 1 }, (_, n) => n).join(' ');
  const catalog: Catalog = {
    ...tokens,
    seeded: seededOf(needs, family),
    sameAs,
    poor,
    family,
    figures,
    stock: findStockPhrases(items, list, tokens, sameAs, family),
    ...ownersOf(list),
    partOffsets: list.partOffsets,
    partTexts: list.partTexts,
    partNames: list.partNames,
    numerals: hashesOf(core, numerals),
    numberWords: hashesOf(core, NUMBER_WORDS.flat().join(' ')),
  };
  return { catalog: shareCatalog(catalog), table: withFigures(memory, table, figures), texts: list.texts };
}

/** The keys of the figures' grams and their bits, written where the core can read them. */
function withFigures(memory: WebAssembly.Memory, table: GramTable, { keys, texts }: Figures): GramTable {
  if (texts.length === 0) return table;
  const figureKeys = allocate(memory, keys.byteLength + FIGURE_BITS / 8);
  new Uint32Array(memory.buffer, figureKeys, keys.length).set(keys);
  const bits = new Uint8Array(memory.buffer, figureKeys + keys.byteLength, FIGURE_BITS / 8);
  for (const key of keys) if (key !== 0) bits[key >>> 19] |= 1 << ((key >>> 16) & 7);
  return { ...table, figureKeys, figureSlots: keys.length };
}

/** For each text the first that has the same tokens, itself as a rule. */
function sameTexts({ hashes, textOffsets }: TextTokens): Uint32Array {
  const same = new Uint32Array(textOffsets.length - 1);
  // Open addressing, at most half of it used: 0, or one more than the number of a text that is the first of its kind.
  const firsts = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(16, 2 * same.length))));
  for (let text = 0; text < same.length; text++) {
    let key = 0;
    for (let i = textOffsets[text]; i < textOffsets[text + 1]; i++) key = Math.imul(key ^ hashes[i], 0x9e3779b1);
    let slot = (key ^ (key >>> 15)) & (firsts.length - 1);
    while (firsts[slot] !== 0 && compareTexts({ hashes, textOffsets }, firsts[slot] - 1, text) !== 0)
      slot = (slot + 1) & (firsts.length - 1);
    if (firsts[slot] === 0) firsts[slot] = text + 1;
    same[text] = firsts[slot] - 1;
  }
  return same;
}

/** Which texts can be found: by seeds of their own, or as members of the family. */
function seededOf(needs: Uint32Array, family: Family): Uint8Array {
  const seeded = Uint8Array.from(needs, (need) => (need < FAR ? 1 : 0));
  family.texts.forEach((text, member) => {
    if (family.needs[member] < FAR) seeded[text] = 1;
  });
  return seeded;
}

function hashesOf(core: HashCore, text: string): Uint32Array {
  const length = core.writeText(text);
  return core.tokens(core.input, core.input + length, false).hashes;
}

/** The arrays that are not yet over memory that threads share, moved there. */
function shareCatalog(catalog: Catalog): Catalog {
  return {
    ...catalog,
    ownerOffsets: shared(catalog.ownerOffsets),
    owners: shared(catalog.owners),
    partOffsets: shared(catalog.partOffsets),
    partTexts: shared(catalog.partTexts),
    partNames: sharedBytes(catalog.partNames),
    seeded: sharedBytes(catalog.seeded),
    stock: sharedBytes(catalog.stock),
    poor: sharedBytes(catalog.poor),
    sameAs: shared(catalog.sameAs),
    numerals: shared(catalog.numerals),
    numberWords: shared(catalog.numberWords),
  };
}

function shared(array: Uint32Array): Uint32Array {
  const copy = new Uint32Array(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}

function sharedBytes(array: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
