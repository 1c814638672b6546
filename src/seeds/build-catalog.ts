import type { HashCore } from '../hashcore/hash-core.js';
import type { GramTable } from '../hashcore/layout.js';
import type { Item } from '../model/benchmark.js';
import { MOST_NUMERAL, NUMBER_WORDS } from '../text/numbers.js';
import type { WeightTable } from '../text/weights.js';
import { listTexts, ownersOf } from './catalog.js';
import type { Catalog } from './catalog.js';
import { buildGramTable, tokenizeTexts } from './gram-table.js';

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
  const tokens = tokenizeTexts(core, list.texts, weights);
  const table = buildGramTable(core, memory, list.texts, tokens);
  const numerals = Array.from({ length: MOST_NUMERAL + 1 }, (_, n) => n).join(' ');
  const catalog: Catalog = {
    ...tokens,
    ...ownersOf(list),
    partOffsets: list.partOffsets,
    partTexts: list.partTexts,
    partNames: list.partNames,
    numerals: hashesOf(core, numerals),
    numberWords: hashesOf(core, NUMBER_WORDS.flat().join(' ')),
  };
  return { catalog: shareCatalog(catalog), table, texts: list.texts };
}

function hashesOf(core: HashCore, text: string): Uint32Array {
  const length = core.writeText(text);
  return core.tokens(core.input, core.input + length, false).hashes;
}

/** The same array over memory that threads share. */
function shared<T extends Uint8Array | Uint32Array>(array: T, make: (buffer: SharedArrayBuffer) => T): T {
  const copy = make(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}

function shareCatalog(catalog: Catalog): Catalog {
  const words = (array: Uint32Array): Uint32Array => shared(array, (buffer) => new Uint32Array(buffer));
  const bytes = (array: Uint8Array): Uint8Array => shared(array, (buffer) => new Uint8Array(buffer));
  return {
    textOffsets: words(catalog.textOffsets),
    hashes: words(catalog.hashes),
    weights: bytes(catalog.weights),
    ownerOffsets: words(catalog.ownerOffsets),
    owners: words(catalog.owners),
    partOffsets: words(catalog.partOffsets),
    partTexts: words(catalog.partTexts),
    partNames: bytes(catalog.partNames),
    numerals: words(catalog.numerals),
    numberWords: words(catalog.numberWords),
  };
}
