import { closeSync, fsyncSync, openSync, readSync } from 'node:fs';
import type { CoreExports } from '../hashcore/load.js';
import { PACKED_BYTES } from '../hashcore/sort-room.js';
import { HeldoutError, messageOf } from '../model/errors.js';
import { RANGES } from './compose.js';
import { writeAll, writing } from './durable.js';

/** A run as its batch knows it. */
export interface Run {
  readonly file: string;
  readonly entries: number;
  /** For each block that the run numbers: the unit, and the block of that unit's file. */
  readonly blocks: readonly number[];
}

/** Writes entries that are sorted and packed (assembly/collapse.ts), then how many each range of keys has, u32[4096]. */
export class RunWriter {
  private readonly path: string;
  private readonly file: number;
  private entries = 0;

  constructor(path: string) {
    this.path = path;
    this.file = writing(path, () => openSync(path, 'w'));
  }

  write(packed: Uint8Array): void {
    writing(this.path, () => writeAll(this.file, packed));
    this.entries += packed.length / PACKED_BYTES;
  }

  /** Makes the file last; returns how many entries it has. */
  finish(ranges: Uint8Array): number {
    writing(this.path, () => {
      writeAll(this.file, ranges);
      fsyncSync(this.file);
      closeSync(this.file);
    });
    return this.entries;
  }
}

/** Where a run is, and how many entries stand before each range of keys: in shared memory, as every thread wants them. */
export interface PlacedRun {
  readonly path: string;
  readonly before: Uint32Array;
  /** The index's number of each of the run's blocks. */
  readonly blockOf: Uint32Array;
}

export function placedRun(path: string, run: Run, blockOf: Uint32Array): PlacedRun {
  const ranges = new Uint8Array(RANGES * 4);
  readAt(path, run.entries * PACKED_BYTES, ranges);
  const before = new Uint32Array(new SharedArrayBuffer((RANGES + 1) * 4));
  new Uint32Array(ranges.buffer).forEach((count, i) => (before[i + 1] = before[i] + count));
  return { path, before, blockOf };
}

/**
 * Writes a run's entries of ranges [from, to) to `at`, as assembly/collapse.ts `expandRun` does; returns how many. `scratch` has
 * room for as many, `blockOf` is where the numbers of its blocks are.
 */
export function loadRun(
  { path, before }: PlacedRun,
  [from, to]: readonly [number, number],
  { memory, core }: { readonly memory: WebAssembly.Memory; readonly core: CoreExports },
  blockOf: number,
  at: number,
  scratch: number,
): number {
  const count = before[to] - before[from];
  if (count === 0) return 0;
  readAt(path, before[from] * PACKED_BYTES, new Uint8Array(memory.buffer, scratch, count * PACKED_BYTES));
  core.expandRun(scratch, count, blockOf, at);
  return count;
}

/** Opened for each reading: there may be more runs than a process may have files open. */
function readAt(path: string, position: number, target: Uint8Array): void {
  try {
    const file = openSync(path, 'r');
    try {
      for (let at = 0; at < target.length;) {
        const count = readSync(file, target, at, target.length - at, position + at);
        if (count === 0) throw new Error('it is cut short');
        at += count;
      }
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    const message = `${path}: a part of the unfinished index cannot be read: ${messageOf(cause)}. Delete its folder and start again.`;
    throw new HeldoutError('index', message, { cause });
  }
}
