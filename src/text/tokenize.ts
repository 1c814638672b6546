import { CLASS_IGNORED, CLASS_SINGLE, CLASS_WORD, entryClass, entryFolding, lookup } from './unicode.js';
import type { UnicodeTable } from './unicode.js';
import { skipBackslashes, step } from './lex.js';

/** One normalised word, or one code point of a script without spaces. */
export interface Token {
  /** The folded form. */
  readonly word: string;
  /** 64-bit hash of the folded form; bit 0 is 1 for a code point of a script without spaces. */
  readonly hash: bigint;
  /** Bytes [start, end) of the input. */
  readonly start: number;
  readonly end: number;
}

/** A longer word is cut here, bytes of the folded form (hashcore/assembly/tokenize.ts holds the same number). */
const MAX_TOKEN_BYTES = 256;

const HYPHENS = new Set([0x2d, 0x2010]);

const encoder = new TextEncoder();

/** Twin of the kernel's tokenizer: the tokens of bytes [from, end), in order. */
export function* tokenize(
  bytes: Uint8Array,
  table: UnicodeTable,
  from = 0,
  end = bytes.length,
  json = false,
): Generator<Token> {
  let p = from;
  let word: number[] = [];
  let length = 0;
  let start = p;
  let stop = p;
  const take = (): Token => {
    const token = makeToken(word, false, start, stop);
    word = [];
    length = 0;
    return token;
  };
  while (p < end) {
    const unit = step(bytes, p, end, json);
    const entry = unit.point < 0 ? 0 : lookup(table, unit.point);
    const kind = entryClass(entry);
    if (kind === CLASS_WORD) {
      if (word.length === 0) start = p;
      else if (length > MAX_TOKEN_BYTES - 8) {
        yield take();
        start = p;
      }
      const folded = entryFolding(table, entry);
      word.push(...folded);
      length += encoder.encode(String.fromCodePoint(...folded)).length;
      stop = unit.next;
    } else if (kind !== CLASS_IGNORED) {
      const joined =
        word.length > 0 && word[word.length - 1] > 0x39 && HYPHENS.has(unit.point)
          ? lineBreak(bytes, unit.next, end)
          : 0;
      if (joined > 0) {
        p = joined;
        continue;
      }
      if (word.length > 0) yield take();
      if (kind === CLASS_SINGLE)
        for (const point of entryFolding(table, entry)) yield makeToken([point], true, p, unit.next);
    }
    p = unit.next;
  }
  if (word.length > 0) yield take();
}

function makeToken(points: readonly number[], single: boolean, start: number, end: number): Token {
  const word = String.fromCodePoint(...points);
  return { word, hash: hashWord(encoder.encode(word), single), start, end };
}

/** Behind a hyphen inside a word: where the word goes on if the hyphen ended a line, else 0. */
function lineBreak(bytes: Uint8Array, from: number, end: number): number {
  let p = from;
  let lines = 0;
  while (p < end) {
    const b = bytes[p];
    if (b === 0x0a || b === 0x0d) {
      lines++;
      p++;
    } else if (b === 0x20 || b === 0x09) p++;
    else if (b === 0x5c) {
      const q = skipBackslashes(bytes, p, end);
      const letter = q < end ? String.fromCharCode(bytes[q]) : '';
      if (letter === 'n' || letter === 'r') lines++;
      else if (letter !== 't') return lines > 0 && letter === 'u' ? p : 0;
      p = q + 1;
    } else return lines > 0 && ((b >= 0x61 && b <= 0x7a) || b >= 0x80) ? p : 0;
  }
  return 0;
}

const MASK = (1n << 64n) - 1n;
const SEED = 0x9e3779b97f4a7c15n;
const M1 = 0xbf58476d1ce4e5b9n;
const M2 = 0x94d049bb133111ebn;

/** See hashcore/assembly/hash.ts. */
export function hashWord(folded: Uint8Array, single: boolean): bigint {
  let h = SEED;
  for (let i = 0; i < folded.length; i += 8) {
    let eight = 0n;
    for (let j = Math.min(8, folded.length - i) - 1; j >= 0; j--) eight = (eight << 8n) | BigInt(folded[i + j]);
    const x = ((h ^ eight) * M1) & MASK;
    h = x ^ (x >> 32n);
  }
  const x = (h * M2) & MASK;
  return ((x ^ (x >> 29n)) & (MASK - 1n)) | (single ? 1n : 0n);
}

/** Hash of the consecutive tokens of a seed: see hashcore/assembly/grams.ts. */
export function hashSeed(tokens: readonly bigint[]): bigint {
  const turn = tokens.length === 3 ? 21n : 11n;
  return tokens.reduce((seed, token) => (((seed << turn) & MASK) | (seed >> (64n - turn))) ^ token, 0n);
}

/** Hash of consecutive tokens. */
export function hashGram(tokens: readonly bigint[]): bigint {
  let gram = tokens[0];
  for (const token of tokens.slice(1)) gram = (((((gram << 27n) & MASK) | (gram >> 37n)) ^ token) * M1) & MASK;
  const x = ((gram ^ (gram >> 31n)) * M2) & MASK;
  return x ^ (x >> 32n);
}
