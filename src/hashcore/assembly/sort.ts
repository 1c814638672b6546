// Sorts entries {key u64, a u32, b u32} by key, keeping the order of equals. Two passes put them in order of the key's first
// 22 or 24 bits behind `shared`, the leading bits that all of them have alike; keys are hashes, so what is left to do then is
// a step here and there.

/** u32[4096], twice: how many entries have which digit. */
const COUNTS_BYTES: usize = 4096 * 4;

/** `scratch` is as large as the entries, `counts` 32 KB. */
export function sortEntries(entries: usize, count: u32, scratch: usize, counts: usize, shared: u32): void {
  const bits: u64 = count > 1 << 20 ? 12 : 11;
  const upper = 64 - bits;
  const lower = upper - bits;
  const mask = (u64(1) << bits) - 1;
  const end = entries + (usize(count) << 4);
  memory.fill(counts, 0, COUNTS_BYTES * 2);
  for (let at = entries; at < end; at += 16) {
    const key = load<u64>(at) << u64(shared);
    increment(counts + (usize((key >> lower) & mask) << 2));
    increment(counts + COUNTS_BYTES + (usize(key >> upper) << 2));
  }
  accumulate(counts, u32(mask) + 1);
  accumulate(counts + COUNTS_BYTES, u32(mask) + 1);
  for (let at = entries; at < end; at += 16) {
    const digit = ((load<u64>(at) << u64(shared)) >> lower) & mask;
    v128.store(scratch + (usize(increment(counts + (usize(digit) << 2))) << 4), v128.load(at));
  }
  for (let at = scratch, stop = scratch + (usize(count) << 4); at < stop; at += 16) {
    const digit = (load<u64>(at) << u64(shared)) >> upper;
    v128.store(entries + (usize(increment(counts + COUNTS_BYTES + (usize(digit) << 2))) << 4), v128.load(at));
  }
  settle(entries, end);
}

// @ts-ignore: decorator
@inline
function increment(at: usize): u32 {
  const before = load<u32>(at);
  store<u32>(at, before + 1);
  return before;
}

/** Counts to the places where each digit's entries begin. */
function accumulate(counts: usize, digits: u32): void {
  let sum: u32 = 0;
  for (let at = counts, end = counts + (usize(digits) << 2); at < end; at += 4) {
    const own = load<u32>(at);
    store<u32>(at, sum);
    sum += own;
  }
}

/** Insertion sort of what is nearly in order. */
function settle(entries: usize, end: usize): void {
  for (let at = entries + 16; at < end; at += 16) {
    const key = load<u64>(at);
    if (load<u64>(at - 16) <= key) continue;
    const entry = v128.load(at);
    let to = at;
    while (to > entries && load<u64>(to - 16) > key) {
      v128.store(to, v128.load(to - 16));
      to -= 16;
    }
    v128.store(to, entry);
  }
}
