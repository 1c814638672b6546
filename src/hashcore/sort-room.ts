import { allocate } from './load.js';
import type { CoreExports } from './load.js';

/** Bytes of an entry: key u64 and two numbers of 32 bits (assembly/select.ts, assembly/collapse.ts). */
export const ENTRY_BYTES = 16;
/** Bytes of an entry packed into a run: key u64, block u16, documents − 1 u16 (assembly/collapse.ts). */
export const PACKED_BYTES = 12;

/** What sorting takes besides the entries and as much scratch (assembly/sort.ts). */
const COUNT_BYTES = 66_560;

/** Room for entries in a core's memory, and what sorting them takes. */
export class SortRoom {
  readonly capacity: number;
  readonly entries: number;
  readonly scratch: number;
  protected readonly memory: WebAssembly.Memory;
  protected readonly core: CoreExports;
  private readonly counts: number;

  /** `at`: memory that is free, of `bytesFor(capacity)`; without it some is taken. */
  constructor(memory: WebAssembly.Memory, core: CoreExports, capacity: number, at?: number) {
    this.memory = memory;
    this.core = core;
    this.capacity = capacity;
    this.counts = at ?? allocate(memory, SortRoom.bytesFor(capacity));
    this.entries = this.counts + COUNT_BYTES;
    this.scratch = this.entries + capacity * ENTRY_BYTES;
  }

  static bytesFor(capacity: number): number {
    return COUNT_BYTES + 2 * capacity * ENTRY_BYTES;
  }

  /** Puts `count` entries in order of their keys, which have the first `shared` bits alike. */
  sort(count: number, shared = 0, at = this.entries): void {
    this.core.sortEntries(at, count, this.scratch, this.counts, shared);
  }

  /** The first `count` entries as numbers: low and high half of the key, and the two others. */
  words(count: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.entries, (count * ENTRY_BYTES) / 4);
  }
}
