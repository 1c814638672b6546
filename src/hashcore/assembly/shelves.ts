// Entries {key u64, document u32, place u32} of a build, held in memory by the first bits of their keys: a shelf for each value of
// ten bits, so that what is sorted and put together at once stays near the processor, and nothing is sorted twice. A shelf is a
// chain of boxes of 4 KB: {box before u32, entries in the boxes before u32, first document u32, leaps u32}, then 510 slots u64. What is on a shelf keeps the order it came in, which is that of the documents: so a slot has the key without the
// bits that the shelf tells, and how many documents it is behind the last. Where these are too many for ten bits, a slot before
// has the document's own number: a leap. hashcore/shelves.ts goes from box to box, of this memory or of another thread's.

export const SHELF_BITS: u64 = 10;
const SHELVES: usize = 1 << 10;
const BOX_BYTES: usize = 4096;
const HEAD_BYTES: usize = 16;
const BOX_SLOTS: u32 = 510;
const LEAPS: usize = 12;
/** Bits for the documents between two entries; a leap has all of them set. */
const SINCE_BITS: u64 = 10;
const LEAP: u32 = 1023;

/** Boxes in use, and the most entries that any shelf has in full boxes. */
export let boxesUsed: u32 = 0;
export let mostShelved: u32 = 0;

/** {u32, u32}[1024]: where each shelf's next slot is, 0 for an empty one, and its last document. At the end of a box another one is due. */
let tails: usize = 0;
let boxes: usize = 0;

/** `boxesAt`: aligned to 4,096, at an address above 0. */
export function placeShelves(tailsAt: usize, boxesAt: usize): void {
  tails = tailsAt;
  boxes = boxesAt;
  clearShelves();
}

export function clearShelves(): void {
  memory.fill(tails, 0, SHELVES << 3);
  boxesUsed = 0;
  mostShelved = 0;
}

/** Puts entries on their shelves. There must be boxes for all of them, each with a leap, and one more for each shelf. */
export function shelve(entries: usize, count: u32): void {
  const end = entries + (usize(count) << 4);
  const first = tails;
  for (let at = entries; at < end; at += 16) {
    const key = load<u64>(at);
    const document = load<u32>(at, 8);
    const tail = first + (usize(key >> (64 - SHELF_BITS)) << 3);
    const last = load<u64>(tail);
    let to = usize(u32(last));
    let since = document - u32(last >> 32);
    if (!(to & (BOX_BYTES - 1))) {
      to = openBox(to, document);
      since = 0;
    }
    if (since >= LEAP) {
      to = leap(to, document);
      since = 0;
    }
    store<u64>(to, (key << SINCE_BITS) | u64(since));
    store<u64>(tail, u64(to + 8) | (u64(document) << 32));
  }
}

/** Returns the slot for the entry itself. */
function leap(to: usize, document: u32): usize {
  const box = to & ~(BOX_BYTES - 1);
  store<u64>(to, (u64(document) << SINCE_BITS) | u64(LEAP));
  store<u32>(box, load<u32>(box, LEAPS) + 1, LEAPS);
  to += 8;
  return to & (BOX_BYTES - 1) ? to : openBox(to, document);
}

/** `after`: the end of the shelf's last box, or 0. */
function openBox(after: usize, document: u32): usize {
  const box = boxes + usize(boxesUsed++) * BOX_BYTES;
  const last = after ? after - BOX_BYTES : 0;
  const before = last ? load<u32>(last, 4) + BOX_SLOTS - load<u32>(last, LEAPS) : 0;
  store<u32>(box, u32(last));
  store<u32>(box, before, 4);
  store<u32>(box, document, 8);
  store<u32>(box, 0, LEAPS);
  mostShelved = max(mostShelved, before);
  return box + HEAD_BYTES;
}

/**
 * How entries come off a shelf. `places`: {a bit for each of 64 documents that are the first of their place u64, such documents
 * before these u32, 0}[]: a document's place without a branch. `blockOf`: u32[], the number that each place gets.
 */
let places: usize = 0;
let blockOf: usize = 0;
let firstDocument: u32 = 0;

/** `blockOfAt`: 0 where places keep their numbers. `document`: what the first document's number is to be. */
export function placePlaces(placesAt: usize, blockOfAt: usize, document: u32): void {
  places = placesAt;
  blockOf = blockOfAt;
  firstDocument = document;
}

/** Writes a shelf's entries as {key u64, block u32, document u32} to `to`, in the order they came; returns how many. */
export function copyShelf(shelf: u32, to: usize): u32 {
  const tail = usize(load<u32>(tails + (usize(shelf) << 3)));
  if (!tail) return 0;
  let box = (tail - 1) & ~(BOX_BYTES - 1);
  let slots = u32((tail - box - HEAD_BYTES) >> 3);
  const all = load<u32>(box, 4) + slots - load<u32>(box, LEAPS);
  while (box) {
    copyBox(box, slots, shelf, to + (usize(load<u32>(box, 4)) << 4));
    box = usize(load<u32>(box));
    slots = BOX_SLOTS;
  }
  return all;
}

/** The entries of the first `slots` of a box, which may be another thread's. */
export function copyBox(box: usize, slots: u32, shelf: u32, to: usize): void {
  const high = u64(shelf) << (64 - SHELF_BITS);
  const shift = firstDocument;
  let document = load<u32>(box, 8);
  const end = box + HEAD_BYTES + (usize(slots) << 3);
  for (let at = box + HEAD_BYTES; at < end; at += 8) {
    const slot = load<u64>(at);
    const since = u32(slot) & LEAP;
    if (since == LEAP) {
      document = u32(slot >> SINCE_BITS);
      continue;
    }
    document += since;
    const group = places + (usize(document >> 6) << 4);
    const place = load<u32>(group, 8) + u32(popcnt<u64>(load<u64>(group) << (63 - u64(document & 63)))) - 1;
    const block = blockOf ? load<u32>(blockOf + (usize(place) << 2)) : place;
    store<u64>(to, (slot >> SINCE_BITS) | high);
    store<u64>(to, u64(block) | (u64(document + shift) << 32), 8);
    to += 16;
  }
}
