import type { Windows } from '../text/select.js';
import { allocate } from './load.js';
import type { CoreExports } from './load.js';
import { SortRoom } from './sort-room.js';

/** Blocks that a run can number. */
export const MOST_RUN_BLOCKS = 60_000;

/** What one call may add to the log of blocks: records of one window of input. */
const SPARE_BLOCKS = 16_384;
/** A block, its first record and its first document (assembly/select.ts). */
export const LOG_WORDS = 3;
const LOG_BYTES = (MOST_RUN_BLOCKS + SPARE_BLOCKS) * LOG_WORDS * 4;
const WORK_BYTES = 16_384;

/** Where the core writes the fingerprints of documents. Belongs to one thread. */
export class EntryBuffer extends SortRoom {
  private readonly blockLog: number;

  constructor(memory: WebAssembly.Memory, core: CoreExports, capacity: number) {
    super(memory, core, capacity);
    const work = allocate(memory, WORK_BYTES + LOG_BYTES);
    this.blockLog = work + WORK_BYTES;
    core.placeSelection(this.entries, capacity, this.blockLog, work);
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

  /** Entries written since the run was opened, or since they were taken. */
  get count(): number {
    return this.core.entryCount.value;
  }

  /** The blocks that documents began in, from number `from` on: LOG_WORDS numbers each. */
  blocks(from: number): Uint32Array {
    const length = (this.core.blockCount.value - from) * LOG_WORDS;
    return new Uint32Array(this.memory.buffer, this.blockLog + from * LOG_WORDS * 4, length).slice();
  }
}
