import { ENTRY_BYTES } from '../hashcore/entry-buffer.js';
import { HeldoutError } from '../model/errors.js';

/** What Node, the code and the main thread take before anything is indexed, and what each worker takes (measured: 70 and 30 MB). */
const BASE_BYTES = 90 * 1024 ** 2;
const WORKER_BYTES = 40 * 1024 ** 2;

const LEAST_MEMORY_BYTES = 256 * 1024 ** 2;
/** Fewer make many small runs, more are of no use: a range of 64 MB of text has about 3.5 million. */
const LEAST_ENTRIES = 1 << 17;
const MOST_WORKER_ENTRIES = 1 << 22;
const MOST_COMPOSER_ENTRIES = 1 << 25;

/** How many entries fit into a memory budget; each is there twice while it is sorted. */
export function memoryPlan(memoryBytes: number, workers: number): { workerEntries: number; composerEntries: number } {
  if (memoryBytes < LEAST_MEMORY_BYTES) throw new HeldoutError('usage', 'an index takes at least 256MB of memory.');
  const each = (memoryBytes - BASE_BYTES) / workers - WORKER_BYTES;
  const all = memoryBytes - BASE_BYTES - WORKER_BYTES;
  const within = (bytes: number, most: number): number =>
    Math.max(LEAST_ENTRIES, Math.min(most, Math.floor(bytes / (2 * ENTRY_BYTES))));
  return { workerEntries: within(each, MOST_WORKER_ENTRIES), composerEntries: within(all, MOST_COMPOSER_ENTRIES) };
}
