// Many entries of a key to one. Twice: within a run, a document counts once and a block is named once (`packRun`); over all
// runs or indexes, a key gets its number of documents, its first blocks in order and its sources (`collapse`).

/** In place of a block: no block is known; source 0, 1, …, 31 holds the key. */
export const NO_BLOCK: u32 = 0xffffffff;
export const SOURCE_0: u32 = 0xffffff00;

/** Keys of a coded block. */
export const BLOCK_KEYS: u32 = 4096;

/** u64[4096], u32[4096], u32[4096], u32[4096], u32[4096 * mostBlocks]: a block's columns before they are coded. */
export let keys: usize = 0;
export let counts: usize = 0;
export let sources: usize = 0;
export let blockCounts: usize = 0;
export let blockIds: usize = 0;
export let mostBlocks: u32 = 0;
/** What `sumBlock` found there: documents and blocks of all keys. */
export let documentsBuilt: f64 = 0;
export let blocksBuilt: u32 = 0;
/** Keys in there. */
export let built: u32 = 0;

/**
 * Whether entries have the number of a document instead of how many documents there are; with RUN set they have how many of a
 * run, and those are in no other entry.
 */
let numbered: bool = false;
const RUN: u32 = 0x80000000;

export function placeBuilder(at: usize, most: u32, holds: u32, areNumbered: bool): void {
  numbered = areNumbered;
  keys = at;
  counts = keys + (usize(BLOCK_KEYS) << 3);
  sources = counts + (usize(BLOCK_KEYS) << 2);
  blockCounts = sources + (usize(BLOCK_KEYS) << 2);
  blockIds = blockCounts + (usize(BLOCK_KEYS) << 2);
  mostBlocks = most;
  built = holds;
}

export function setBuilt(count: u32): void {
  built = count;
}

/**
 * Sorted entries {key, block, document} of one run to {key u64, block u16, documents − 1 u16}, over the entries themselves;
 * returns how many, and counts them for each of 4,096 ranges of keys, u32[4096]. Documents of a key ascend, and their blocks with them.
 */
export function packRun(entries: usize, count: u32, ranges: usize): u32 {
  let out = entries;
  const end = entries + (usize(count) << 4);
  for (let at = entries; at < end; ) {
    const key = load<u64>(at);
    const block = load<u32>(at, 8);
    let document = load<u32>(at, 12);
    let documents: u32 = 1;
    for (at += 16; at < end && load<u64>(at) == key && load<u32>(at, 8) == block; at += 16) {
      if (load<u32>(at, 12) != document) documents++;
      document = load<u32>(at, 12);
    }
    const range = ranges + (usize(key >> 52) << 2);
    store<u32>(range, load<u32>(range) + 1);
    store<u64>(out, key);
    store<u16>(out, u16(block), 8);
    store<u16>(out, u16(documents - 1), 10);
    out += 12;
  }
  return u32((out - entries) / 12);
}

/** What `packRun` wrote, back to entries {key, block u32, RUN and documents u32}; `blockOf`: u32[], the index's number of a run's block. */
export function expandRun(from: usize, count: u32, blockOf: usize, to: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    store<u64>(to, load<u64>(from));
    store<u32>(to, load<u32>(blockOf + (usize(load<u16>(from, 8)) << 2)), 8);
    store<u32>(to, RUN | (u32(load<u16>(from, 10)) + 1), 12);
    from += 12;
    to += 16;
  }
}

/**
 * The builder's keys [from, to) as entries, with other numbers for blocks and sources (`blockOf`, `sourceOf`: u32[]) and only the
 * first `bits` of each key; returns how many. A key has one for each block, or for none, and one for each source.
 */
export function expandKeys(from: u32, to: u32, blockOf: usize, sourceOf: usize, bits: u32, out: usize): u32 {
  const first = out;
  const shift = u64(64 - bits);
  for (let i = usize(from); i < usize(to); i++) {
    const key = (load<u64>(keys + (i << 3)) >> shift) << shift;
    const list = blockIds + ((i * usize(mostBlocks)) << 2);
    const listed = blockOf ? usize(load<u32>(blockCounts + (i << 2))) : 0;
    let documents = load<u32>(counts + (i << 2));
    for (let n: usize = 0; n < max(listed, 1); n++) {
      store<u64>(out, key);
      store<u32>(out, listed ? load<u32>(blockOf + (usize(load<u32>(list + (n << 2))) << 2)) : NO_BLOCK, 8);
      store<u32>(out, documents, 12);
      documents = 0;
      out += 16;
    }
    if (!sourceOf) continue;
    for (let mask = load<u32>(sources + (i << 2)); mask; mask &= mask - 1) {
      store<u64>(out, key);
      store<u32>(out, SOURCE_0 + load<u32>(sourceOf + (usize(ctz(mask)) << 2)), 8);
      store<u32>(out, 0, 12);
      out += 16;
    }
  }
  return u32((out - first) >> 4);
}

/** Takes keys from sorted entries until the builder is full or there are no more; returns where it stopped. */
export function collapse(at: usize, end: usize): usize {
  while (at < end && built < BLOCK_KEYS) {
    const key = load<u64>(at);
    const list = blockIds + ((usize(built) * usize(mostBlocks)) << 2);
    let documents: u64 = 0;
    let mask: u32 = 0;
    let listed: u32 = 0;
    let last: u32 = RUN;
    // Most keys have one entry.
    if (numbered && mostBlocks && (at + 16 >= end || load<u64>(at, 16) != key)) {
      const own = load<u32>(at, 12);
      documents = own & RUN ? u64(own & ~RUN) : 1;
      store<u32>(list, load<u32>(at, 8));
      listed = 1;
      at += 16;
    } else for (; at < end && load<u64>(at) == key; at += 16) {
      const block = load<u32>(at, 8);
      const own = load<u32>(at, 12);
      if (!numbered) documents += u64(own);
      else if (own & RUN) documents += u64(own & ~RUN);
      else documents += u64(own != last);
      last = own;
      if (block < SOURCE_0) listed = insert(list, listed, block);
      else if (block < NO_BLOCK) mask |= u32(1) << (block & 31);
    }
    store<u64>(keys + (usize(built) << 3), key);
    store<u32>(counts + (usize(built) << 2), u32(min(documents, 0xffffffff)));
    store<u32>(sources + (usize(built) << 2), mask);
    store<u32>(blockCounts + (usize(built) << 2), listed);
    built++;
  }
  return at;
}

export function sumBlock(): void {
  let documents: u64 = 0;
  let blocks: u32 = 0;
  for (let at: usize = 0, end = usize(built) << 2; at < end; at += 4) {
    documents += u64(load<u32>(counts + at));
    blocks += load<u32>(blockCounts + at);
  }
  documentsBuilt = f64(documents);
  blocksBuilt = blocks;
}

/** Keeps the list's least `mostBlocks` blocks, each once, in order. */
function insert(list: usize, listed: u32, block: u32): u32 {
  let to = listed;
  while (to && load<u32>(list + (usize(to - 1) << 2)) > block) to--;
  if (to && load<u32>(list + (usize(to - 1) << 2)) == block) return listed;
  if (to == mostBlocks) return listed;
  const stop = min(listed, mostBlocks - 1);
  for (let i = stop; i > to; i--) store<u32>(list + (usize(i) << 2), load<u32>(list + (usize(i - 1) << 2)));
  store<u32>(list + (usize(to) << 2), block);
  return stop + 1;
}
