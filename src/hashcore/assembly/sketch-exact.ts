// Digest of a text as its reader would see it: the bytes of its UTF-8, JSON escapes decoded on the way, eight at a time
// wherever they stand. So `é` and `\u00e9` in two files are the same text, and nothing is copied.
import { absorb, finishGram, start } from './hash';

const BACKSLASH: u32 = 92;

let hash: u64 = 0;
/** Bytes not absorbed yet, lowest first; `held` bits of them. */
let lane: u64 = 0;
let held: u64 = 0;
let length: u64 = 0;

export function beginExact(): void {
  hash = start();
  lane = 0;
  held = 0;
  length = 0;
}

export function endExact(): u64 {
  return finishGram(absorb(absorb(hash, lane), length));
}

export function exactByte(b: u64): void {
  lane |= b << held;
  held += 8;
  length++;
  if (held == 64) {
    hash = absorb(hash, lane);
    lane = 0;
    held = 0;
  }
}

// @ts-ignore: decorator
@inline
function exactEight(bytes: u64): void {
  hash = absorb(hash, lane | (bytes << held));
  // Twice, since a shift by 64 is one by 0.
  lane = (bytes >> 1) >> (63 - held);
  length += 8;
}

/** The text in [p, end); `json`: the inside of a JSON string. */
export function exactSegment(p: usize, end: usize, json: bool): void {
  while (p < end) {
    if (p + 16 <= end && !(json && hasBackslash(p))) {
      exactEight(load<u64>(p));
      exactEight(load<u64>(p, 8));
      p += 16;
      continue;
    }
    const stop = min(p + 16, end);
    while (p < stop) {
      const b = u32(load<u8>(p));
      if (json && b == BACKSLASH) p = escape(p + 1, end);
      else {
        exactByte(b);
        p++;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function hasBackslash(p: usize): bool {
  return v128.any_true(i8x16.eq(v128.load(p), i8x16.splat(92)));
}

/** What follows a backslash at p − 1; returns the position behind. The walker has checked that the string is closed. */
function escape(p: usize, end: usize): usize {
  if (p >= end) return end;
  const c = u32(load<u8>(p));
  if (c == 117) return unicode(p + 1, end);
  exactByte(c == 110 ? 10 : c == 116 ? 9 : c == 114 ? 13 : c == 98 ? 8 : c == 102 ? 12 : c);
  return p + 1;
}

/** The digits of \uXXXX at p, and a low surrogate's behind them. A surrogate alone becomes U+FFFD, as encoders have it. */
function unicode(p: usize, end: usize): usize {
  let cp = hex4(p, end);
  p += 4;
  if ((cp & 0xfc00) == 0xd800 && p + 6 <= end && load<u16>(p) == 0x755c) {
    const low = hex4(p + 2, end);
    if ((low & 0xfffffc00) == 0xdc00) {
      cp = 0x10000 + ((cp & 0x3ff) << 10) + (low & 0x3ff);
      p += 6;
    }
  }
  exactPoint((cp & 0xfffff800) == 0xd800 ? 0xfffd : cp);
  return min(p, end);
}

function hex4(p: usize, end: usize): u32 {
  let value: u32 = 0;
  for (let i: usize = 0; i < 4; i++) {
    const b = p + i < end ? u32(load<u8>(p + i)) : 48;
    const l = (b | 32) - 97;
    value = (value << 4) | (b - 48 < 10 ? b - 48 : (l + 10) & 15);
  }
  return value;
}

function exactPoint(cp: u32): void {
  if (cp < 0x80) {
    exactByte(cp);
    return;
  }
  if (cp < 0x800) exactByte(0xc0 | (cp >> 6));
  else {
    if (cp < 0x10000) exactByte(0xe0 | (cp >> 12));
    else {
      exactByte(0xf0 | (cp >> 18));
      exactByte(0x80 | ((cp >> 12) & 63));
    }
    exactByte(0x80 | ((cp >> 6) & 63));
  }
  exactByte(0x80 | (cp & 63));
}
