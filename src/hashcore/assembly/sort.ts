// Sorts entries {key u64, a u32, b u32} by key, keeping the order of equals. Keys are hashes: their first bits behind `shared`,
// the leading bits that all of them have alike, part them into 256 heaps, the next ones each heap, small enough for a
// near cache, into places for one or two; what is left to do then is a step here and there. What is small enough is one heap.

/** u32[256]: entries of each heap; u32[16384]: entries of each place in one. */
const HEAPS: usize = 256;
const HEAP_BITS: u64 = 8;
const MOST_BITS: u64 = 14;
const ONE_HEAP: u32 = 1 << 15;

/** `scratch` is as large as the entries, `counts` 66 KB. */
export function sortEntries(entries: usize, count: u32, scratch: usize, counts: usize, shared: u32): void {
  if (count < 2) return;
  const end = entries + (usize(count) << 4);
  const turn = u64(shared);
  if (count <= ONE_HEAP) {
    sortHeap(entries, scratch, 0, count, counts, turn);
    settle(scratch, scratch + (usize(count) << 4));
    memory.copy(entries, scratch, usize(count) << 4);
    return;
  }
  memory.fill(counts, 0, HEAPS << 2);
  for (let at = entries; at < end; at += 16) increment(counts + (usize((load<u64>(at) << turn) >> (64 - HEAP_BITS)) << 2));
  accumulate(counts, HEAPS);
  for (let at = entries; at < end; at += 16) {
    const heap = (load<u64>(at) << turn) >> (64 - HEAP_BITS);
    v128.store(scratch + (usize(increment(counts + (usize(heap) << 2))) << 4), v128.load(at));
  }
  // Each count is now where the next heap begins.
  let from: u32 = 0;
  for (let heap: usize = 0; heap < HEAPS; heap++) {
    const to = load<u32>(counts + (heap << 2));
    if (to > from) sortHeap(scratch, entries, from, to, counts + (HEAPS << 2), turn + HEAP_BITS);
    from = to;
  }
  settle(entries, end);
}

/** Entries [from, to) of the scratch to their places among the entries, by the key's next bits. */
function sortHeap(scratch: usize, entries: usize, from: u32, to: u32, counts: usize, turn: u64): void {
  const bits = max<u64>(1, min<u64>(MOST_BITS, u64(31 - clz(to - from))));
  const places = usize(1) << usize(bits);
  const start = scratch + (usize(from) << 4);
  const stop = scratch + (usize(to) << 4);
  memory.fill(counts, 0, places << 2);
  for (let at = start; at < stop; at += 16) increment(counts + (usize((load<u64>(at) << turn) >> (64 - bits)) << 2));
  accumulate(counts, places);
  const out = entries + (usize(from) << 4);
  for (let at = start; at < stop; at += 16) {
    const place = (load<u64>(at) << turn) >> (64 - bits);
    v128.store(out + (usize(increment(counts + (usize(place) << 2))) << 4), v128.load(at));
  }
}

// @ts-ignore: decorator
@inline
function increment(at: usize): u32 {
  const before = load<u32>(at);
  store<u32>(at, before + 1);
  return before;
}

/** Counts to the places where each digit's entries begin. */
function accumulate(counts: usize, digits: usize): void {
  let sum: u32 = 0;
  for (let at = counts, end = counts + (digits << 2); at < end; at += 4) {
    const own = load<u32>(at);
    store<u32>(at, sum);
    sum += own;
  }
}

/** How many keys sorted entries have. */
export function countKeys(entries: usize, count: u32): u32 {
  const end = entries + (usize(count) << 4);
  let keys: u32 = u32(count > 0);
  for (let at = entries + 16; at < end; at += 16) keys += u32(load<u64>(at - 16) != load<u64>(at));
  return keys;
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
