import { BlockBuilder } from '../hashcore/block-builder.js';
import type { IndexReader } from './index-reader.js';
import type { Composer } from './write-index.js';

/** The grams of an index with a hash below 2^64 ÷ `sketch`: all of them are in it, so they are a fair sample of the corpus's. */
export interface GramSketch {
  /** Ascending: the first 53 bits of each hash, or as many as the index keeps and zeros behind. */
  readonly values: Float64Array;
  /** Share of all hashes that the sample takes. */
  readonly share: number;
  readonly keyBits: number;
}

/** Keys are sorted by their hash, so that the sample is the first blocks of the keys. */
export function readGramSketch(reader: IndexReader, { memory, core }: Pick<Composer, 'memory' | 'core'>): GramSketch {
  const builder = new BlockBuilder(memory, core, reader.coding);
  const share = 1 / reader.manifest.fingerprints.sketch;
  const limit = share * 2 ** 53;
  const values: number[] = [];
  for (let block = 0; block < reader.blocks; block++) {
    if (reader.firstKeyHigh(block) * 2 ** 21 >= limit) break;
    reader.loadKeys(builder, block);
    const words = builder.keyWords();
    for (let i = 0; i < builder.count; i++) {
      const value = words[2 * i + 1] * 2 ** 21 + (words[2 * i] >>> 11);
      if (value >= limit) break;
      values.push(value);
    }
  }
  return { values: Float64Array.from(values), share, keyBits: reader.manifest.keyBits };
}

/**
 * Two samples as they compare: at the smaller share, and with the shorter keys. `chance`: the part of the grams of one that the
 * other would seem to share by keys of that length alone.
 */
export function comparable(
  own: GramSketch,
  others: GramSketch,
): { own: Float64Array; others: Float64Array; share: number; chance: number } {
  const share = Math.min(own.share, others.share);
  const bits = Math.min(own.keyBits, others.keyBits, 53);
  const cut = (sketch: GramSketch): Float64Array => {
    const step = 2 ** (53 - bits);
    const below = sketch.values.filter((value) => value < share * 2 ** 53).map((value) => Math.floor(value / step));
    return below.filter((value, i) => i === 0 || value !== below[i - 1]);
  };
  const [first, second] = [cut(own), cut(others)];
  return { own: first, others: second, share, chance: second.length / (share * 2 ** bits) };
}
