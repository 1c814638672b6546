// One line of JSON → the byte ranges of its text. Finds the strings at the wanted key paths without decoding anything, and
// checks the structure on the way (every string's end, every bracket, no control characters), so that a broken line is
// told from a good one. Numbers follow JSON's grammar, and literals are whole, or JSON.parse would disagree.
//
// Paths, at `paths`: u32 count; u32 how many of them are the text's own, the first ones; 32 u32 offsets of the paths; 32 u32 sets of
// paths by the length of their first key (31: that or longer); then each path: u32 components, and for each component u32 byte length and
// the bytes, padded to four; length 0xffffffff stands for `*`, every element of an array. At most 32 paths. What is kept behind them is told
// in strangers.ts.
import { join, slashMask } from './masks';
import { paths, SEGMENTS, segments } from './memory';
import { beginStrangers, closeArray, closeObject, noteKey, openArray, openObject, watch, watching } from './strangers';

export let segmentCount: u32 = 0;
/** In a segment: whether it is at one of the text's own paths. */
export const OWN: usize = 12;

const OFFSETS: usize = 8;
const BY_LENGTH: usize = OFFSETS + 32 * 4;
/** The text's own paths. */
let own: u32 = 0;

/** Deeper records are left to the host. */
const MAX_DEPTH: u32 = 256;
const STAR: u32 = 0xffffffff;

/** The value at p (spaces before it allowed): the position after it, or 0 when it is broken. */
export function walkRecord(p: usize, end: usize): usize {
  segmentCount = 0;
  own = first(load<u32>(paths, 4));
  beginStrangers();
  return value(p, end, first(load<u32>(paths)), 0);
}

function first(count: u32): u32 {
  return count == 32 ? 0xffffffff : (u32(1) << count) - 1;
}

// @ts-ignore: decorator
@inline
function spaces(p: usize, end: usize): usize {
  while (p < end) {
    const b = u32(load<u8>(p));
    if (b != 32 && b != 9 && b != 13) break;
    p++;
  }
  return p;
}

function value(p: usize, end: usize, alive: u32, depth: u32): usize {
  p = spaces(p, end);
  if (p >= end || depth > MAX_DEPTH) return 0;
  const b = u32(load<u8>(p));
  if (b == 34) {
    const close = stringEnd(p + 1, end);
    if (close) {
      const at = alive ? ends(alive, depth) : 0;
      if (at) {
        if (!addSegment(p + 1, close, at)) return 0;
      } else if (watching) watch(p + 1, close);
    }
    return close ? close + 1 : 0;
  }
  if (b == 123) return object(p + 1, end, alive, depth);
  if (b == 91) return array(p + 1, end, alive, depth);
  return scalar(p, end);
}

function object(p: usize, end: usize, alive: u32, depth: u32): usize {
  p = spaces(p, end);
  if (p < end && load<u8>(p) == 125) return p + 1;
  openObject();
  while (true) {
    p = spaces(p, end);
    if (p >= end || load<u8>(p) != 34) return 0;
    const key = p + 1;
    const close = stringEnd(key, end);
    if (!close) return 0;
    p = spaces(close + 1, end);
    if (p >= end || load<u8>(p) != 58) return 0;
    noteKey(key, close);
    p = value(p + 1, end, alive ? narrow(alive, depth, key, close) : 0, depth + 1);
    if (!p) return 0;
    p = spaces(p, end);
    if (p >= end) return 0;
    const b = load<u8>(p);
    p++;
    if (b == 125) {
      closeObject();
      return p;
    }
    if (b != 44) return 0;
  }
}

function array(p: usize, end: usize, alive: u32, depth: u32): usize {
  const within = alive ? narrow(alive, depth, 0, 0) : 0;
  p = spaces(p, end);
  if (p < end && load<u8>(p) == 93) return p + 1;
  openArray();
  while (true) {
    p = value(p, end, within, depth + 1);
    if (!p) return 0;
    p = spaces(p, end);
    if (p >= end) return 0;
    const b = load<u8>(p);
    p++;
    if (b == 93) {
      closeArray();
      return p;
    }
    if (b != 44) return 0;
  }
}

/** A number, true, false or null; also NaN and Infinity, which Python writes. */
function scalar(p: usize, end: usize): usize {
  const b = u32(load<u8>(p));
  if (b == 116) return end - p >= 4 && load<u32>(p) == 0x65757274 ? p + 4 : 0;
  if (b == 110) return end - p >= 4 && load<u32>(p) == 0x6c6c756e ? p + 4 : 0;
  if (b == 102) return end - p >= 5 && load<u32>(p + 1) == 0x65736c61 ? p + 5 : 0;
  if (b == 78) return end - p >= 3 && load<u16>(p + 1) == 0x4e61 ? p + 3 : 0;
  if (b == 45 && p + 1 < end && load<u8>(p + 1) == 73) p++;
  if (load<u8>(p) == 73) return end - p >= 8 && load<u64>(p) == 0x7974696e69666e49 ? p + 8 : 0;
  return number(p, end);
}

/** RFC 8259, section 6: a minus, digits without a zero before others, a fraction, an exponent. 0 when it is none. */
function number(p: usize, end: usize): usize {
  if (p < end && load<u8>(p) == 45) p++;
  const whole = p;
  p = digits(p, end);
  if (p == whole || (load<u8>(whole) == 48 && p - whole > 1)) return 0;
  if (p < end && load<u8>(p) == 46) {
    const fraction = ++p;
    p = digits(p, end);
    if (p == fraction) return 0;
  }
  if (p < end && (load<u8>(p) | 32) == 101) {
    p++;
    if (p < end && (load<u8>(p) == 43 || load<u8>(p) == 45)) p++;
    const exponent = p;
    p = digits(p, end);
    if (p == exponent) return 0;
  }
  return p;
}

function digits(p: usize, end: usize): usize {
  while (p < end && u32(load<u8>(p)) - 48 < 10) p++;
  return p;
}

/** The closing quote of the string whose first byte is at p, or 0: control characters (a line's end among them) break it. */
function stringEnd(p: usize, end: usize): usize {
  // Keys and short values end here.
  const v = v128.load(p);
  const ends = u32(i8x16.bitmask(v128.or(quoteOrControl(v), i8x16.eq(v, i8x16.splat(92)))));
  if (ends) {
    const at = p + usize(ctz(ends));
    if (at >= end) return 0;
    const b = u32(load<u8>(at));
    if (b != 92) return b == 34 ? at : 0;
    p = at;
  } else p += 16;
  return longStringEnd(p, end);
}

/** Every other bit, from the first on. */
const EVEN: u64 = 0x5555555555555555;

/**
 * Sixty-four bytes at a time, with no branch for an escape: in a run of backslashes every second one is escaped by the one before, and a
 * run that is odd escapes what comes behind it. Adding the run's start carries through it to just there (as simdjson does).
 */
function longStringEnd(p: usize, end: usize): usize {
  let carried: u64 = 0;
  for (; p < end; p += 64) {
    const v0 = v128.load(p);
    const v1 = v128.load(p, 16);
    const v2 = v128.load(p, 32);
    const v3 = v128.load(p, 48);
    const slashes = join(slashMask(v0), slashMask(v1), slashMask(v2), slashMask(v3)) & ~carried;
    const behind = (slashes << 1) | carried;
    const oddStarts = slashes & ~EVEN & ~behind;
    const runs = oddStarts + slashes;
    carried = u64(runs < slashes);
    const escaped = (EVEN ^ (runs << 1)) & behind;
    const marks = join(
      u32(i8x16.bitmask(quoteOrControl(v0))),
      u32(i8x16.bitmask(quoteOrControl(v1))),
      u32(i8x16.bitmask(quoteOrControl(v2))),
      u32(i8x16.bitmask(quoteOrControl(v3))),
    );
    const stops = marks & ~escaped;
    if (!stops) continue;
    p += usize(ctz(stops));
    return p < end && load<u8>(p) == 34 ? p : 0;
  }
  return 0;
}

// @ts-ignore: decorator
@inline
function quoteOrControl(v: v128): v128 {
  return v128.or(i8x16.eq(v, i8x16.splat(34)), i8x16.le_u(v, i8x16.splat(31)));
}

/** False when there is no room for more: the record then counts as broken, and the host reads it its own way. */
function addSegment(from: usize, to: usize, at: u32): bool {
  if (segmentCount == SEGMENTS) return false;
  const segment = segments + (usize(segmentCount) << 4);
  store<u32>(segment, u32(from));
  store<u32>(segment, u32(to), 4);
  store<u32>(segment, u32((at & own) != 0), OWN);
  segmentCount++;
  return true;
}

/** The alive paths that have exactly `depth` components. */
function ends(alive: u32, depth: u32): u32 {
  let found: u32 = 0;
  for (; alive; alive &= alive - 1) {
    const i = ctz(alive);
    if (load<u32>(pathAt(i)) == depth) found |= u32(1) << i;
  }
  return found;
}

/** The alive paths whose component `depth` is this key, or `*` when `key` is 0. */
function narrow(alive: u32, depth: u32, key: usize, close: usize): u32 {
  // Most keys of a record begin no path, and are told by their length alone.
  if (!depth && key) alive &= load<u32>(paths + (min<usize>(close - key, 31) << 2), BY_LENGTH);
  let left: u32 = 0;
  for (; alive; alive &= alive - 1) {
    const i = ctz(alive);
    const at = pathAt(i);
    if (load<u32>(at) > depth && componentIs(component(at, depth), key, close)) left |= u32(1) << i;
  }
  return left;
}

function componentIs(at: usize, key: usize, close: usize): bool {
  const length = load<u32>(at);
  if (!key) return length == STAR;
  if (length != u32(close - key)) return false;
  for (let i: usize = 0; i < usize(length); i++) if (load<u8>(at + 4 + i) != load<u8>(key + i)) return false;
  return true;
}

function component(path: usize, index: u32): usize {
  let at = path + 4;
  for (let i: u32 = 0; i < index; i++) at = nextComponent(at);
  return at;
}

function nextComponent(at: usize): usize {
  const length = load<u32>(at);
  return at + 4 + (length == STAR ? 0 : (usize(length) + 3) & ~3);
}

// @ts-ignore: decorator
@inline
function pathAt(i: u32): usize {
  return paths + load<u32>(paths + (usize(i) << 2), OFFSETS);
}
