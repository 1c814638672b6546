// What one step of the text is, beyond plain ASCII letters and digits: a code point (UTF-8, \uXXXX, an HTML entity), or
// something that only separates (an escape, a tag, a LaTeX command). The rules are the same at every level of escaping: a
// run of any number of backslashes before n, r, t, b, f, uXXXX or a quote means what one backslash means, so text, its
// JSON string and the JSON string of that give the same tokens, and nothing needs unescaping first.
//
// `step` returns the position after the unit and leaves the unit in `point`: a code point, or −1 for a separator.
import {
  blockIndex,
  blocks,
  commandCount,
  commandNames,
  entityCount,
  entityNames,
  markCount,
  markNames,
  tagCount,
  tagNames,
} from './memory';

export let point: i32 = 0;

/** Bytes of the document that are not UTF-8: read as separators, and counted. */
export let malformed: u32 = 0;

export function resetMalformed(): void {
  malformed = 0;
}

/** Longest tag looked for, in bytes: real opening tags with attributes are below this; `a < b` prose is not searched further. */
const MAX_TAG: usize = 512;

// @ts-ignore: decorator
@inline
export function fold(codePoint: i32): u32 {
  const block = u32(load<u16>(blockIndex + (usize(codePoint >> 7) << 1)));
  return load<u32>(blocks + (usize((block << 7) | u32(codePoint & 127)) << 2));
}

// @ts-ignore: decorator
@inline
function isLetter(b: u32): bool {
  return (b | 32) - 97 < 26;
}

function hexDigit(b: u32): i32 {
  if (b - 48 < 10) return i32(b - 48);
  const l = (b | 32) - 97;
  return l < 6 ? i32(l + 10) : -1;
}

/** Four hex digits at p, or −1. */
function hex4(p: usize): i32 {
  let value = 0;
  for (let i: usize = 0; i < 4; i++) {
    const d = hexDigit(load<u8>(p + i));
    if (d < 0) return -1;
    value = (value << 4) | d;
  }
  return value;
}

export function step(p: usize, end: usize, json: bool): usize {
  const b = u32(load<u8>(p));
  if (b >= 0x80) return utf8(p, end, b);
  if (b == 92) return backslashes(p, end, json);
  if (b == 38) return entity(p + 1, end);
  if (b == 60) return tag(p + 1, end);
  point = i32(b);
  return p + 1;
}

function bad(p: usize): usize {
  malformed++;
  point = -1;
  return p + 1;
}

/** Decodes strictly (no overlong forms, no surrogates); a byte that fits nothing is one separator. */
function utf8(p: usize, end: usize, b: u32): usize {
  if (b < 0xc2 || b > 0xf4) return bad(p);
  // What stands behind `end` is readable, and is told from the text only where it would be part of a code point.
  const c = u32(load<u8>(p, 1)) ^ 0x80;
  if (b < 0xe0) {
    if (p + 2 > end || c >= 64) return bad(p);
    point = i32(((b & 31) << 6) | c);
    return p + 2;
  }
  const d = u32(load<u8>(p, 2)) ^ 0x80;
  if (b < 0xf0) {
    const cp = ((b & 15) << 12) | (c << 6) | d;
    if (p + 3 > end || (c | d) >= 64 || cp < 0x800 || cp - 0xd800 < 0x800) return bad(p);
    point = i32(cp);
    return p + 3;
  }
  const e = u32(load<u8>(p, 3)) ^ 0x80;
  const cp = ((b & 7) << 18) | (c << 12) | (d << 6) | e;
  if (p + 4 > end || (c | d | e) >= 64 || cp < 0x10000 || cp > 0x10ffff) return bad(p);
  point = i32(cp);
  return p + 4;
}

function backslashes(p: usize, end: usize, json: bool): usize {
  const from = p;
  while (p < end && load<u8>(p) == 92) p++;
  point = -1;
  if (p >= end) return end;
  const c = u32(load<u8>(p));
  if (!isLetter(c)) return p;
  // In JSON, three backslashes and uXXXX are a backslash of the text, which separates, and then a code point.
  if (json && p - from > 1 && (p - from) & 1) return p - 1;
  if (c == 117) {
    const cp = p + 5 <= end ? hex4(p + 1) : -1;
    if (cp >= 0) return escaped(cp, p + 5, end);
  }
  // In JSON an odd run ends in an escape (a real tab, newline …), an even run is backslashes of the text itself.
  if (!json || ((p - from) & 1) == 0) {
    const after = command(p, end);
    if (after) return after;
  }
  return c == 110 || c == 116 || c == 114 || c == 98 || c == 102 ? p + 1 : p;
}

/** After \uXXXX: joins a surrogate pair; `<` and `&` written that way (as HTML-safe encoders do) count as such. */
function escaped(cp: i32, p: usize, end: usize): usize {
  if (cp == 38) return entity(p, end);
  if (cp == 60) return tag(p, end);
  if ((cp & 0xfc00) == 0xd800) {
    let q = p;
    while (q < end && load<u8>(q) == 92) q++;
    if (q > p && q + 5 <= end && load<u8>(q) == 117) {
      const low = hex4(q + 1);
      if ((low & 0xfffffc00) == 0xdc00) {
        point = 0x10000 + ((cp & 0x3ff) << 10) + (low & 0x3ff);
        return q + 5;
      }
    }
  }
  point = (cp & 0xf800) == 0xd800 ? -1 : cp;
  return p;
}

/** The name at p as bytes packed little-endian, at most eight letters or digits; its length goes to `nameLength`. */
let nameLength: usize = 0;
function packName(p: usize, end: usize): u64 {
  let packed: u64 = 0;
  let n: usize = 0;
  while (n < 9 && p + n < end) {
    const b = u32(load<u8>(p + n));
    if (!isLetter(b) && b - 48 >= 10) break;
    if (n < 8) packed |= u64(b) << (u64(n) << 3);
    n++;
  }
  nameLength = n;
  return n > 8 ? 0 : packed;
}

/** Whether the sorted u64 list at `list` holds `packed`. */
function holds(list: usize, count: u32, packed: u64): bool {
  let low: u32 = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u64>(list + (usize(middle) << 3)) < packed) low = middle + 1;
    else high = middle;
  }
  return low < count && load<u64>(list + (usize(low) << 3)) == packed;
}

/** BEGIN and END, packed. */
const BEGIN: u64 = 0x6e69676562;
const END: u64 = 0x646e65;

/** A LaTeX command that only dresses text: the position after it (and after `{name}` of begin and end), or 0. */
function command(p: usize, end: usize): usize {
  const packed = packName(p, end);
  if (!packed || !holds(commandNames, commandCount, packed)) return 0;
  let q = p + nameLength;
  if ((packed == BEGIN || packed == END) && q < end && load<u8>(q) == 123) {
    let close = q + 1;
    while (close < end && close < q + 24 && isLetter(load<u8>(close))) close++;
    if (close < end && load<u8>(close) == 42) close++;
    if (close < end && load<u8>(close) == 125) q = close + 1;
  }
  point = -1;
  return q;
}

/** After `&`: a numeric or named entity; `&amp;` counts as `&` again, so entities escaped twice are read too. */
function entity(p: usize, end: usize): usize {
  while (p + 4 <= end && load<u32>(p) == 0x3b706d61) p += 4; // "amp;"
  point = -1;
  if (p >= end) return p;
  if (load<u8>(p) == 35) return numeric(p, end);
  const packed = packName(p, end);
  const semicolon = p + nameLength;
  if (!packed || semicolon >= end || load<u8>(semicolon) != 59) return p;
  if (holds(entityNames, entityCount, packed)) return semicolon + 1;
  // Letters with marks are named letter + mark; the fold drops the mark, so the letter is all that is needed.
  const first = i32(packed & 0xff);
  if (holds(markNames, markCount, packed >> 8)) {
    point = first;
    return semicolon + 1;
  }
  return p;
}

/** `#123;` or `#x7b;` at p. */
function numeric(p: usize, end: usize): usize {
  let q = p + 1;
  const hex = q < end && (load<u8>(q) | 32) == 120;
  if (hex) q++;
  let cp: i32 = 0;
  const digits = q;
  while (q < end && q < digits + 7) {
    const d = hexDigit(load<u8>(q));
    if (d < 0 || (!hex && d > 9)) break;
    cp = hex ? (cp << 4) | d : cp * 10 + d;
    q++;
  }
  if (q == digits || q >= end || load<u8>(q) != 59 || cp > 0x10ffff || (cp & 0x7ffff800) == 0xd800) return p;
  point = cp;
  return q + 1;
}

/** After `<`: an HTML tag whose name is known, `</p>`, `<br/>`, `<p class="q">`; anything else leaves `<` a separator. */
function tag(p: usize, end: usize): usize {
  point = -1;
  let q = p;
  while (q < end && load<u8>(q) == 92) q++;
  if (q < end && load<u8>(q) == 47) q++;
  else q = p;
  const packed = packName(q, end);
  if (!packed || !holds(tagNames, tagCount, lower(packed))) return p;
  return tagEnd(q + nameLength, end, p);
}

/** From behind a tag's name to behind its `>`; `bare` when this is no tag: `/`, or a space and `name=` first, then anything. */
function tagEnd(q: usize, end: usize, bare: usize): usize {
  const limit = min(end, q + MAX_TAG);
  let spaced = false;
  while (q < limit) {
    const b = u32(load<u8>(q));
    if (b == 62) return q + 1;
    if (b == 60) return bare;
    if (b == 92) {
      while (q < limit && load<u8>(q) == 92) q++;
      if (q + 5 <= end && load<u8>(q) == 117 && hex4(q + 1) == 62) return q + 5;
      const c = q < limit ? u32(load<u8>(q)) : 0;
      if (c != 110 && c != 114 && c != 116) {
        if (!spaced && c != 47) return bare;
        continue;
      }
      if (!spaced && !attribute(q + 1, limit)) return bare;
      spaced = true;
    } else if (b == 32 || b == 10 || b == 13 || b == 9) {
      if (!spaced && !attribute(q + 1, limit)) return bare;
      spaced = true;
    } else if (!spaced && b != 47) return bare;
    q++;
  }
  return bare;
}

/** Whether a name and an equals sign stand at q, or the tag ends there. */
function attribute(q: usize, limit: usize): bool {
  const from = q;
  while (q < limit) {
    const b = u32(load<u8>(q));
    if (!isLetter(b) && b - 48 >= 10 && b != 45 && b != 58) break;
    q++;
  }
  if (q >= limit) return false;
  const b = load<u8>(q);
  return q > from ? b == 61 : b == 47 || b == 62;
}

// @ts-ignore: decorator
@inline
function lower(packed: u64): u64 {
  // Digits (h1 … h6) have bit 5 set already.
  const filled = packed | 0x2020202020202020;
  const unused = (u64(nameLength) << 3);
  return unused >= 64 ? filled : filled & ((u64(1) << unused) - 1);
}
