// Entries {key u64, a u32, b u32} of a build, held in memory by the first bits of their keys: a shelf for each value of ten bits,
// so that what is sorted and put together at once stays near the processor, and nothing is sorted twice. A shelf is a
// chain of boxes of 4 KB: {box before u32, entries in the boxes before u32, 0}, then 255 entries. What is on a shelf keeps the
// order it came in. hashcore/shelves.ts reads them, of its own memory or of another thread's.

export const SHELF_BITS: u64 = 10;
const SHELVES: usize = 1 << 10;
const BOX_BYTES: usize = 4096;
const BOX_ENTRIES: u32 = 255;

/** Boxes in use, and the most entries that any shelf has in full boxes. */
export let boxesUsed: u32 = 0;
export let mostShelved: u32 = 0;

/** u32[1024]: where each shelf's next entry goes; 0 for an empty one. At the end of a box another one is due. */
let tails: usize = 0;
let boxes: usize = 0;

/** `boxesAt`: aligned to 4,096, at an address above 0. */
export function placeShelves(tailsAt: usize, boxesAt: usize): void {
  tails = tailsAt;
  boxes = boxesAt;
  clearShelves();
}

export function clearShelves(): void {
  memory.fill(tails, 0, SHELVES << 2);
  boxesUsed = 0;
  mostShelved = 0;
}

/** Puts entries on their shelves. There must be boxes for all of them: one for 255 entries, and one more for each shelf. */
export function shelve(entries: usize, count: u32): void {
  const end = entries + (usize(count) << 4);
  const first = tails;
  for (let at = entries; at < end; at += 16) {
    const entry = v128.load(at);
    const tail = first + (usize(i64x2.extract_lane(entry, 0) >>> (64 - SHELF_BITS)) << 2);
    let to = usize(load<u32>(tail));
    if (!(to & (BOX_BYTES - 1))) to = openBox(to);
    v128.store(to, entry);
    store<u32>(tail, u32(to + 16));
  }
}

/** `after`: the end of the shelf's last box, or 0. */
function openBox(after: usize): usize {
  const box = boxes + usize(boxesUsed++) * BOX_BYTES;
  const last = after ? after - BOX_BYTES : 0;
  const before = last ? load<u32>(last, 4) + BOX_ENTRIES : 0;
  store<u32>(box, u32(last));
  store<u32>(box, before, 4);
  mostShelved = max(mostShelved, before);
  return box + 16;
}

/** Copies a shelf's entries to `to`, in the order they came; returns how many. (hashcore/shelves.ts does so from another memory.) */
export function copyShelf(shelf: u32, to: usize): u32 {
  const tail = usize(load<u32>(tails + (usize(shelf) << 2)));
  if (!tail) return 0;
  let box = (tail - 1) & ~(BOX_BYTES - 1);
  let bytes = tail - box - 16;
  const all = load<u32>(box, 4) + u32(bytes >> 4);
  while (box) {
    memory.copy(to + (usize(load<u32>(box, 4)) << 4), box + 16, bytes);
    box = usize(load<u32>(box));
    bytes = usize(BOX_ENTRIES) << 4;
  }
  return all;
}

/** Entries {key, document, place} to {key, block, document}, in place; `blockOf`: u32[], the index's number of each place. */
export function renumber(entries: usize, count: u32, blockOf: usize, firstDocument: u32): void {
  const end = entries + (usize(count) << 4);
  for (let at = entries; at < end; at += 16) {
    const document = load<u32>(at, 8) + firstDocument;
    store<u32>(at, load<u32>(blockOf + (usize(load<u32>(at, 12)) << 2)), 8);
    store<u32>(at, document, 12);
  }
}
