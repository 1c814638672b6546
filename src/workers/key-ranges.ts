import { SHELVES } from '../hashcore/shelves.js';
import { HeldoutError } from '../model/errors.js';
import { RANGES } from '../store/compose.js';
import type { PlacedRun } from '../store/run-file.js';
import type { Job } from './crew.js';
import type { HeldEntries } from './run-builder.js';

/** So many entries, and as much scratch, stay near the processor while they are put together: 4 MB. */
const NEAR_ENTRIES = 1 << 17;

/** Ranges [from, to) of keys, which one worker puts together. */
export interface KeyRanges extends Job {
  readonly from: number;
  readonly to: number;
}

/** Where a worker finds what the others hold in memory. */
export interface PlacedEntries extends Pick<HeldEntries, 'thread' | 'place'> {
  /** Its documents' numbers begin here, so that no two threads' are alike. */
  readonly firstDocument: number;
  /** The index's number of each of its blocks. */
  readonly blockOf: Uint32Array;
  /** Tells a document's block (hashcore/shelves.ts). */
  readonly places: Uint32Array;
  /** How many entries each shelf has. */
  readonly sizes: Uint32Array;
}

export interface Sources {
  readonly held: readonly PlacedEntries[];
  readonly runs: readonly PlacedRun[];
}

/** All keys cut into jobs; `capacity`: entries that the largest of them has. */
export function keyRanges({ held, runs }: Sources, most: number): { jobs: KeyRanges[]; capacity: number } {
  // What is in memory is cut by shelves.
  const step = held.length > 0 ? RANGES / SHELVES : 1;
  const jobs: KeyRanges[] = [];
  let capacity = 0;
  let from = 0;
  let size = 0;
  const close = (to: number): void => {
    if (to > from) jobs.push({ number: jobs.length, about: 'the keys of the index', from, to });
    capacity = Math.max(capacity, size);
    from = to;
    size = 0;
  };
  for (let at = 0; at < RANGES; at += step) {
    const own = sizeOf({ held, runs }, at, at + step);
    if (size + own > NEAR_ENTRIES) close(at);
    size += own;
  }
  close(RANGES);
  if (capacity > most)
    throw new HeldoutError('usage', 'the index does not fit the memory it may use: give it more with --memory.');
  return { jobs, capacity };
}

function sizeOf({ held, runs }: Sources, from: number, to: number): number {
  let size = 0;
  for (const { before } of runs) size += before[to] - before[from];
  for (const { sizes } of held) size += sizes[(from * SHELVES) / RANGES];
  return size;
}
