import type { Catalog } from '../seeds/catalog.js';

/** Knows which token hashes are numerals, and which words are numerals written out. */
export class NumberSense {
  private readonly numerals: ReadonlySet<number>;
  private readonly words: ReadonlyMap<number, number>;

  constructor(catalog: Catalog) {
    this.numerals = new Set(catalog.numerals);
    const words = new Map<number, number>();
    for (let i = 0; i < catalog.numberWords.length; i += 2)
      words.set(catalog.numberWords[i], catalog.numberWords[i + 1]);
    this.words = words;
  }

  isNumeral(hash: number): boolean {
    return this.numerals.has(hash);
  }

  /** The same tokens with number words as numerals. */
  canonical(hashes: Uint32Array): Uint32Array {
    let copy: Uint32Array | undefined;
    for (let i = 0; i < hashes.length; i++) {
      const numeral = this.words.get(hashes[i]);
      if (numeral !== undefined) (copy ??= hashes.slice())[i] = numeral;
    }
    return copy ?? hashes;
  }
}
