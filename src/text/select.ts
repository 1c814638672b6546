/**
 * Which grams of a document are its fingerprints: the plain twin of hashcore/assembly/select.ts, and the documentation of
 * its rules. Whatever changes here changes every index: it is part of the format (src/store/FORMAT.md).
 */

/** Tokens of the gram that ends at a word, and of the one that ends at a code point of a script without spaces. */
export const WORD_GRAM = 8;
export const SINGLE_GRAM = 13;

const M1 = 0xbf58476d1ce4e5b9n;
const M2 = 0x94d049bb133111ebn;
const MASK = (1n << 64n) - 1n;

/** Of so many grams in a row the least is a fingerprint. */
export interface Windows {
  readonly words: number;
  readonly singles: number;
}

/** A gram, by its hash, and the number of its last token. */
export interface Gram {
  readonly hash: bigint;
  readonly last: number;
}

/** Hash of a gram: each token turned by how far it is from the last one, then mixed. */
export function gramHash(tokens: readonly bigint[]): bigint {
  let gram = 0n;
  tokens.forEach((token, i) => (gram ^= turned(token, BigInt(tokens.length - 1 - i))));
  let x = ((gram ^ (gram >> 32n)) * M1) & MASK;
  x = ((x ^ (x >> 29n)) * M2) & MASK;
  return x ^ (x >> 32n);
}

/** The gram that ends at each token that has one. `tokens`: hashes, bit 0 set for a code point of a script without spaces. */
export function gramsOf(tokens: readonly bigint[]): Gram[] {
  const grams: Gram[] = [];
  tokens.forEach((token, last) => {
    const size = token & 1n ? SINGLE_GRAM : WORD_GRAM;
    if (last + 1 >= size) grams.push({ hash: gramHash(tokens.slice(last + 1 - size, last + 1)), last });
  });
  // A text too short for any gram is one by itself.
  if (grams.length === 0 && tokens.length > 0) grams.push({ hash: gramHash(tokens), last: tokens.length - 1 });
  return grams;
}

/** The fingerprints of a document, as a set. */
export function select(tokens: readonly bigint[], windows: Windows): Set<bigint> {
  const grams = gramsOf(tokens);
  const sketchBelow = MASK / BigInt(2 * windows.words);
  const chosen = new Set<bigint>();
  for (const { hash, last } of grams) {
    const window = tokens[last] & 1n ? windows.singles : windows.words;
    const within = grams.filter((gram) => gram.last <= last && gram.last > last - window);
    chosen.add(within.reduce((least, gram) => (gram.hash < least ? gram.hash : least), hash));
    if (hash < sketchBelow) chosen.add(hash);
  }
  return chosen;
}

function turned(x: bigint, by: bigint): bigint {
  return ((x << by) | (x >> (64n - by))) & MASK;
}
