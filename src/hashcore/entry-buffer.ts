import type { Windows } from '../text/select.js';
import { allocate } from './load.js';
import type { CoreExports } from './load.js';

/** Bytes of an entry: key u64, document u32, place u32 (assembly/select.ts). */
export const ENTRY_BYTES = 16;
/** Bytes of an entry packed into a run: key u64, block u16, documents − 1 u16 (assembly/collapse.ts). */
export const PACKED_BYTES = 12;
/** Blocks that a run can number. */
export const MOST_RUN_BLOCKS = 60_000;

/** What one call may add to the log of blocks: records of one window of input. */
const SPARE_BLOCKS = 16_384;
const WORK_BYTES = 16_384;
const COUNT_BYTES = 32_768;

/** Room for entries in a core's memory, and what sorting them takes. Belongs to one thread. */
export class EntryBuffer {
  readonly capacity: number;
  readonly entries: number;
  readonly scratch: number;
  private readonly memory: WebAssembly.Memory;
  private readonly core: CoreExports;
  private readonly counts: number;
  private readonly blockLog: number;

  constructor(memory: WebAssembly.Memory, core: CoreExports, capacity: number) {
    this.memory = memory;
    this.core = core;
    this.capacity = capacity;
    const logBytes = (MOST_RUN_BLOCKS + SPARE_BLOCKS) * 8;
    this.counts = allocate(memory, COUNT_BYTES + WORK_BYTES + logBytes + 2 * capacity * ENTRY_BYTES);
    this.blockLog = this.counts + COUNT_BYTES + WORK_BYTES;
    this.entries = this.blockLog + logBytes;
    this.scratch = this.entries + capacity * ENTRY_BYTES;
    core.placeSelection(this.entries, capacity, this.blockLog, this.counts + COUNT_BYTES);
    core.openRun();
  }

  /** Has the core write documents' fingerprints here, from now on. */
  select(windows: Windows): void {
    this.core.placeWindows(windows.words, windows.singles, 0);
  }

  /** Has the core write every gram here. */
  selectAll(): void {
    this.core.placeWindows(1, 1, 1);
  }

  /** Entries written since the run was opened. */
  get count(): number {
    return this.core.entryCount.value;
  }

  /** Puts `count` entries in order of their keys, which have the first `shared` bits alike. */
  sort(count: number, shared = 0): void {
    this.core.sortEntries(this.entries, count, this.scratch, this.counts, shared);
  }

  /** The first `words` of the entries as numbers: low and high half of the key, document, place. */
  words(count: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.entries, (count * ENTRY_BYTES) / 4);
  }

  /** The blocks that documents began in, from number `from` on: pairs of a block and its first record. */
  blocks(from: number): Uint32Array {
    const length = (this.core.blockCount.value - from) * 2;
    return new Uint32Array(this.memory.buffer, this.blockLog + from * 8, length).slice();
  }
}
