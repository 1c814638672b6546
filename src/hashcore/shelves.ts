import { allocate } from './load.js';
import type { CoreExports } from './load.js';
import { ENTRY_BYTES } from './sort-room.js';

/** Leading bits of a key that say which shelf it is on (assembly/shelves.ts). */
export const SHELF_BITS = 10;
export const SHELVES = 2 ** SHELF_BITS;
const BOX_BYTES = 4096;
const HEAD_BYTES = 16;
const SLOT_BYTES = 8;
const BOX_SLOTS = (BOX_BYTES - HEAD_BYTES) / SLOT_BYTES;
/** Place in a box's head, in words, of how many of its slots are leaps. */
const LEAPS = 3;
const TAIL_BYTES = 8;
/** With its share of its box's head. */
export const BYTES_AN_ENTRY = BOX_BYTES / BOX_SLOTS;
/** A box for each shelf that is nearly empty, and one more for each, should it be full. */
export const LEAST_SHELVES_BYTES = 2 * SHELVES * BOX_BYTES;
/** More on one shelf than is sorted at once. (A full memory of 4 GB has fewer, unless a few texts are repeated over and over.) */
export const MOST_SHELVED = 1 << 18;

/** Where a thread's shelves are; another one can read them there. */
export interface ShelvesPlace {
  readonly memory: WebAssembly.Memory;
  readonly tails: number;
}

/** A thread's entries, in memory. */
export class Shelves {
  readonly place: ShelvesPlace;
  /** Where the boxes are: what is on no shelf is free. */
  readonly boxes: number;
  private readonly core: CoreExports;
  private readonly boxCount: number;

  /** Room for about `capacity` entries; memory is used as it fills. */
  constructor(memory: WebAssembly.Memory, core: CoreExports, capacity: number) {
    this.core = core;
    this.boxCount = Math.ceil(capacity / BOX_SLOTS) + 2 * SHELVES;
    const tails = allocate(memory, SHELVES * TAIL_BYTES + this.boxCount * BOX_BYTES);
    this.place = { memory, tails };
    this.boxes = tails + SHELVES * TAIL_BYTES;
    core.placeShelves(tails, this.boxes);
  }

  get bytes(): number {
    return this.boxCount * BOX_BYTES;
  }

  get isEmpty(): boolean {
    return this.core.boxesUsed.value === 0;
  }

  /** Whether so many more entries find room, on whatever shelves, and far apart as they may be. */
  hasRoom(count: number): boolean {
    const boxes = this.core.boxesUsed.value + Math.ceil((2 * count) / BOX_SLOTS) + SHELVES;
    return boxes <= this.boxCount && this.core.mostShelved.value + count <= MOST_SHELVED;
  }

  /** Takes `count` entries from an address. */
  take(entries: number, count: number): void {
    this.core.shelve(entries, count);
  }

  clear(): void {
    this.core.clearShelves();
  }
}

/** How many entries each shelf has. */
export function shelfSizes({ memory, tails }: ShelvesPlace): Uint32Array {
  return Uint32Array.from({ length: SHELVES }, (_, shelf) => {
    const last = lastBox(memory, tails, shelf);
    return last === undefined ? 0 : last.before + last.count;
  });
}

/** A thread's shelves as another one, or itself, takes entries off them. */
export interface ShelvesToRead {
  readonly place: ShelvesPlace;
  readonly isOwn: boolean;
  /** Addresses, in the reader's memory, of what `placesOf` gives, and of the new number of each place, u32[]; 0: it keeps its number. */
  readonly places: number;
  readonly blockOf: number;
  /** What its first document's number is to be. */
  readonly firstDocument: number;
}

/** The table from which the core tells a document's place (assembly/shelves.ts). `starts`: the document that each place begins with. */
export function placesOf(starts: readonly number[], documents: number): Uint32Array {
  const table = new Uint32Array(4 * ((documents >>> 6) + 1));
  for (const document of starts) table[4 * (document >>> 6) + ((document >>> 5) & 1)] |= 1 << (document & 31);
  let place = 0;
  for (let group = 0; 4 * group < table.length; group++) {
    table[4 * group + 2] = place;
    while (place < starts.length && starts[place] >>> 6 === group) place++;
  }
  return table;
}

/** Takes entries off shelves into one core's memory. */
export class ShelfReader {
  private readonly memory: WebAssembly.Memory;
  private readonly core: CoreExports;
  /** Where a box of another memory is put. */
  private readonly box: number;

  constructor(memory: WebAssembly.Memory, core: CoreExports) {
    this.memory = memory;
    this.core = core;
    this.box = allocate(memory, BOX_BYTES);
  }

  /** Writes a shelf's entries {key, block, document} to `to`, in the order they came; returns how many. */
  read({ place, isOwn, places, blockOf, firstDocument }: ShelvesToRead, shelf: number, to: number): number {
    this.core.placePlaces(places, blockOf, firstDocument);
    return isOwn ? this.core.copyShelf(shelf, to) : this.readOthers(place, shelf, to);
  }

  private readOthers({ memory, tails }: ShelvesPlace, shelf: number, to: number): number {
    const last = lastBox(memory, tails, shelf);
    if (!last) return 0;
    const words = new Uint32Array(memory.buffer);
    const bytes = new Uint8Array(memory.buffer);
    const fetched = new Uint8Array(this.memory.buffer, this.box, BOX_BYTES);
    let { box, slots } = last;
    for (;;) {
      fetched.set(bytes.subarray(box, box + HEAD_BYTES + slots * SLOT_BYTES));
      const before = words[box / 4 + 1];
      this.core.copyBox(this.box, slots, shelf, to + before * ENTRY_BYTES);
      if (before === 0) return last.before + last.count;
      box = words[box / 4];
      slots = BOX_SLOTS;
    }
  }
}

interface LastBox {
  readonly box: number;
  readonly slots: number;
  /** Entries in it, and in the boxes before. */
  readonly count: number;
  readonly before: number;
}

function lastBox(memory: WebAssembly.Memory, tails: number, shelf: number): LastBox | undefined {
  const [tail] = new Uint32Array(memory.buffer, tails + TAIL_BYTES * shelf, 1);
  if (tail === 0) return undefined;
  const box = Math.floor((tail - 1) / BOX_BYTES) * BOX_BYTES;
  const head = new Uint32Array(memory.buffer, box, HEAD_BYTES / 4);
  const slots = (tail - box - HEAD_BYTES) / SLOT_BYTES;
  return { box, slots, count: slots - head[LEAPS], before: head[1] };
}
