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
