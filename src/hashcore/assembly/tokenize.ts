// Text bytes → tokens: hash, first byte, byte after the last. Plain ASCII goes sixteen bytes at a time; whatever else
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

/**
 * Writes the tokens that begin in [p, end), at most `capacity` − 32 of them (one code point may fold to 18 tokens);
 * returns where it stopped, which is between tokens. The 16 bytes after `end` are readable, and byte `end` is no letter.
 */
export function tokenize(p: usize, end: usize, json: bool, capacity: u32): usize {
  tokenCount = 0;
  const full = capacity - 32;
  while (p < end && tokenCount < full) {
    const v = v128.load(p);
    const words = wordMask(v);
    const specials = specialMask(v);
    const first = ctz(words | 0x10000);
    if (ctz(specials | 0x10000) < first) {
      const at = p + usize(ctz(specials));
      p = at < end ? spell(at, end, json) : end;
      continue;
    }
    if (first == 16) {
      p += 16;
      continue;
    }
    const from = p + usize(first);
    if (from >= end) return end;
    const length = ctz(~(words >> first));
    if (first + length >= 16) {
      p = first ? plain(from, end, json) : long(from, end, json);
      continue;
    }
    const to = from + usize(length);
    if (continues(to)) {
      p = spell(from, end, json);
      continue;
    }
    // The whole token and the byte after it are in v.
    const low = v128.extract_lane<u64>(v, 0);
    const high = v128.extract_lane<u64>(v, 1);
    emit(hash16(low, high, first, length), from, to);
    p = to;
  }
  return min(p, end);
}

/** Hash of the token at bytes [first, first + length) of the sixteen in (low, high); length below 16. */
// @ts-ignore: decorator
@inline
function hash16(low: u64, high: u64, first: u32, length: u32): u64 {
  let head = low;
  let tail = high;
  if (first >= 8) {
    head = high >> (u64(first - 8) << 3);
    tail = 0;
  } else if (first) {
    const bits = u64(first) << 3;
    head = (low >> bits) | (high << (64 - bits));
    tail = high >> bits;
  }
  head |= 0x2020202020202020;
  if (length <= 8) {
    const unused = u64(8 - length) << 3;
    return finish(absorb(start(), (head << unused) >> unused), 0);
  }
  tail |= 0x2020202020202020;
  const unused = u64(16 - length) << 3;
  return finish(absorb(absorb(start(), head), (tail << unused) >> unused), 0);
}

/** Whether what follows an ASCII run at `to` may belong to the token: non-ASCII, an escape, an entity, a broken line. */
// @ts-ignore: decorator
@inline
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

/** A token that starts at `from` but may not end within the sixteen bytes that were looked at. */
function plain(from: usize, end: usize, json: bool): usize {
  const v = v128.load(from);
  const length = ctz(~wordMask(v));
  if (length >= 16) return long(from, end, json);
  const to = from + usize(length);
  if (continues(to)) return spell(from, end, json);
  emit(hash16(v128.extract_lane<u64>(v, 0), v128.extract_lane<u64>(v, 1), 0, length), from, to);
  return to;
}

/** A token of sixteen bytes or more. */
function long(from: usize, end: usize, json: bool): usize {
  let h = start();
  let p = from;
  while (p - from < MAX_TOKEN) {
    const v = v128.load(p);
    const length = ctz(~wordMask(v));
    if (length >= 16) {
      h = absorb(h, v128.extract_lane<u64>(v, 0) | 0x2020202020202020);
      h = absorb(h, v128.extract_lane<u64>(v, 1) | 0x2020202020202020);
      p += 16;
      continue;
    }
    const to = p + usize(length);
    if (to - from > MAX_TOKEN - 7 || continues(to)) return spell(from, end, json);
    if (length) {
      const low = v128.extract_lane<u64>(v, 0) | 0x2020202020202020;
      if (length <= 8) {
        const unused = u64(8 - length) << 3;
        h = absorb(h, (low << unused) >> unused);
      } else {
        const unused = u64(16 - length) << 3;
        h = absorb(absorb(h, low), ((v128.extract_lane<u64>(v, 1) | 0x2020202020202020) << unused) >> unused);
      }
    }
    emit(finish(h, 0), from, to);
    return to;
  }
  return spell(from, end, json);
}

/**
 * From p (between tokens, or a token's start): reads units until a token has been written or one separator passed.
 * Returns the position after it.
 */
function spell(p: usize, end: usize, json: bool): usize {
  let length: usize = 0;
  let from = p;
  let to = p;
  let last: u32 = 0;
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
      last = entry & 0x1fffff;
      to = next;
      p = next;
      continue;
    }
    if (length) {
      const joined = last > 57 && (point == 45 || point == 0x2010) ? lineBreak(next, end) : 0;
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
