// Text bytes → tokens: hash, first byte, byte after the last. Plain ASCII goes sixty-four bytes at a time; whatever else
// touches a token (a byte over 0x7f, a backslash, an entity, a hyphen at a line's end) takes the token to `spell`, a code
// point at a time. Both give the same hash for the same folded word.
import {
  edgeCount,
  emitRun,
  emitSpelled,
  hashTokens,
  MOST_REACH,
  openEdges,
  reach,
  takeStart,
  writeBounds,
  writeEdges,
  writeEnd,
} from './edges';
import { fold, point, step } from './lex';
import { escapeMask, hyphenMask, join, slashMask, specialMask, wordMask } from './masks';
import { expansions, spelling } from './memory';
import { append, EXPANSION, hashSingle, hashSpelling } from './spelling';

/** Tokens written by the last call. */
export let tokenCount: u32 = 0;
/** How many of them are of a script without spaces. */
export let singlesFound: u32 = 0;
/** A longer run of letters is cut here (base64, gene sequences): bytes of the folded form. */
const MAX_TOKEN: usize = 256;
/** Classes of folding entries (text/unicode.ts). */
const WORD: u32 = 1;
const SINGLE: u32 = 2;
const IGNORED: u32 = 3;

/**
 * Writes the tokens that begin in [p, end), up to 64 short of `capacity` (a block holds 32, one code point may fold to 18);
 * returns where it stopped, which is between tokens. The 64 bytes after `end` are readable, and byte `end` is no letter.
 */
export function tokenize(p: usize, end: usize, json: bool, capacity: u32): usize {
  const stop = findTokens(p, end, json, capacity);
  hashTokens(tokenCount);
  writeBounds(tokenCount);
  return stop;
}

/**
 * The same without the hashes and bounds, which edges.ts gives. Sixty-four bytes become three bit masks at once; a token is
 * then a run of ones, and most blocks are done without a branch.
 */
export function findTokens(p: usize, end: usize, json: bool, capacity: u32): usize {
  openEdges(p);
  singlesFound = 0;
  open = 0;
  const full = (capacity - 64) << 1;
  while (p < end && edgeCount() < full && reach(p) < MOST_REACH) {
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
    const edges = words ^ ((words << 1) | open);
    if (troubleOf(words, specials, hyphens, edges) | u64(words == -1)) p = findInBlock(p, end, json, full, words, specials, hyphens);
    else {
      writeEdges(p, edges);
      open = words >> 63;
      p += 64;
    }
  }
  if (open) {
    // A run still open is at the end of the text, or else for the next call.
    if (p < end) p = takeStart();
    else writeEnd(end);
  }
  tokenCount = edgeCount() >> 1;
  return min(p, end);
}

/** Whether the block before ended inside a run of ASCII, whose start is the last edge. */
let open: u64 = 0;

/** What of a block needs a closer look. A hyphen behind a word matters only before something that is no word. */
// @ts-ignore: decorator
@inline
function troubleOf(words: u64, specials: u64, hyphens: u64, edges: u64): u64 {
  return specials | (edges & ~words & hyphens & ~(words >> 1));
}

/** The tokens of a block that needs a closer look; returns where the next block begins. */
function findInBlock(block: usize, end: usize, json: bool, full: u32, words: u64, specials: u64, hyphens: u64): usize {
  if (words == -1) {
    const from = open ? takeStart() : block;
    open = 0;
    return longRun(from, end, json);
  }
  while (true) {
    const edges = words ^ ((words << 1) | open);
    const trouble = troubleOf(words, specials, hyphens, edges);
    const below = (trouble & -trouble) - 1;
    // In scripts other than ASCII's there are mostly none.
    if (edges & below) writeEdges(block, edges & below);
    if (!trouble) {
      open = words >> 63;
      return block + 64;
    }
    open = 0;
    // A run that what is at the trouble ends, or goes on with.
    const from = edgeCount() & 1 ? takeStart() : 0;
    const next = unusual(from, block + usize(ctz(trouble)), end, json);
    if (next - block >= 64 || edgeCount() >= full) return next;
    const behind = u64(-1) << u64(next - block);
    words &= behind;
    specials &= behind;
  }
}

/** What is at p needs a closer look; an ASCII run from `open` on ends there, or goes on with it. Returns the position behind. */
function unusual(open: usize, p: usize, end: usize, json: bool): usize {
  if (load<u8>(p) == 45) {
    if (continues(p)) return spell(open, end, json);
    emitRun(open, p);
    return p + 1;
  }
  const next = step(p, end, json);
  const entry = point < 0 ? 0 : fold(point);
  const kind = (entry >> 21) & 3;
  const joins = kind == WORD || kind == IGNORED || point == 45 || point == 0x2010;
  if (joins) return spell(open ? open : p, end, json);
  if (open) emitRun(open, p);
  if (kind == SINGLE) singles(entry, p, next);
  return next;
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
function longRun(from: usize, end: usize, json: bool): usize {
  let to = from;
  while (to - from <= MAX_TOKEN) {
    const length = ctz(~wordMask(v128.load(to)));
    to += usize(min(length, 16));
    if (length < 16) break;
  }
  if (to - from > MAX_TOKEN - 7 || continues(to)) return spell(from, end, json);
  emitRun(from, to);
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
    const byte = u32(load<u8>(p));
    if (isAlphanumeric(byte)) {
      if (!length) from = p;
      else if (length > MAX_TOKEN - 8) break;
      store<u8>(spelling + length++, u8(byte | 32));
      to = ++p;
      continue;
    }
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
  if (length) emitSpelled(hashSpelling(length), from, to);
  return p;
}

/** An ASCII letter or digit: folded by setting one bit, which digits have already. */
// @ts-ignore: decorator
@inline
function isAlphanumeric(byte: u32): bool {
  return (byte | 32) - 97 < 26 || byte - 48 < 10;
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
    singlesFound++;
    emitSpelled(hashSingle(entry & 0x1fffff), from, to);
    return;
  }
  const at = expansions + (usize(entry & 0x1fffff) << 2);
  const count = load<u32>(at);
  singlesFound += count;
  for (let i: u32 = 1; i <= count; i++) emitSpelled(hashSingle(load<u32>(at + (usize(i) << 2))), from, to);
}
