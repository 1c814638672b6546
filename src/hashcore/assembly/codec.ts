// A block of the index: up to 4,096 keys in ascending order and what is known of each, one column a call. src/store/FORMAT.md
// is the description, src/store/plain.ts the plain twin. Bits are written from the lowest of each byte up.
import { blockCounts, blockIds, BLOCK_KEYS, built, counts, keys, mostBlocks, NO_BLOCK, setBuilt, sources } from './collapse';

export const KEYS: u32 = 0;
export const COUNTS: u32 = 1;
export const SOURCES: u32 = 2;
export const BLOCKS: u32 = 3;

let keyBits: u32 = 64;
let sourceBits: u32 = 0;
let blockBits: u32 = 0;
let blocks: u32 = 0;

/** Bits of a key, of a set of sources, of a block's number; and how many blocks there are. */
export function placeCodec(ofKey: u32, ofSources: u32, ofBlock: u32, blocksInAll: u32): void {
  keyBits = ofKey;
  sourceBits = ofSources;
  blockBits = ofBlock;
  blocks = blocksInAll;
}

let at: usize = 0;
let held: u64 = 0;
let heldBits: u32 = 0;

function open(from: usize): void {
  at = from;
  held = 0;
  heldBits = 0;
}

/** Up to 32 bits. */
// @ts-ignore: decorator
@inline
function put(value: u64, bits: u32): void {
  held |= value << u64(heldBits);
  heldBits += bits;
  if (heldBits < 32) return;
  store<u32>(at, u32(held));
  at += 4;
  held >>= 32;
  heldBits -= 32;
}

/** Writes what is held, to whole bytes; returns the end. */
function close(): usize {
  for (; heldBits > 0; heldBits -= min(heldBits, 8)) {
    store<u8>(at, u8(held));
    at++;
    held >>= 8;
  }
  return at;
}

/** Up to 32 bits; up to eight bytes behind the block's end may be looked at. */
// @ts-ignore: decorator
@inline
function get(bits: u32): u64 {
  if (heldBits < bits) {
    held |= u64(load<u32>(at)) << u64(heldBits);
    heldBits += 32;
    at += 4;
  }
  const value = held & ((u64(1) << u64(bits)) - 1);
  held >>= u64(bits);
  heldBits -= bits;
  return value;
}

/** Elias's gamma code of a number above 0: as many zeros as its bits behind the first, a one, and those bits. */
function putGamma(value: u32): void {
  const bits = 31 - clz(value);
  put(0, bits);
  put(1, 1);
  put(u64(value) & ((u64(1) << u64(bits)) - 1), bits);
}

// @ts-ignore: decorator
@inline
function getGamma(): u32 {
  let bits: u32 = 0;
  while (bits < 32 && !get(1)) bits++;
  return u32((u64(1) << u64(bits)) | get(min(bits, 31)));
}

/** Writes one column of the builder's keys to `to`, which is aligned to eight; returns its length in bytes. */
export function encodeBlock(column: u32, to: usize): u32 {
  if (column == KEYS) return u32(encodeKeys(to) - to);
  open(to);
  const most = usize(built);
  if (column == COUNTS) for (let i: usize = 0; i < most; i++) putCount(load<u32>(counts + (i << 2)));
  else if (column == SOURCES) for (let i: usize = 0; i < most; i++) put(u64(load<u32>(sources + (i << 2))), sourceBits);
  else for (let i: usize = 0; i < most; i++) putBlocks(i);
  return u32(close() - to);
}

/** Most keys are in one document, whose code is a one. */
// @ts-ignore: decorator
@inline
function putCount(count: u32): void {
  if (count == 1) put(1, 1);
  else putGamma(count);
}

// @ts-ignore: decorator
@inline
function putBlocks(i: usize): void {
  const listed = load<u32>(blockCounts + (i << 2));
  if (load<u32>(counts + (i << 2)) > 1) putGamma(listed);
  const list = blockIds + ((i * usize(mostBlocks)) << 2);
  for (let n: usize = 0; n < usize(listed); n++) put(u64(load<u32>(list + (n << 2))), blockBits);
}

/** First key u64, keys u16, low bits u8; all keys' low bits; then a one for each key, as far from the last as its high bits are. */
function encodeKeys(to: usize): usize {
  const drop = u64(64 - keyBits);
  const first = load<u64>(keys);
  const span = (load<u64>(keys + (usize(built - 1) << 3)) - first) >> drop;
  const low = lowBits(span);
  store<u64>(to, first);
  store<u16>(to, u16(built), 8);
  store<u8>(to, u8(low), 10);
  const high = low <= SHORT ? encodeShort(to + 11, first, drop, low) : encodeLong(to + 11, first, drop, low);
  const bits = u64(built) + (span >> u64(low));
  const end = high + usize((bits + 7) >> 3);
  let word: u64 = 0;
  let next: u64 = 64;
  let out = high;
  for (let i: u64 = 0; i < u64(built); i++) {
    const bit = (((load<u64>(keys + (usize(i) << 3)) - first) >> drop) >> u64(low)) + i;
    for (; bit >= next; next += 64) {
      store<u64>(out, word);
      word = 0;
      out += 8;
    }
    word |= u64(1) << (bit & 63);
  }
  store<u64>(out, word);
  return end;
}

/** Bits that find room in a word behind those that no whole byte has taken. */
const SHORT: u32 = 56;

/** The low bits of all keys, at most 56 of each; returns their end. No branch: what is there so far is written for every key. */
function encodeShort(to: usize, first: u64, drop: u64, low: u32): usize {
  const mask = (u64(1) << u64(low)) - 1;
  let word: u64 = 0;
  let bits: u32 = 0;
  for (let i: usize = 0; i < usize(built); i++) {
    word |= (((load<u64>(keys + (i << 3)) - first) >> drop) & mask) << u64(bits);
    store<u64>(to, word);
    bits += low;
    to += usize(bits >> 3);
    word >>= u64(bits & ~7);
    bits &= 7;
  }
  return to + usize(bits > 0);
}

/** The same for more bits, which only blocks of very few keys have. */
function encodeLong(to: usize, first: u64, drop: u64, low: u32): usize {
  const mask = (u64(1) << u64(low)) - 1;
  open(to);
  for (let i: usize = 0; i < usize(built); i++) {
    const value = ((load<u64>(keys + (i << 3)) - first) >> drop) & mask;
    put(value & 0xffffffff, 32);
    put(value >> 32, low - 32);
  }
  return close();
}

/** The floor of log2(span / keys), at most 63. */
function lowBits(span: u64): u32 {
  const quotient = span / u64(built);
  return quotient ? u32(63 - clz(quotient)) : 0;
}

/** Reads one column of `bytes` from `from` into the builder; false where it is not what `encodeBlock` writes. Keys come first, then counts. */
export function decodeBlock(column: u32, from: usize, bytes: u32): bool {
  if (column == KEYS) return decodeKeys(from, from + usize(bytes));
  open(from);
  for (let i: usize = 0; i < usize(built); i++) {
    if (column == COUNTS) store<u32>(counts + (i << 2), getGamma());
    else if (column == SOURCES) store<u32>(sources + (i << 2), u32(get(sourceBits)));
    else if (!getBlocks(i)) return false;
  }
  return at - usize(heldBits >> 3) == from + usize(bytes);
}

function getBlocks(i: usize): bool {
  const listed = load<u32>(counts + (i << 2)) > 1 ? getGamma() : 1;
  if (listed > mostBlocks) return false;
  store<u32>(blockCounts + (i << 2), listed);
  const list = blockIds + ((i * usize(mostBlocks)) << 2);
  for (let n: usize = 0; n < usize(listed); n++) {
    const block = u32(get(blockBits));
    if (block >= blocks) return false;
    store<u32>(list + (n << 2), block);
  }
  return true;
}

function decodeKeys(from: usize, end: usize): bool {
  if (end - from < 12) return false;
  const drop = u64(64 - keyBits);
  const first = load<u64>(from);
  const count = u32(load<u16>(from, 8));
  const low = u32(load<u8>(from, 10));
  const lowBytes = (usize(count) * usize(low) + 7) >> 3;
  if (!count || count > BLOCK_KEYS || low > 63 || from + 11 + lowBytes > end) return false;
  setBuilt(count);
  open(from + 11);
  for (let i: usize = 0; i < usize(count); i++) {
    let value = get(min(low, 32));
    if (low > 32) value |= get(low - 32) << 32;
    store<u64>(keys + (i << 3), value);
  }
  let i: usize = 0;
  const high = from + 11 + lowBytes;
  for (let byte = high; byte < end; byte++) {
    for (let ones = u32(load<u8>(byte)); ones; ones &= ones - 1) {
      if (i == usize(count)) return false;
      const value = (u64(byte - high) << 3) + u64(ctz(ones)) - u64(i);
      const key = keys + (i << 3);
      store<u64>(key, first + (((value << u64(low)) | load<u64>(key)) << drop));
      i++;
    }
  }
  return i == usize(count);
}

/** For each of the sorted queries {key u64, …}, 16 bytes each, the number of the builder's key that equals it, or NO_BLOCK: u32[]. */
export function joinBlock(queries: usize, count: u32, out: usize): u32 {
  const shift = u64(64 - keyBits);
  let found: u32 = 0;
  let i: usize = 0;
  for (let q: usize = 0; q < usize(count); q++) {
    const wanted = (load<u64>(queries + (q << 4)) >> shift) << shift;
    while (i < usize(built) && load<u64>(keys + (i << 3)) < wanted) i++;
    const equal = i < usize(built) && load<u64>(keys + (i << 3)) == wanted;
    store<u32>(out + (q << 2), equal ? u32(i) : NO_BLOCK);
    found += u32(equal);
  }
  return found;
}
