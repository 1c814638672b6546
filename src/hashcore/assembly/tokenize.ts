// Text bytes → tokens: hash, first byte, byte after the last. Plain ASCII goes sixty-four bytes at a time; whatever else
// touches a token (a byte over 0x7f, a backslash, an entity, a hyphen at a line's end) takes the token to `spell`, a code
// point at a time. Both give the same hash for the same folded word.
import { absorb, finish, start } from './hash';
import { fold, point, step } from './lex';
import { expansions, spelling, tokenEnds, tokenHashes, tokenStarts } from './memory';

/** Tokens written by the last call. */
export let tokenCount: u32 = 0;

/** A longer run of letters is cut here (base64, gene sequences): bytes of the folded form. */
const MAX_TOKEN: usize = 256;

const CLASS_WORD: u32 = 1;
const CLASS_SINGLE: u32 = 2;
const CLASS_IGNORED: u32 = 3;
const EXPANSION: u32 = 1 << 23;

// @ts-ignore: decorator
@inline
function emit(hash: u64, from: usize, to: usize): void {
  const at = usize(tokenCount);
  store<u64>(tokenHashes + (at << 3), hash);
  store<u32>(tokenStarts + (at << 2), u32(from));
  store<u32>(tokenEnds + (at << 2), u32(to));
  tokenCount++;
}

// @ts-ignore: decorator
@inline
function wordMask(v: v128): u32 {
  const lowered = v128.or(v, i8x16.splat(32));
  const letters = i8x16.lt_u(i8x16.sub(lowered, i8x16.splat(97)), i8x16.splat(26));
  const digits = i8x16.lt_u(i8x16.sub(v, i8x16.splat(48)), i8x16.splat(10));
  return u32(i8x16.bitmask(v128.or(letters, digits)));
}

/** Bytes that need `step`: over 0x7f, backslash, ampersand, less-than. */
// @ts-ignore: decorator
@inline
function specialMask(v: v128): u32 {
  const marks = v128.or(
    v128.or(i8x16.eq(v, i8x16.splat(92)), i8x16.eq(v, i8x16.splat(38))),
    i8x16.eq(v, i8x16.splat(60)),
  );
  return u32(i8x16.bitmask(v128.or(marks, v)));
}

// @ts-ignore: decorator
@inline
function slashMask(v: v128): u32 {
  return u32(i8x16.bitmask(i8x16.eq(v, i8x16.splat(92))));
}

/** What may follow a backslash in JSON and separate: n, r, t and the quote. */
// @ts-ignore: decorator
@inline
function escapeMask(v: v128): u32 {
  const ends = v128.or(i8x16.eq(v, i8x16.splat(110)), i8x16.eq(v, i8x16.splat(114)));
  return u32(i8x16.bitmask(v128.or(v128.or(ends, i8x16.eq(v, i8x16.splat(116))), i8x16.eq(v, i8x16.splat(34)))));
}

// @ts-ignore: decorator
@inline
function hyphenMask(v: v128): u32 {
  return u32(i8x16.bitmask(i8x16.eq(v, i8x16.splat(45))));
}

// @ts-ignore: decorator
@inline
function join(a: u32, b: u32, c: u32, d: u32): u64 {
  return u64(a | (b << 16)) | (u64(c | (d << 16)) << 32);
}

/**
 * Writes the tokens that begin in [p, end), up to 64 short of `capacity` (a block holds 32, one code point may fold to 18);
 * returns where it stopped, which is between tokens. The 64 bytes after `end` are readable, and byte `end` is no letter.
 *
 * Sixty-four bytes become three bit masks at once; a token is then a run of ones, and finding it waits for no load.
 */
export function tokenize(p: usize, end: usize, json: bool, capacity: u32): usize {
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
    const stop = specials ? ctz(specials) : 64;
    const block = p;
    p = block + usize(stop);
    let special = stop < 64;
    while (words) {
      const first = ctz(words);
      if (first > stop) break;
      const to = first + ctz(~(words >> first));
      if (to >= 64) {
        // The run may go on in the next block: look again from its start.
        p = first ? block + usize(first) : long(block, end, json);
        special = false;
        break;
      }
      if ((to == stop || (hyphens >> to) & 1) && continues(block + usize(to))) {
        p = spell(block + usize(first), end, json);
        special = false;
        break;
      }
      emit(hashRun(block + usize(first), usize(to - first)), block + usize(first), block + usize(to));
      words = (words >> to) << to;
    }
    if (special) p = spell(p, end, json);
  }
  return min(p, end);
}

/** Hash of an ASCII run of fewer than 64 bytes. */
// @ts-ignore: decorator
@inline
function hashRun(from: usize, length: usize): u64 {
  if (length > 16) return hashLongRun(from, length);
  // Both eights are always hashed and one of the results taken: a guess at the length would often be wrong.
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
    if (kind == CLASS_IGNORED) {
      p = next;
      continue;
    }
    if (kind == CLASS_WORD) {
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
    if (kind == CLASS_SINGLE) singles(entry, p, next);
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

/** Appends the folded code points of `entry` to the spelling, as UTF-8. */
function append(entry: u32, length: usize): usize {
  if (!(entry & EXPANSION)) return appendPoint(entry & 0x1fffff, length);
  const at = expansions + (usize(entry & 0x1fffff) << 2);
  const count = load<u32>(at);
  for (let i: u32 = 1; i <= count; i++) length = appendPoint(load<u32>(at + (usize(i) << 2)), length);
  return length;
}

function appendPoint(cp: u32, length: usize): usize {
  const at = spelling + length;
  if (cp < 0x80) {
    store<u8>(at, u8(cp));
    return length + 1;
  }
  if (cp < 0x800) {
    store<u8>(at, u8(0xc0 | (cp >> 6)));
    store<u8>(at + 1, u8(0x80 | (cp & 63)));
    return length + 2;
  }
  if (cp < 0x10000) {
    store<u8>(at, u8(0xe0 | (cp >> 12)));
    store<u8>(at + 1, u8(0x80 | ((cp >> 6) & 63)));
    store<u8>(at + 2, u8(0x80 | (cp & 63)));
    return length + 3;
  }
  store<u8>(at, u8(0xf0 | (cp >> 18)));
  store<u8>(at + 1, u8(0x80 | ((cp >> 12) & 63)));
  store<u8>(at + 2, u8(0x80 | ((cp >> 6) & 63)));
  store<u8>(at + 3, u8(0x80 | (cp & 63)));
  return length + 4;
}

function hashSpelling(length: usize, single: u64): u64 {
  store<u64>(spelling + length, 0);
  let h = start();
  for (let i: usize = 0; i < length; i += 8) h = absorb(h, load<u64>(spelling + i));
  return finish(h, single);
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
