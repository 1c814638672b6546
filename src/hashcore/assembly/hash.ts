// Token and gram hashes. A token's hash is over the UTF-8 bytes of its folded form, eight at a time, little-endian, the
// last eight padded with zeros (no token holds a zero byte, so lengths need no mixing in). Bit 0 says whether the token
// is a code point of a script without spaces. Multipliers: 2^64/phi and the two of SplitMix64 (Steele et al. 2014).

const SEED: u64 = 0x9e3779b97f4a7c15;
const M1: u64 = 0xbf58476d1ce4e5b9;
const M2: u64 = 0x94d049bb133111eb;

// @ts-ignore: decorator
@inline
export function start(): u64 {
  return SEED;
}

// @ts-ignore: decorator
@inline
export function absorb(h: u64, eightBytes: u64): u64 {
  const x = (h ^ eightBytes) * M1;
  return x ^ (x >> 32);
}

// @ts-ignore: decorator
@inline
export function finish(h: u64, single: u64): u64 {
  const x = h * M2;
  return ((x ^ (x >> 29)) & ~1) | single;
}

// @ts-ignore: decorator
@inline
export function rollIn(gram: u64, token: u64): u64 {
  return (((gram << 27) | (gram >> 37)) ^ token) * M1;
}

// @ts-ignore: decorator
@inline
export function finishGram(gram: u64): u64 {
  const x = (gram ^ (gram >> 31)) * M2;
  return x ^ (x >> 32);
}

const LOWER: u64 = 0x2020202020202020;

/**
 * Hash of an ASCII run of up to sixteen bytes. Both eights are always hashed and one of the results taken: a branch on the
 * length is guessed wrong too often. What is behind the run is cut off by a mask of the list at `masks`.
 */
// @ts-ignore: decorator
@inline
export function hashShortRun(from: usize, length: usize, masks: usize): u64 {
  const mask = masks + (length << 3);
  const one = absorb(start(), (load<u64>(from) | LOWER) & load<u64>(mask, 64));
  const two = absorb(one, (load<u64>(from, 8) | LOWER) & load<u64>(mask));
  return finish(select<u64>(two, one, length > 8), 0);
}

/** Writes the list: what keeps no byte of eight, nine times, then one byte, two, up to eight, nine times. */
export function writeMasks(masks: usize): void {
  for (let i: usize = 0; i < 25; i++) {
    const kept: u64 = i <= 8 ? 0 : u64(i) - 8;
    store<u64>(masks + (i << 3), kept >= 8 ? -1 : (u64(1) << (kept << 3)) - 1);
  }
}

/** Hash of a longer ASCII run. */
export function hashLongRun(from: usize, length: usize): u64 {
  let h = start();
  let left = length;
  for (; left > 8; left -= 8) {
    h = absorb(h, load<u64>(from) | LOWER);
    from += 8;
  }
  const unused = u64(8 - left) << 3;
  return finish(absorb(h, ((load<u64>(from) | LOWER) << unused) >> unused), 0);
}
