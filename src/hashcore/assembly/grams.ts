// Tokens → grams → the hits: those that the benchmark may hold. A gram is three tokens, or six where it ends in a script
// without spaces (measured: three code points are as common as a word). Its hash is its tokens' hashes, each turned by another
// number of bits and put together by exclusive or: tokens' hashes are well mixed already, and this costs no multiplication.
//
// Every gram of the corpus passes here and is asked after in a filter that fits no near cache, so what counts is how many
// questions the processor has under way at once: the loops are short, and nothing in them is guessed or waited for.
import { writeEight } from './edges';
import { filter, filterSize, patterns, tokenEnds, tokenHashes } from './memory';
import { singlesFound } from './tokenize';

export const WORD_GRAM: u32 = 3;
export const SINGLE_GRAM: u32 = 6;

/** Bits that a token's hash is turned by for every token behind it in the gram. Odd, so that equal tokens do not cancel out. */
const WORD_TURN: u64 = 21;
const SINGLE_TURN: u64 = 11;

/** Patterns of the filter's bits, a power of two; bits of a pattern. */
const PATTERNS: u32 = 1024;
const PATTERN_BITS: u64 = 3;

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

/** Tokens before the batch that its first grams begin with. Their hashes stand before the batch's. */
const CARRIED: usize = 6 << 3;

/** A document begins. Its first grams are then of zeros too, which are the hash of no token, so that they are in no table. */
export function beginGrams(): void {
  memory.fill(tokenHashes - CARRIED, 0, CARRIED);
}

/**
 * Appends the grams that end in the batch's `count` tokens and that the filter holds to the hits, which end at `out`; returns
 * their new end. `before`: tokens of the document before the batch. There must be room for two hits a token.
 */
export function askGrams(count: u32, before: u32, out: usize): usize {
  const end = tokenHashes + (usize(count) << 3);
  out = singlesFound * 4 > count ? askEach(end, before, out) : askEights(end, before, out);
  memory.copy(tokenHashes - CARRIED, end - CARRIED, CARRIED);
  return out;
}

/**
 * Where most tokens are words: first a list of those whose gram of words the filter holds, eight at a time and with no branch, so that
 * the processor has as many questions under way as it can; the tokens of a script without spaces are listed unasked. Then the hits of these.
 */
function askEights(end: usize, before: u32, out: usize): usize {
  // The ends of tokens are written for the host only: their room is free.
  const list = tokenEnds;
  const listed = listEights(end, list);
  for (let next = list; next < listed; next += 2) {
    const i = usize(load<u16>(next));
    const at = tokenHashes + (i << 3);
    // The last eight may have gone beyond the batch.
    if (at >= end) break;
    const h = load<u64>(at);
    if (h & 1) out = askSingles(at, h, before + u32(i), out);
    else out = put(wordGram(back(at, 2), back(at, 1), h), before + u32(i), out, true);
  }
  return out;
}

function listEights(end: usize, list: usize): usize {
  let d = back(tokenHashes, 2);
  let e = back(tokenHashes, 1);
  let first = i16x8.splat(0);
  for (let at = tokenHashes; at < end; at += 64) {
    const h0 = load<u64>(at);
    const h1 = load<u64>(at, 8);
    const h2 = load<u64>(at, 16);
    const h3 = load<u64>(at, 24);
    const h4 = load<u64>(at, 32);
    const h5 = load<u64>(at, 40);
    const h6 = load<u64>(at, 48);
    const h7 = load<u64>(at, 56);
    let bits = isListed(d, e, h0) | (isListed(e, h0, h1) << 1) | (isListed(h0, h1, h2) << 2) | (isListed(h1, h2, h3) << 3);
    bits |= (isListed(h2, h3, h4) << 4) | (isListed(h3, h4, h5) << 5) | (isListed(h4, h5, h6) << 6) | (isListed(h5, h6, h7) << 7);
    d = h6;
    e = h7;
    list = writeEight(list, bits, first);
    first = i16x8.add(first, i16x8.splat(8));
  }
  return list;
}

// @ts-ignore: decorator
@inline
function isListed(d: u64, e: u64, h: u64): u32 {
  return u32(isHeld(wordGram(d, e, h))) | (u32(h) & 1);
}

/** Where many tokens are of a script without spaces. */
function askEach(end: usize, token: u32, out: usize): usize {
  for (let at = tokenHashes; at < end; at += 8) {
    const h = load<u64>(at);
    if (h & 1) out = askSingles(at, h, token, out);
    else out = ask(wordGram(back(at, 2), back(at, 1), h), token, out);
    token++;
  }
  return out;
}

/** The two grams that end in a token of a script without spaces, whose hash `h` stands at `at`. */
// @ts-ignore: decorator
@inline
function askSingles(at: usize, h: u64, token: u32, out: usize): usize {
  out = ask(singleGram(back(at, 5), back(at, 4), back(at, 3), back(at, 2), back(at, 1), h), token, out);
  // The same six with a stranger in the middle: text salted with a filler every few code points has no six in a row.
  return ask(singleGram(back(at, 6), back(at, 5), back(at, 4), back(at, 2), back(at, 1), h), token, out);
}

/** The hash of a token before the one at `at`. */
// @ts-ignore: decorator
@inline
function back(at: usize, tokens: usize): u64 {
  return load<u64>(at - (tokens << 3));
}

// @ts-ignore: decorator
@inline
function ask(gram: u64, token: u32, out: usize): usize {
  return put(gram, token, out, isHeld(gram));
}

// @ts-ignore: decorator
@inline
function isHeld(gram: u64): bool {
  const bits = filterBits(gram);
  return (load<u64>(filterWord(gram)) & bits) == bits;
}

/** Writes the gram as a hit {token u32, 0, gram u64} behind the others, and counts it in if the filter holds it. */
// @ts-ignore: decorator
@inline
function put(gram: u64, token: u32, out: usize, held: bool): usize {
  store<u32>(out, token);
  store<u64>(out, gram, 8);
  return out + (usize(held) << 4);
}
