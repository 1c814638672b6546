// Where tokens begin and end, while they are looked for: bytes counted from `base`, sixteen bits each, start and end in turn.
// Runs of ASCII come as ones of a bit mask and are written eight bits of it at a time, with no branch: a list says for each
// value of a byte which of its bits are set. What had to be spelled out has its hash in a list of its own.
import { hashLongRun, hashShortRun } from './hash';
import { digitList, edgeLists, hashMasks, spelled, tokenEdges, tokenEnds, tokenHashes, tokenStarts } from './memory';

/** A batch ends behind so many bytes, so that sixteen bits are enough. */
export const MOST_REACH: usize = 60_000;
/** Instead of a start that is farther still (a word behind thousands of invisible characters): the last tokens of a batch only. */
const FAR: u32 = 0xffff;

/** {hash u64, token u32, first byte u32, byte after the last u32, 0}: a token that was spelled. */
const SPELLED_BYTES: usize = 24;

let base: usize = 0;
/** Behind the last edge, and behind the last spelled token. */
export let edgesEnd: usize = 0;
let spelledEnd: usize = 0;

export function openEdges(p: usize): void {
  base = p;
  edgesEnd = tokenEdges;
  spelledEnd = spelled;
}

// @ts-ignore: decorator
@inline
export function edgeCount(): u32 {
  return u32(edgesEnd - tokenEdges) >> 1;
}

// @ts-ignore: decorator
@inline
export function reach(p: usize): usize {
  return p - base;
}

/** Writes the places of the ones among `edges`, a bit for each byte from `block` on. */
// @ts-ignore: decorator
@inline
export function writeEdges(block: usize, edges: u64): void {
  const from = i16x8.splat(u16(block - base));
  let at = edgesEnd;
  at = writeEight(at, u32(edges) & 255, from);
  at = writeEight(at, u32(edges >> 8) & 255, i16x8.add(from, i16x8.splat(8)));
  at = writeEight(at, u32(edges >> 16) & 255, i16x8.add(from, i16x8.splat(16)));
  at = writeEight(at, u32(edges >> 24) & 255, i16x8.add(from, i16x8.splat(24)));
  at = writeEight(at, u32(edges >> 32) & 255, i16x8.add(from, i16x8.splat(32)));
  at = writeEight(at, u32(edges >> 40) & 255, i16x8.add(from, i16x8.splat(40)));
  at = writeEight(at, u32(edges >> 48) & 255, i16x8.add(from, i16x8.splat(48)));
  edgesEnd = writeEight(at, u32(edges >> 56), i16x8.add(from, i16x8.splat(56)));
}

/** Writes the places of the ones among eight bits, each added to `from`'s; returns the end of the list. */
// @ts-ignore: decorator
@inline
export function writeEight(at: usize, bits: u32, from: v128): usize {
  v128.store(at, i16x8.add(v128.load_ext<u8>(edgeLists + (usize(bits) << 3)), from));
  return at + (usize(popcnt(bits)) << 1);
}

/** Writes the list of the set bits of each byte. */
export function writeLists(): void {
  for (let byte: usize = 0; byte < 256; byte++) {
    let at = edgeLists + (byte << 3);
    for (let bits = u32(byte); bits; bits &= bits - 1) store<u8>(at++, u8(ctz(bits)));
  }
}

/** Takes back the start of a run whose end is not written yet. */
export function takeStart(): usize {
  edgesEnd -= 2;
  return base + usize(load<u16>(edgesEnd));
}

export function writeEnd(p: usize): void {
  store<u16>(edgesEnd, u16(p - base));
  edgesEnd += 2;
}

/** A run of ASCII, to be hashed later. */
export function emitRun(from: usize, to: usize): void {
  store<u16>(edgesEnd, u16(from - base));
  store<u16>(edgesEnd, u16(to - base), 2);
  edgesEnd += 4;
}

/** A token whose hash is known. */
export function emitSpelled(hash: u64, from: usize, to: usize): void {
  store<u64>(spelledEnd, hash);
  store<u32>(spelledEnd, edgeCount() >> 1, 8);
  store<u32>(spelledEnd, u32(from), 12);
  store<u32>(spelledEnd, u32(to), 16);
  spelledEnd += SPELLED_BYTES;
  const start = min(u32(from - base), FAR);
  store<u32>(edgesEnd, start | (start << 16));
  edgesEnd += 4;
}

/** Behind the last of the batch's tokens that may be figures, by number: u32[] at `digitList`. */
export let digitsEnd: usize = 0;
/** Of the characters that words are made of, letters have it and digits do not. */
const LETTER_BIT: u32 = 0x40;

/**
 * Hashes the runs, then puts the hashes of spelled tokens in their places. On the way, as their first bytes are at hand, lists
 * the tokens that begin with a digit: all of these, and some of those that were spelled.
 */
export function hashTokens(count: u32): void {
  const to = tokenHashes;
  const masks = hashMasks;
  let listed = digitList;
  for (let i: usize = 0; i < usize(count); i++) {
    const edges = load<u32>(tokenEdges + (i << 2));
    const length = usize((edges >> 16) - (edges & 0xffff));
    const from = base + usize(edges & 0xffff);
    store<u64>(to + (i << 3), length > 16 ? hashLongRun(from, length) : hashShortRun(from, length, masks));
    store<u32>(listed, u32(i));
    listed += usize((u32(load<u8>(from)) & LETTER_BIT) >> 4) ^ 4;
  }
  digitsEnd = listed;
  for (let at = spelled; at < spelledEnd; at += SPELLED_BYTES) {
    store<u64>(to + (usize(load<u32>(at, 8)) << 3), load<u64>(at));
  }
}

/** Writes the tokens' first bytes, and the bytes after their last, for the host. */
export function writeBounds(count: u32): void {
  for (let i: usize = 0; i < usize(count); i++) {
    const edges = load<u32>(tokenEdges + (i << 2));
    store<u32>(tokenStarts + (i << 2), u32(base) + (edges & 0xffff));
    store<u32>(tokenEnds + (i << 2), u32(base) + (edges >> 16));
  }
  for (let at = spelled; at < spelledEnd; at += SPELLED_BYTES) {
    const i = usize(load<u32>(at, 8)) << 2;
    store<u32>(tokenStarts + i, load<u32>(at, 12));
    store<u32>(tokenEnds + i, load<u32>(at, 16));
  }
}

/** First byte of the `i`-th token. */
export function tokenStart(i: u32): usize {
  const start = u32(load<u16>(tokenEdges + (usize(i) << 2)));
  if (start != FAR) return base + usize(start);
  let at = spelledEnd - SPELLED_BYTES;
  while (load<u32>(at, 8) != i) at -= SPELLED_BYTES;
  return usize(load<u32>(at, 12));
}

/** Low half of the hash of a run of ASCII whose last byte is a digit; 0 for any other token. */
export function digitsHash(i: u32): u32 {
  const edges = load<u32>(tokenEdges + (usize(i) << 2));
  const end = edges >> 16;
  // A token that was spelled has no length here.
  if (end == (edges & 0xffff) || u32(load<u8>(base + usize(end) - 1)) - 48 >= 10) return 0;
  return u32(load<u64>(tokenHashes + (usize(i) << 3)));
}
