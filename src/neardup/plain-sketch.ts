import type { Shingle, SketchScheme } from '../model/sketch.js';
import { step } from '../text/lex.js';
import { hashGram, tokenize } from '../text/tokenize.js';
import type { Token } from '../text/tokenize.js';
import { CLASS_SINGLE, CLASS_WORD, entryClass, entryFolding, lookup } from '../text/unicode.js';
import type { UnicodeTable } from '../text/unicode.js';

/**
 * Twin of hashcore/assembly/sketch*.ts in plain TypeScript: the documentation of what a signature is, and the oracle the
 * kernel is held to. Slow, and used by tests alone.
 */

/** A bin that no shingle fell into. */
export const EMPTY = 0xffffffff;

const SEED = 0x9e3779b97f4a7c15n;
const MASK = (1n << 64n) - 1n;
/** Tokens in a gram of the containment sketch: where it ends in a word, or in a script without spaces. */
const WORD_GRAM = 8;
const SINGLE_GRAM = 13;

export interface PlainSketch {
  readonly tokens: number;
  readonly shingles: readonly bigint[];
  readonly signature: Uint32Array;
  readonly bandKeys: readonly bigint[];
  readonly exact: bigint;
  readonly normalised: bigint;
  readonly smallGrams: readonly bigint[];
}

export function plainSketch(text: string, scheme: SketchScheme, table: UnicodeTable): PlainSketch {
  const bytes = new TextEncoder().encode(text);
  const tokens = [...tokenize(bytes, table)];
  const hashes = tokens.map(({ hash }) => hash);
  const units = scheme.shingle.unit === 'words' ? hashes : lettersOf(bytes, tokens, table);
  const shingles = shinglesOf(units, scheme.shingle);
  const signature = signatureOf(shingles, scheme);
  return {
    tokens: tokens.length,
    shingles,
    signature,
    bandKeys: bandKeysOf(signature, scheme),
    exact: exactDigest(bytes),
    normalised: hashGram([0n, ...hashes, BigInt(hashes.length)]),
    smallGrams: gramsOf(hashes).filter((hash) => hash < scheme.smallBelow),
  };
}

/** Every run of `size`, or all of it where that is shorter; none of nothing. */
function windows<T>(units: readonly T[], size: number): T[][] {
  if (units.length === 0) return [];
  if (units.length < size) return [[...units]];
  return Array.from({ length: units.length - size + 1 }, (_, i) => units.slice(i, i + size));
}

/** Grams as the index has them; all of a text that is too short for one. */
function gramsOf(tokens: readonly bigint[]): bigint[] {
  const grams = tokens.flatMap((token, last) => {
    const size = token & 1n ? SINGLE_GRAM : WORD_GRAM;
    return last + 1 < size ? [] : [gramHash(tokens.slice(last + 1 - size, last + 1))];
  });
  return grams.length === 0 && tokens.length > 0 ? [gramHash(tokens)] : grams;
}

function gramHash(tokens: readonly bigint[]): bigint {
  let h = 0n;
  tokens.forEach((token, i) => {
    const by = BigInt(tokens.length - 1 - i);
    h ^= ((token << by) | (token >> (64n - by))) & MASK;
  });
  h = ((h ^ (h >> 32n)) * 0xbf58476d1ce4e5b9n) & MASK;
  h = ((h ^ (h >> 29n)) * 0x94d049bb133111ebn) & MASK;
  return h ^ (h >> 32n);
}

function shinglesOf(units: readonly bigint[], { unit, size }: Shingle): bigint[] {
  return windows(units, size).map((run) => hashGram(unit === 'words' ? run : [SEED, ...run]));
}

/** The code points of the folded words, a space between two of them unless both are code points of scripts without spaces. */
function lettersOf(bytes: Uint8Array, tokens: readonly Token[], table: UnicodeTable): bigint[] {
  const letters: bigint[] = [];
  let last: Token | undefined;
  for (const token of tokens) {
    // One code point that folds to several is several tokens in one place.
    if (last && token.start === last.start) continue;
    const bothSingle = last !== undefined && (last.hash & 1n) === 1n && (token.hash & 1n) === 1n;
    if (last && !bothSingle) letters.push(0x20n);
    last = token;
    for (let p = token.start; p < token.end;) {
      const unit = step(bytes, p, token.end, false);
      p = unit.next;
      const entry = unit.point < 0 ? 0 : lookup(table, unit.point);
      const kind = entryClass(entry);
      if (kind === CLASS_WORD || kind === CLASS_SINGLE) letters.push(...entryFolding(table, entry).map(BigInt));
    }
  }
  return letters;
}

/**
 * One permutation: of a hash the upper half chooses the bin, the lower half is the value, and a bin keeps its least value.
 * k permutations: the least of lower half + i · upper half, for each i below k.
 */
export function signatureOf(shingles: readonly bigint[], { method, bins }: SketchScheme): Uint32Array {
  const signature = new Uint32Array(bins).fill(EMPTY);
  for (const hash of shingles) {
    const low = Number(hash & 0xffffffffn);
    if (method === 'one-permutation') {
      const bin = Number(((hash >> 32n) * BigInt(bins)) >> 32n);
      signature[bin] = Math.min(signature[bin], low, EMPTY - 1);
    } else
      for (let i = 0; i < bins; i++)
        signature[i] = Math.min(signature[i], (low + Math.imul(i, Number(hash >> 32n))) >>> 0);
  }
  return signature;
}

/** Optimal densification (Shrivastava 2017): an empty bin takes the value of the first full one in an order of its own. */
export function densified(signature: Uint32Array): Uint32Array {
  const dense = signature.slice();
  if (signature.every((value) => value === EMPTY)) return dense;
  for (let bin = 0; bin < signature.length; bin++)
    for (let attempt = 1; dense[bin] === EMPTY; attempt++)
      dense[bin] = signature[probe(bin, attempt, signature.length)];
  return dense;
}

function probe(bin: number, attempt: number, bins: number): number {
  let h = (Math.imul(bin, 0x9e3779b1) + Math.imul(attempt, 0x85ebca77)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return Math.floor((((h ^ (h >>> 16)) >>> 0) / 2 ** 32) * bins);
}

function bandKeysOf(signature: Uint32Array, { bands, rows }: SketchScheme): bigint[] {
  const dense = densified(signature);
  return Array.from({ length: bands }, (_, band) =>
    hashGram([BigInt(band + 1), ...Array.from(dense.subarray(band * rows, (band + 1) * rows), BigInt)]),
  );
}

/** Over UTF-8 bytes, eight at a time, and their number. */
function exactDigest(bytes: Uint8Array): bigint {
  const absorb = (h: bigint, eight: bigint): bigint => {
    const x = ((h ^ eight) * 0xbf58476d1ce4e5b9n) & MASK;
    return x ^ (x >> 32n);
  };
  let h = SEED;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) h = absorb(h, lane(bytes.subarray(at, at + 8)));
  return hashGram([absorb(absorb(h, lane(bytes.subarray(at))), BigInt(bytes.length))]);
}

function lane(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
