/** Bits of a key's high word sorted at a time. */
const DIGIT = 11;

/**
 * Runs of entries with the same 64-bit key (words 0, low, and 1, high), of two entries or more: indices of entries, in the order
 * they stand. Radix sort of the high words, then the few runs that share one by chance are told apart by the low words.
 */
export function* keyRuns(entries: Uint32Array, words: number): Generator<Uint32Array> {
  const order = sortedByHigh(entries, words);
  for (let from = 0; from < order.length;) {
    const high = entries[order[from] * words + 1];
    let to = from + 1;
    while (to < order.length && entries[order[to] * words + 1] === high) to++;
    if (to > from + 1) yield* sameLow(order.subarray(from, to), entries, words);
    from = to;
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

function sortedByHigh(entries: Uint32Array, words: number): Uint32Array {
  const n = entries.length / words;
  let order = Uint32Array.from({ length: n }, (_, i) => i);
  let sorted = new Uint32Array(n);
  for (let shift = 0; shift < 32; shift += DIGIT) {
    const counts = new Uint32Array((1 << DIGIT) + 1);
    const digit = (i: number): number => (entries[i * words + 1] >>> shift) & ((1 << DIGIT) - 1);
    for (let i = 0; i < n; i++) counts[digit(i) + 1]++;
    for (let d = 1; d <= 1 << DIGIT; d++) counts[d] += counts[d - 1];
    for (let i = 0; i < n; i++) sorted[counts[digit(order[i])]++] = order[i];
    [order, sorted] = [sorted, order];
  }
  return order;
}
