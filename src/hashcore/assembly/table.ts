// Building the gram table, before a scan: its grams (spread.ts) are counted, those of the parts that gather little by grams of few
// parts (items of one template: the family) are marked, the postings get their places and are written. However many parts of the
// family hold a gram, it has one posting for them all, of the part `familyPart`. Every step goes by 64ths of the table; a call is
// for one of them, also because V8 runs a function's fast code only from one call to the next.
import { filterBits, filterWord } from './grams';
import { familyPart, postings, slotMask, slots } from './memory';
import { NONE, slotOf, tagOf } from './seeds';
import { COMMON_AT, ENTRY_BYTES, placeSpread, POSTING, shareStart } from './spread';

/** Grams whose postings are asked of memory at a time. */
const GROUP: usize = 128;

/** In a slot: the gram is in too many parts to list them. */
const COMMON: u32 = 0x80000000;
/** In a slot: a part of the family holds the gram. Counts and posting numbers stay below. */
const FAMILY: u32 = 0x40000000;
const NUMBER: u32 = 0x3fffffff;

/** u8[parts]: 1 for a part that gathers little but by common grams. */
let poor: usize = 0;
let most: u32 = 0;
/** Postings laid out, and the grams that have them. The first is nobody's: its number says that a slot is empty. */
let laidOut: u32 = 1;
export let gramCount: u32 = 0;
let touched: u32 = 0;

/** `spreadAt`: 1,024 bytes, and 16 for each gram of the texts. */
export function placeBuild(reachesAt: usize, poorAt: usize, mostPostings: u32, spreadAt: usize): void {
  placeSpread(reachesAt, spreadAt);
  poor = poorAt;
  most = mostPostings;
  laidOut = 1;
  gramCount = 0;
}

/** Step 1: counts the grams, and says in each entry whether too many parts have its gram. */
export function countGrams(share: u32): void {
  const from = shareStart(share);
  const end = shareStart(share + 1);
  for (let at = from; at < end; at += ENTRY_BYTES) {
    const slot = findSlot(load<u64>(at, 8));
    store<u32>(slot, load<u32>(slot, 4) + 1, 4);
  }
  for (let at = from; at < end; at += ENTRY_BYTES) {
    if (load<u32>(findSlot(load<u64>(at, 8)), 4) > most) store<u16>(at, 1, COMMON_AT);
  }
}

/** The address of the gram's slot, which becomes its own if it has none. */
function findSlot(gram: u64): usize {
  let slot = slotOf(gram);
  const tag = tagOf(gram);
  while (true) {
    const at = slots + (usize(slot) << 3);
    if (!load<u32>(at, 4)) {
      store<u32>(at, tag);
      return at;
    }
    if (load<u32>(at) == tag) return at;
    slot = (slot + 1) & slotMask;
  }
}

// @ts-ignore: decorator
@inline
function isPoor(posting: u64): bool {
  return <bool>load<u8>(poor + usize(u32(posting)));
}

/** Step 2, when the host has said which parts are poor: marks their grams. */
export function markFamily(share: u32): void {
  const end = shareStart(share + 1);
  for (let at = shareStart(share); at < end; at += ENTRY_BYTES) {
    if (!isPoor(load<u64>(at))) continue;
    const slot = findSlot(load<u64>(at, 8));
    store<u32>(slot, load<u32>(slot, 4) | FAMILY, 4);
  }
}

/** Step 3: counts become the ends of posting lists; grams of too many parts that the family lacks are dropped. */
export function layOutPostings(share: u32): void {
  const end = slotsFrom(share + 1);
  for (let at = slotsFrom(share); at < end; at += 8) {
    const marked = load<u32>(at, 4);
    if (!marked) continue;
    const common = (marked & NUMBER) > most;
    const count = (common ? 0 : marked & NUMBER) + u32((marked & FAMILY) != 0);
    if (!count) {
      store<u32>(at, NONE, 4);
      continue;
    }
    gramCount++;
    laidOut += count;
    store<u32>(at, laidOut | (marked & FAMILY) | (common ? COMMON : 0), 4);
    store<u16>(postings + (usize(laidOut - 1) << 3), 1, 6);
  }
}

/** Where the slots of a 64th begin. */
function slotsFrom(share: u32): usize {
  return slots + (usize(((u64(slotMask) + 1) * u64(share)) >> 6) << 3);
}

/** Step 5: the marks go, and slots point at their first posting. */
export function closePostings(share: u32): void {
  const end = slotsFrom(share + 1);
  for (let at = slotsFrom(share); at < end; at += 8) {
    const marked = load<u32>(at, 4);
    if (marked != NONE) store<u32>(at, marked & NUMBER, 4);
  }
}

/** Step 4: writes the postings, and the filter, which has its place by now. */
export function fillGrams(share: u32): void {
  const last = shareStart(share + 1);
  for (let at = shareStart(share); at < last; ) {
    const end = min(at + GROUP * ENTRY_BYTES, last);
    touched += touchPostings(at, end);
    for (; at < end; at += ENTRY_BYTES) fillGram(load<u64>(at, 8), load<u64>(at) & POSTING);
  }
}

/** Fetches the end of each gram's postings, and its word of the filter. The sum is of no use but not to be optimised away. */
function touchPostings(from: usize, end: usize): u32 {
  let sum: u32 = 0;
  for (let at = from; at < end; at += ENTRY_BYTES) {
    const gram = load<u64>(at, 8);
    const behind = load<u32>(findSlot(gram), 4);
    if (behind == NONE) continue;
    sum += load<u32>(postings + (usize((behind & NUMBER) - 1) << 3)) + load<u32>(filterWord(gram));
  }
  return sum;
}

/** Postings are written from a list's end to its start, so that the slot ends up pointing at the first. */
function fillGram(gram: u64, posting: u64): void {
  const slot = findSlot(gram);
  let behind = load<u32>(slot, 4);
  if (behind == NONE) return;
  // The family's goes first, and so to the list's end, whoever of the holders comes first.
  if (behind & FAMILY) {
    behind &= ~FAMILY;
    writePosting(--behind, u64(familyPart));
  }
  if (isPoor(posting)) weighFamily(behind & NUMBER, posting);
  if (!(behind & COMMON)) {
    writePosting(--behind, posting);
  }
  store<u32>(slot, behind, 4);
  const word = filterWord(gram);
  store<u64>(word, load<u64>(word) | filterBits(gram));
}

/** The flag that ends the list was set when it was laid out. */
// @ts-ignore: decorator
@inline
function writePosting(number: u32, posting: u64): void {
  const at = postings + (usize(number & NUMBER) << 3);
  store<u64>(at, load<u64>(at) | posting);
}

/** The list's last posting, the family's, weighs as much as the gram does in any part: a word that a part repeats weighs less there. */
function weighFamily(number: u32, posting: u64): void {
  let at = postings + (usize(number) << 3);
  while (!load<u16>(at, 6)) at += 8;
  store<u8>(at, max(load<u8>(at, 5), u8(posting >> 40)), 5);
}
