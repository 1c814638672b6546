import { sharedCount } from './jaccard.js';

/** Distinct grams a sample holds at most; beyond, the share of all hashes that it takes is halved until it fits. */
const MOST = 1 << 18;

/**
 * A set's distinct grams, or a fair sample of them: all hashes below `share` of the range (FracMinHash). Samples of different
 * shares compare at the smaller one; whoever keeps every hash below 2^64/12, as the index does, has one too.
 */
export class GramSample {
  private readonly most: number;
  private hashes: Float64Array;
  /** Sorted and distinct up to `settled`, anything behind it up to `length`. */
  private settled = 0;
  private length = 0;
  private exponent = 0;

  constructor(most = MOST) {
    this.most = most;
    this.hashes = new Float64Array(Math.min(1024, 4 * most));
  }

  /** Share of all hashes that is kept. */
  get share(): number {
    return 2 ** -this.exponent;
  }

  /** Hashes given by their low and high words. */
  add(words: Uint32Array): void {
    const limit = 2 ** (53 - this.exponent);
    for (let i = 0; i < words.length; i += 2) {
      const hash = words[i + 1] * 2 ** 21 + (words[i] >>> 11);
      if (hash >= limit) continue;
      this.hashes[this.length++] = hash;
      if (this.length === this.hashes.length) this.makeRoom();
    }
  }

  /** Takes no larger share from now on. */
  restrict(share: number): void {
    while (this.share > share) this.exponent++;
  }

  /** The sample at a share of at most its own, ascending. */
  values(share: number): Float64Array {
    this.settle();
    const limit = share * 2 ** 53;
    let low = 0;
    let high = this.settled;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.hashes[middle] < limit) low = middle + 1;
      else high = middle;
    }
    return this.hashes.subarray(0, low);
  }

  private makeRoom(): void {
    if (this.hashes.length >= 4 * this.most) this.settle();
    if (this.length < this.hashes.length / 2) return;
    const wider = new Float64Array(2 * this.hashes.length);
    wider.set(this.hashes);
    this.hashes = wider;
  }

  private settle(): void {
    const all = this.hashes.subarray(0, this.length).sort();
    let length = 0;
    for (const hash of all) if (length === 0 || all[length - 1] !== hash) all[length++] = hash;
    while (length > this.most || (length > 0 && all[length - 1] >= 2 ** (53 - this.exponent))) {
      if (length > this.most) this.exponent++;
      const limit = 2 ** (53 - this.exponent);
      while (length > 0 && all[length - 1] >= limit) length--;
    }
    this.settled = length;
    this.length = length;
  }
}

/** Shared grams of two samples, and those of the first, at the share they have in common. */
export function compareSamples(a: GramSample, b: GramSample): { shared: number; of: number; share: number } {
  const share = Math.min(a.share, b.share);
  const own = a.values(share);
  const others = b.values(share);
  const shared = sharedCount(own, others);
  return { shared, of: own.length, share };
}
