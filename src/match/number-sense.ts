import type { Catalog } from '../seeds/catalog.js';

/** Knows which token hashes are numerals, and which words are numerals written out. */
export class NumberSense {
  /** The value of each. */
  private readonly numerals: ReadonlyMap<number, number>;
  private readonly words: ReadonlyMap<number, number>;
  /** A bit for what the low bits of each of their hashes are: most tokens are neither, and end here. */
  private readonly maybeNumeral: Uint32Array;
  private readonly maybeWord: Uint32Array;

  constructor(catalog: Pick<Catalog, 'numerals' | 'numberWords'>) {
    this.numerals = new Map(Array.from(catalog.numerals, (hash, value) => [hash, value]));
    const words = new Map<number, number>();
    for (let i = 0; i < catalog.numberWords.length; i += 2)
      words.set(catalog.numberWords[i], catalog.numberWords[i + 1]);
    this.words = words;
    this.maybeNumeral = bitsOf(this.numerals.keys());
    this.maybeWord = bitsOf(words.keys());
  }

  isNumeral(hash: number): boolean {
    return has(this.maybeNumeral, hash) && this.numerals.has(hash);
  }

  /** The value of a numeral. */
  valueOf(hash: number): number {
    return this.numerals.get(hash) ?? NaN;
  }

  /** The same tokens with number words as numerals. */
  canonical(hashes: Uint32Array): Uint32Array {
    let copy: Uint32Array | undefined;
    for (let i = 0; i < hashes.length; i++) {
      if (!has(this.maybeWord, hashes[i])) continue;
      const numeral = this.words.get(hashes[i]);
      if (numeral !== undefined) (copy ??= hashes.slice())[i] = numeral;
    }
    return copy ?? hashes;
  }
}

/** Low bits of a hash that choose its bit, beside bit 0, which says nothing of a word. */
const LOW_BITS = 18;

function bitsOf(hashes: Iterable<number>): Uint32Array {
  const bits = new Uint32Array(2 ** LOW_BITS / 32);
  for (const hash of hashes) bits[wordOf(hash)] |= 1 << ((hash >>> 1) & 31);
  return bits;
}

function has(bits: Uint32Array, hash: number): boolean {
  return ((bits[wordOf(hash)] >>> ((hash >>> 1) & 31)) & 1) === 1;
}

function wordOf(hash: number): number {
  return (hash >>> 6) & (2 ** LOW_BITS / 32 - 1);
}
