/** Bits of a key's high word sorted at a time. */
const DIGIT = 11;

/**
 * Finds entries with the same 64-bit key (words 0, low, and 1, high). Radix sort of the high words, then the few runs that
 * share one by chance are told apart by the low words. Its room is kept from one bucket to the next.
 */
export class KeyRuns {
  private order = new Uint32Array(0);
  private sorted = new Uint32Array(0);
  private readonly counts = new Uint32Array((1 << DIGIT) + 1);

  /** Runs of two entries or more: indices of entries, in the order they stand. A run is to be used before the next is asked for. */
  *of(entries: Uint32Array, words: number): Generator<Uint32Array> {
    const order = this.sort(entries, words);
    for (let from = 0; from < order.length;) {
      const high = entries[order[from] * words + 1];
      let to = from + 1;
      while (to < order.length && entries[order[to] * words + 1] === high) to++;
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
    for (let shift = 0; shift < 32; shift += DIGIT) {
      counts.fill(0);
      const digit = (i: number): number => (entries[i * words + 1] >>> shift) & ((1 << DIGIT) - 1);
      for (let i = 0; i < n; i++) counts[digit(i) + 1]++;
      for (let d = 1; d <= 1 << DIGIT; d++) counts[d] += counts[d - 1];
      for (let i = 0; i < n; i++) this.sorted[counts[digit(this.order[i])]++] = this.order[i];
      [this.order, this.sorted] = [this.sorted, this.order];
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
