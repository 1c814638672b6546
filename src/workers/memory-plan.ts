import { BYTES_AN_ENTRY, LEAST_SHELVES_BYTES, MOST_SHELVED } from '../hashcore/shelves.js';
import { ENTRY_BYTES, SortRoom } from '../hashcore/sort-room.js';
import { HeldoutError } from '../model/errors.js';
import { BUFFER_ENTRIES } from './run-builder.js';

/** What Node, the code and the main thread take before anything is indexed, and what each worker takes (measured: 70 and 30 MB). */
const BASE_BYTES = 90 * 1024 ** 2;
const WORKER_BYTES = 40 * 1024 ** 2;
/** Besides the entries that it holds: where they are written first, where shelves are sorted, boxes that are not full. */
const ROOM_BYTES = 2 * BUFFER_ENTRIES * ENTRY_BYTES + SortRoom.bytesFor(MOST_SHELVED) + LEAST_SHELVES_BYTES;

const LEAST_MEMORY_BYTES = 256 * 1024 ** 2;
/** Fewer make many small runs. */
const LEAST_ENTRIES = 1 << 17;
/** A worker's memory ends at 4 GB; these take one. */
const MOST_WORKER_ENTRIES = 1 << 27;
const MOST_COMPOSER_ENTRIES = 1 << 25;

export interface MemoryPlan {
  /** Entries that each worker holds. */
  readonly workerEntries: number;
  /** Entries that are put together at once, which takes as much room again. */
  readonly composerEntries: number;
}

export function memoryPlan(memoryBytes: number, workers: number): MemoryPlan {
  if (memoryBytes < LEAST_MEMORY_BYTES) throw new HeldoutError('usage', 'an index takes at least 256MB of memory.');
  const each = (memoryBytes - BASE_BYTES) / workers - WORKER_BYTES;
  const all = memoryBytes - BASE_BYTES - WORKER_BYTES;
  const within = (entries: number, most: number): number =>
    Math.max(LEAST_ENTRIES, Math.min(most, Math.floor(entries)));
  return {
    workerEntries: within((each - ROOM_BYTES) / BYTES_AN_ENTRY, MOST_WORKER_ENTRIES),
    composerEntries: within(all / (2 * ENTRY_BYTES), MOST_COMPOSER_ENTRIES),
  };
}
