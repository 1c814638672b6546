/** SplitMix64 (Steele et al. 2014): the multipliers' and offsets' only source, so that they are the same everywhere. */
function* splitMix(seed: bigint): Generator<bigint> {
  const mask = (1n << 64n) - 1n;
  for (let state = seed; ;) {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
    yield z ^ (z >> 31n);
  }
}

/** Of sketch profile 1. */
const SEED = 1n;

/** The k permutations x ↦ (x xor a) · m mod 2^32, m odd: all a, then all m. */
export function permutationsOf(k: number): Uint32Array {
  const numbers = splitMix(SEED);
  const table = new Uint32Array(2 * k);
  for (let i = 0; i < k; i++) {
    const random = numbers.next().value as bigint;
    table[i] = Number(random & 0xffffffffn);
    table[k + i] = Number(random >> 32n) | 1;
  }
  return table;
}
