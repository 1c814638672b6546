// Tokens → grams → the hits: those that the benchmark may hold. A gram is three tokens, or six where it ends in a script
// without spaces (measured: three code points are as common as a word). Its hash is its tokens' hashes, each turned by another
// number of bits and put together by exclusive or: tokens' hashes are well mixed already, and this costs no multiplication.
//
// Every gram of the corpus passes here and is asked after in a filter that fits no near cache, so what counts is how many
// questions the processor has under way at once: the loops are short, and nothing in them is guessed or waited for.
import { filter, filterSize, patterns, tokenHashes } from './memory';
import { singlesFound } from './tokenize';

export const WORD_GRAM: u32 = 3;
export const SINGLE_GRAM: u32 = 6;

/** Bits that a token's hash is turned by for every token behind it in the gram. Odd, so that equal tokens do not cancel out. */
const WORD_TURN: u64 = 21;
const SINGLE_TURN: u64 = 11;

/** Patterns of the filter's bits, a power of two; bits of a pattern. */
const PATTERNS: u32 = 1024;
const PATTERN_BITS: u64 = 3;

/** The document's last six tokens before this batch, the latest first. */
let h1: u64 = 0;
let h2: u64 = 0;
let h3: u64 = 0;
let h4: u64 = 0;
let h5: u64 = 0;
let h6: u64 = 0;

// @ts-ignore: decorator
@inline
export function wordGram(d: u64, e: u64, h: u64): u64 {
  return rotl(d, 2 * WORD_TURN) ^ rotl(e, WORD_TURN) ^ h;
}

// @ts-ignore: decorator
@inline
export function singleGram(a: u64, b: u64, c: u64, d: u64, e: u64, h: u64): u64 {
  const first = rotl(a, 5 * SINGLE_TURN) ^ rotl(b, 4 * SINGLE_TURN) ^ rotl(c, 3 * SINGLE_TURN);
  return first ^ rotl(d, 2 * SINGLE_TURN) ^ rotl(e, SINGLE_TURN) ^ h;
}

/** Address of the filter's word for a gram: the share of 2^32 that its upper half is, of the filter's size. */
// @ts-ignore: decorator
@inline
export function filterWord(gram: u64): usize {
  return filter + (usize(((gram >> 32) * filterSize) >> 32) << 3);
}

/** The bits of that word that are set where the gram is in the table: looked up, as shifting one into place thrice costs more. */
// @ts-ignore: decorator
@inline
export function filterBits(gram: u64): u64 {
  return load<u64>(patterns + ((usize(gram) & (PATTERNS - 1)) << 3));
}

/** Writes the patterns; they are the same in every instance. */
export function writePatterns(): void {
  let random: u64 = 1;
  for (let i: u32 = 0; i < PATTERNS; i++) {
    let pattern: u64 = 0;
    while (popcnt(pattern) < PATTERN_BITS) {
      random = random * 6364136223846793005 + 1442695040888963407;
      pattern |= u64(1) << (random >> 58);
    }
    store<u64>(patterns + (usize(i) << 3), pattern);
  }
}

/** A document begins. Its first grams are then of zeros too, which are the hash of no token, so that they are in no table. */
export function beginGrams(): void {
  h1 = h2 = h3 = h4 = h5 = h6 = 0;
}

/**
 * Appends the grams that end in the batch's `count` tokens and that the filter holds to the hits, which end at `out`; returns
 * their new end. `before`: tokens of the document before the batch. There must be room for two hits a token.
 */
export function askGrams(count: u32, before: u32, out: usize): usize {
  return singlesFound ? askMixed(count, before, out) : askWords(count, before, out);
}

/** No token of the batch is of a script without spaces. */
function askWords(count: u32, before: u32, out: usize): usize {
  const hashes = tokenHashes;
  let d = rotl(h2, 2 * WORD_TURN);
  let e = rotl(h1, WORD_TURN);
  for (let i: u32 = 0; i < count; i++) {
    const h = load<u64>(hashes + (usize(i) << 3));
    out = ask(d ^ e ^ h, before + i, out);
    d = rotl(e, WORD_TURN);
    e = rotl(h, WORD_TURN);
  }
  for (let i = count - min(count, 6); i < count; i++) remember(load<u64>(hashes + (usize(i) << 3)));
  return out;
}

function askMixed(count: u32, before: u32, out: usize): usize {
  for (let i: u32 = 0; i < count; i++) {
    const h = load<u64>(tokenHashes + (usize(i) << 3));
    if (h & 1) {
      out = ask(singleGram(h5, h4, h3, h2, h1, h), before + i, out);
      // The same six with a stranger in the middle: text salted with a filler every few code points has no six in a row.
      out = ask(singleGram(h6, h5, h4, h2, h1, h), before + i, out);
    } else out = ask(wordGram(h2, h1, h), before + i, out);
    remember(h);
  }
  return out;
}

// @ts-ignore: decorator
@inline
function remember(h: u64): void {
  h6 = h5;
  h5 = h4;
  h4 = h3;
  h3 = h2;
  h2 = h1;
  h1 = h;
}

/** Writes the gram as a hit {token u32, 0, gram u64} behind the others, and counts it in if the filter holds it. */
// @ts-ignore: decorator
@inline
function ask(gram: u64, token: u32, out: usize): usize {
  const bits = filterBits(gram);
  const held = (load<u64>(filterWord(gram)) & bits) == bits;
  store<u32>(out, token);
  store<u64>(out, gram, 8);
  return out + (usize(held) << 4);
}
