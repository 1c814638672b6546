import type { Spread } from './buckets.js';

/**
 * Entries begin with a 64-bit key: its low word, then 24 bits of its high word above the number of the record's set. The highest byte
 * is not kept: it is the bucket's.
 */
export function keyWord(high: number, set: number): number {
  return (high << SET_BITS) | set;
}

export function setOfKeyWord(word: number): number {
  return word & (MOST_SETS - 1);
}

const SET_BITS = 8;
/** Sets that have a number. */
export const MOST_SETS = 2 ** SET_BITS;
/** Of the keys in one bucket: the same key is never told apart by its sets. */
export const KEY_SPREAD: Spread = { word: 1, from: 0, to: 2 ** 32, unit: MOST_SETS };

/** Bits of a key sorted at a time. */
const DIGIT = 12;

/**
 * Finds entries with the same key. Radix sort of the high words, then the few runs that share one by chance are told apart by
 * the low words. Its room is kept from one bucket to the next.
 */
export class KeyRuns {
  private order = new Uint32Array(0);
  private sorted = new Uint32Array(0);
  private readonly counts = new Uint32Array((1 << DIGIT) + 1);

  /** Runs of two entries or more: indices of entries, in the order they stand. A run is to be used before the next is asked for. */
  *of(entries: Uint32Array, words: number): Generator<Uint32Array> {
    const order = this.sort(entries, words);
    for (let from = 0; from < order.length;) {
      const high = entries[order[from] * words + 1] >>> SET_BITS;
      let to = from + 1;
      while (to < order.length && entries[order[to] * words + 1] >>> SET_BITS === high) to++;
      if (to > from + 1) yield* sameLow(order.subarray(from, to), entries, words);
      from = to;
    }
  }

  private sort(entries: Uint32Array, words: number): Uint32Array {
    const n = entries.length / words;
    if (n > this.order.length) {
      this.order = new Uint32Array(n);
      this.sorted = new Uint32Array(n);
    }
    const { counts } = this;
    for (let i = 0; i < n; i++) this.order[i] = i;
    for (let shift = SET_BITS; shift < 32; shift += DIGIT) {
      counts.fill(0);
      const mask = (1 << DIGIT) - 1;
      for (let i = 0, at = 1; i < n; i++, at += words) counts[((entries[at] >>> shift) & mask) + 1]++;
      for (let d = 1; d <= 1 << DIGIT; d++) counts[d] += counts[d - 1];
      const { order, sorted } = this;
      for (let i = 0; i < n; i++) {
        const entry = order[i];
        sorted[counts[(entries[entry * words + 1] >>> shift) & mask]++] = entry;
      }
      this.order = sorted;
      this.sorted = order;
    }
    return this.order.subarray(0, n);
  }
}

function* sameLow(run: Uint32Array, entries: Uint32Array, words: number): Generator<Uint32Array> {
  const low = (i: number): number => entries[i * words];
  if (run.every((i) => low(i) === low(run[0]))) {
    yield run;
    return;
  }
  run.sort((a, b) => low(a) - low(b) || a - b);
  for (let from = 0; from < run.length;) {
    let to = from + 1;
    while (to < run.length && low(run[to]) === low(run[from])) to++;
    if (to > from + 1) yield run.subarray(from, to);
    from = to;
  }
}
