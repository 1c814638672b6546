// Text bytes → tokens: hash, first byte, byte after the last. Plain ASCII goes sixty-four bytes at a time; whatever else
// touches a token (a byte over 0x7f, a backslash, an entity, a hyphen at a line's end) takes the token to `spell`, a code
// point at a time. Both give the same hash for the same folded word.
import { absorb, finish, start } from './hash';
import { fold, point, step } from './lex';
import { escapeMask, hyphenMask, join, slashMask, specialMask, wordMask } from './masks';
import { expansions, spelling, tokenEnds, tokenHashes, tokenStarts } from './memory';
import { append, appendPoint, EXPANSION, hashSpelling } from './spelling';

/** Tokens written by the last call. */
export let tokenCount: u32 = 0;
/** A longer run of letters is cut here (base64, gene sequences): bytes of the folded form. */
const MAX_TOKEN: usize = 256;
/** Classes of folding entries (text/unicode.ts). */
const WORD: u32 = 1;
const SINGLE: u32 = 2;
const IGNORED: u32 = 3;

// @ts-ignore: decorator
@inline
function emit(hash: u64, from: usize, to: usize): void {
  const at = usize(tokenCount);
  store<u64>(tokenHashes + (at << 3), hash);
  store<u32>(tokenStarts + (at << 2), u32(from));
  store<u32>(tokenEnds + (at << 2), u32(to));
  tokenCount++;
}

/**
 * Writes the tokens that begin in [p, end), up to 64 short of `capacity` (a block holds 32, one code point may fold to 18);
 * returns where it stopped, which is between tokens. The 64 bytes after `end` are readable, and byte `end` is no letter.
 */
export function tokenize(p: usize, end: usize, json: bool, capacity: u32): usize {
  const stop = findTokens(p, end, json, capacity);
  for (let i: usize = 0, count = usize(tokenCount); i < count; i++) store<u64>(tokenHashes + (i << 3), tokenHash(i));
  return stop;
}

/**
 * The same without the hashes of the ASCII runs, which `tokenHash` gives. Sixty-four bytes become three bit masks at once; a
 * token is then a run of ones.
 */
export function findTokens(p: usize, end: usize, json: bool, capacity: u32): usize {
  tokenCount = 0;
  const full = capacity - 64;
  while (p < end && tokenCount < full) {
    const v0 = v128.load(p);
    const v1 = v128.load(p, 16);
    const v2 = v128.load(p, 32);
    const v3 = v128.load(p, 48);
    const within = end - p < 64 ? (u64(1) << u64(end - p)) - 1 : -1;
    let words = join(wordMask(v0), wordMask(v1), wordMask(v2), wordMask(v3)) & within;
    let specials = join(specialMask(v0), specialMask(v1), specialMask(v2), specialMask(v3)) & within;
    if (specials && json) {
      // A line's end or a quote, escaped once, needs no step: one backslash alone and the byte behind it only separate.
      const slashes = join(slashMask(v0), slashMask(v1), slashMask(v2), slashMask(v3)) & within;
      const alone = slashes & ~(slashes << 1) & ~(slashes >> 1) & (within >> 1);
      const letters = join(escapeMask(v0), escapeMask(v1), escapeMask(v2), escapeMask(v3));
      const simple = alone & (letters >> 1);
      specials ^= simple;
      words &= ~(simple << 1);
    }
    const hyphens = join(hyphenMask(v0), hyphenMask(v1), hyphenMask(v2), hyphenMask(v3));
    p = findInBlock(p, end, json, full, words, specials, hyphens);
  }
  return min(p, end);
}

/** The tokens of one block; returns where the next begins. */
// @ts-ignore: decorator
@inline
function findInBlock(block: usize, end: usize, json: bool, full: u32, words: u64, specials: u64, hyphens: u64): usize {
  while (true) {
    const ends = (words << 1) & ~words;
    // A hyphen behind a word matters only before something that is no word.
    const trouble = specials | (ends & hyphens & ~(words >> 1));
    const below = (trouble & -trouble) - 1;
    writeRuns(block, words & ~(words << 1), ends & below);
    if (!trouble) {
      const open = usize(64) - usize(clz(~words));
      return open ? block + open : long(block, end, json);
    }
    const t = ctz(trouble);
    // A run that what is at t ends, or goes on with.
    const open = t && (words >> (t - 1)) & 1 ? block + usize(64) - usize(clz(~words & below)) : 0;
    const next = unusual(open, block + usize(t), end, json);
    if (next - block >= 64 || tokenCount >= full) return next;
    const behind = u64(-1) << u64(next - block);
    words &= behind;
    specials &= behind;
  }
}

/** What is at p needs a closer look; an ASCII run from `open` on ends there, or goes on with it. Returns the position behind. */
function unusual(open: usize, p: usize, end: usize, json: bool): usize {
  if (load<u8>(p) == 45) {
    if (continues(p)) return spell(open, end, json);
    emit(0, open, p);
    return p + 1;
  }
  const next = step(p, end, json);
  const entry = point < 0 ? 0 : fold(point);
  const kind = (entry >> 21) & 3;
  const joins = kind == WORD || kind == IGNORED || point == 45 || point == 0x2010;
  if (joins) return spell(open ? open : p, end, json);
  if (open) emit(0, open, p);
  if (kind == SINGLE) singles(entry, p, next);
  return next;
}

/** Writes the runs between ones of `starts` and ones of `ends`, which are as many or fewer. */
// @ts-ignore: decorator
@inline
function writeRuns(block: usize, starts: u64, ends: u64): void {
  const count = usize(tokenCount);
  const n = u32(popcnt(ends));
  tokenCount += n;
  let hashAt = tokenHashes + (count << 3);
  let startAt = tokenStarts + (count << 2);
  let endAt = tokenEnds + (count << 2);
  // Eight at a time, the last of them without meaning: that costs less than a guess at the number.
  for (let left = i32(n); left > 0; left -= 8) {
store<u32>(startAt, u32(block) + u32(ctz(starts)), 0);
    store<u32>(endAt, u32(block) + u32(ctz(ends)), 0);
    starts &= starts - 1;
    ends &= ends - 1;
    store<u32>(startAt, u32(block) + u32(ctz(starts)), 4);
    store<u32>(endAt, u32(block) + u32(ctz(ends)), 4);
    starts &= starts - 1;
    ends &= ends - 1;
    store<u32>(startAt, u32(block) + u32(ctz(starts)), 8);
    store<u32>(endAt, u32(block) + u32(ctz(ends)), 8);
    starts &= starts - 1;
    ends &= ends - 1;
    store<u32>(startAt, u32(block) + u32(ctz(starts)), 12);
    store<u32>(endAt, u32(block) + u32(ctz(ends)), 12);
    starts &= starts - 1;
    ends &= ends - 1;
    store<u32>(startAt, u32(block) + u32(ctz(starts)), 16);
    store<u32>(endAt, u32(block) + u32(ctz(ends)), 16);
    starts &= starts - 1;
    ends &= ends - 1;
    store<u32>(startAt, u32(block) + u32(ctz(starts)), 20);
    store<u32>(endAt, u32(block) + u32(ctz(ends)), 20);
    starts &= starts - 1;
    ends &= ends - 1;
    store<u32>(startAt, u32(block) + u32(ctz(starts)), 24);
    store<u32>(endAt, u32(block) + u32(ctz(ends)), 24);
    starts &= starts - 1;
    ends &= ends - 1;
    store<u32>(startAt, u32(block) + u32(ctz(starts)), 28);
    store<u32>(endAt, u32(block) + u32(ctz(ends)), 28);
    starts &= starts - 1;
    ends &= ends - 1;
    v128.store(hashAt, i64x2.splat(0), 0);
    v128.store(hashAt, i64x2.splat(0), 16);
    v128.store(hashAt, i64x2.splat(0), 32);
    v128.store(hashAt, i64x2.splat(0), 48);
    hashAt += 64;
    startAt += 32;
    endAt += 32;
  }
}

/**
 * Hash of the `i`-th token found: the one that `spell` left, or else that of an ASCII run. Apart from finding, so that a
 * loop over it waits for nothing and guesses nothing.
 */
// @ts-ignore: decorator
@inline
export function tokenHash(i: usize): u64 {
  const spelled = load<u64>(tokenHashes + (i << 3));
  const from = usize(load<u32>(tokenStarts + (i << 2)));
  const length = usize(load<u32>(tokenEnds + (i << 2))) - from;
  const run = length > 16 && !spelled ? hashLongRun(from, length) : hashShortRun(from, length);
  return select<u64>(spelled, run, spelled != 0);
}

/** Hash of an ASCII run of up to sixteen bytes. Both eights are always hashed and one of the results taken. */
// @ts-ignore: decorator
@inline
function hashShortRun(from: usize, length: usize): u64 {
  const short = length <= 8;
  const head = load<u64>(from) | 0x2020202020202020;
  const tail = load<u64>(from, 8) | 0x2020202020202020;
  const unusedHead = select<u64>(u64(8 - length) << 3, 0, short);
  const unusedTail = (u64(16 - length) << 3) & 63;
  const one = absorb(start(), (head << unusedHead) >> unusedHead);
  const two = absorb(one, (tail << unusedTail) >> unusedTail);
  return finish(select<u64>(one, two, short), 0);
}

function hashLongRun(from: usize, length: usize): u64 {
  let h = start();
  let left = length;
  for (; left > 8; left -= 8) {
    h = absorb(h, load<u64>(from) | 0x2020202020202020);
    from += 8;
  }
  const unused = u64(8 - left) << 3;
  return finish(absorb(h, ((load<u64>(from) | 0x2020202020202020) << unused) >> unused), 0);
}

/** Whether what follows an ASCII run at `to` may belong to the token: non-ASCII, an escape, an entity, a broken line. */
function continues(to: usize): bool {
  const b = u32(load<u8>(to));
  if (b >= 0x80) return true;
  if (b == 92) {
    const c = u32(load<u8>(to + 1));
    return c == 117 || c == 92;
  }
  if (b == 38) return true;
  if (b == 45) {
    const c = u32(load<u8>(to + 1));
    return c == 10 || c == 13 || c == 32 || c == 92;
  }
  return false;
}

/** A run of 64 bytes or more that starts at `from`. */
function long(from: usize, end: usize, json: bool): usize {
  let to = from + 64;
  while (to - from <= MAX_TOKEN) {
    const length = ctz(~wordMask(v128.load(to)));
    to += usize(min(length, 16));
    if (length < 16) break;
  }
  if (to - from > MAX_TOKEN - 7 || continues(to)) return spell(from, end, json);
  emit(hashLongRun(from, to - from), from, to);
  return to;
}

/**
 * From p (between tokens, or a token's start): reads units until a token has been written or one separator passed.
 * Returns the position after it.
 */
function spell(p: usize, end: usize, json: bool): usize {
  let length: usize = 0;
  let from = p;
  let to = p;
  while (p < end) {
    const next = step(p, end, json);
    const entry = point < 0 ? 0 : fold(point);
    const kind = (entry >> 21) & 3;
    if (kind == IGNORED) {
      p = next;
      continue;
    }
    if (kind == WORD) {
      if (!length) from = p;
      else if (length > MAX_TOKEN - 8) break;
      length = append(entry, length);
      to = next;
      p = next;
      continue;
    }
    if (length) {
      const joined = load<u8>(spelling + length - 1) > 57 && (point == 45 || point == 0x2010) ? lineBreak(next, end) : 0;
      if (!joined) break;
      p = joined;
      continue;
    }
    if (kind == SINGLE) singles(entry, p, next);
    return next;
  }
  if (length) emit(hashSpelling(length, 0), from, to);
  return p;
}

/** Behind a hyphen inside a word: where the word goes on if the hyphen ended a line, else 0. */
function lineBreak(p: usize, end: usize): usize {
  let lines = 0;
  while (p < end) {
    const c = u32(load<u8>(p));
    if (c == 10 || c == 13) {
      lines++;
      p++;
    } else if (c == 32 || c == 9) p++;
    else if (c == 92) {
      let q = p;
      while (q < end && load<u8>(q) == 92) q++;
      const e = q < end ? u32(load<u8>(q)) : 0;
      if (e == 110 || e == 114) lines++;
      else if (e != 116) return lines && e == 117 ? p : 0;
      p = q + 1;
    } else return lines && (c - 97 < 26 || c >= 0x80) ? p : 0;
  }
  return 0;
}

/** Every folded code point a token of its own. */
function singles(entry: u32, from: usize, to: usize): void {
  if (!(entry & EXPANSION)) {
    emit(hashSpelling(appendPoint(entry & 0x1fffff, 0), 1), from, to);
    return;
  }
  const at = expansions + (usize(entry & 0x1fffff) << 2);
  const count = load<u32>(at);
  for (let i: u32 = 1; i <= count; i++) emit(hashSpelling(appendPoint(load<u32>(at + (usize(i) << 2)), 0), 1), from, to);
}
