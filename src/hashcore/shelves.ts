import { allocate } from './load.js';
import type { CoreExports } from './load.js';
import { ENTRY_BYTES } from './sort-room.js';

/** Leading bits of a key that say which shelf it is on (assembly/shelves.ts). */
export const SHELF_BITS = 10;
export const SHELVES = 2 ** SHELF_BITS;
const BOX_BYTES = 4096;
const BOX_ENTRIES = 255;
/** With its share of its box's head. */
export const BYTES_AN_ENTRY = BOX_BYTES / BOX_ENTRIES;
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
    this.boxCount = Math.ceil(capacity / BOX_ENTRIES) + 2 * SHELVES;
    const tails = allocate(memory, SHELVES * 4 + this.boxCount * BOX_BYTES);
    this.place = { memory, tails };
    this.boxes = tails + SHELVES * 4;
    core.placeShelves(tails, this.boxes);
  }

  get bytes(): number {
    return this.boxCount * BOX_BYTES;
  }

  get isEmpty(): boolean {
    return this.core.boxesUsed.value === 0;
  }

  /** Whether so many more entries find room, on whatever shelves. */
  hasRoom(count: number): boolean {
    const boxes = this.core.boxesUsed.value + Math.ceil(count / BOX_ENTRIES) + SHELVES;
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

/** Copies a shelf's entries from another thread's memory, as the core does from its own; returns how many. */
export function copyShelf(
  { memory, tails }: ShelvesPlace,
  shelf: number,
  target: WebAssembly.Memory,
  at: number,
): number {
  const last = lastBox(memory, tails, shelf);
  if (!last) return 0;
  const all = last.before + last.count;
  const from = new Uint8Array(memory.buffer);
  const to = new Uint8Array(target.buffer, at, all * ENTRY_BYTES);
  const heads = new Uint32Array(memory.buffer);
  let { box, before, count } = last;
  for (;;) {
    to.set(from.subarray(box + ENTRY_BYTES, box + (1 + count) * ENTRY_BYTES), before * ENTRY_BYTES);
    if (before === 0) return all;
    box = heads[box / 4];
    before -= BOX_ENTRIES;
    count = BOX_ENTRIES;
  }
}

function lastBox(
  memory: WebAssembly.Memory,
  tails: number,
  shelf: number,
): { box: number; before: number; count: number } | undefined {
  const [tail] = new Uint32Array(memory.buffer, tails + 4 * shelf, 1);
  if (tail === 0) return undefined;
  const box = Math.floor((tail - 1) / BOX_BYTES) * BOX_BYTES;
  return { box, before: new Uint32Array(memory.buffer, box, 2)[1], count: (tail - box) / ENTRY_BYTES - 1 };
}
