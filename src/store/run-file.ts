import { closeSync, fsyncSync, openSync, readSync } from 'node:fs';
import { PACKED_BYTES } from '../hashcore/entry-buffer.js';
import { allocate } from '../hashcore/load.js';
import type { CoreExports } from '../hashcore/load.js';
import { HeldoutError, messageOf } from '../model/errors.js';
import { RANGES } from './compose.js';
import type { EntrySource } from './compose.js';
import { writeAll, writing } from './durable.js';

/** A run as its batch knows it. */
export interface Run {
  readonly file: string;
  readonly entries: number;
  /** For each block that the run numbers: the unit, and the block of that unit's file. */
  readonly blocks: readonly number[];
}

/** Entries sorted and packed (assembly/collapse.ts), then how many each range of keys has, u32[4096]. */
export function writeRun(path: string, packed: Uint8Array): void {
  const ranges = new Uint32Array(RANGES);
  // The key's last two bytes hold its first bits.
  for (let at = 6; at < packed.length; at += PACKED_BYTES) ranges[(packed[at] | (packed[at + 1] << 8)) >> 4]++;
  writing(path, () => {
    const file = openSync(path, 'w');
    try {
      writeAll(file, packed);
      writeAll(file, new Uint8Array(ranges.buffer));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  });
}

/** The entries of a run, its blocks numbered as the index numbers them. */
export class RunSource implements EntrySource {
  readonly ranges: Float64Array;
  private readonly path: string;
  private readonly memory: WebAssembly.Memory;
  private readonly core: CoreExports;
  private readonly blockOf: Uint32Array;
  private readonly staging: BlockStaging;
  /** Entries before each range. */
  private readonly before: Float64Array;

  constructor(
    path: string,
    run: Run,
    blockOf: Uint32Array,
    memory: WebAssembly.Memory,
    core: CoreExports,
    staging: BlockStaging,
  ) {
    this.path = path;
    this.memory = memory;
    this.core = core;
    this.blockOf = blockOf;
    this.staging = staging;
    const footer = new Uint8Array(RANGES * 4);
    this.readAt(run.entries * PACKED_BYTES, footer);
    this.ranges = Float64Array.from(new Uint32Array(footer.buffer));
    this.before = new Float64Array(RANGES + 1);
    for (let i = 0; i < RANGES; i++) this.before[i + 1] = this.before[i] + this.ranges[i];
  }

  load(from: number, to: number, at: number, capacity: number, scratch: number): number {
    const first = this.before[from];
    const count = this.before[to] - first;
    if (count > capacity) return -1;
    if (count === 0) return 0;
    this.readAt(first * PACKED_BYTES, new Uint8Array(this.memory.buffer, scratch, count * PACKED_BYTES));
    const blockOf = this.staging.place(this.blockOf);
    this.core.expandRun(scratch, count, blockOf, at);
    return count;
  }

  /** Opened for each reading: there may be more runs than a process may have files open. */
  private readAt(position: number, target: Uint8Array): void {
    try {
      const file = openSync(this.path, 'r');
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
      const message = `${this.path}: a part of the unfinished index cannot be read: ${messageOf(cause)}. Delete its folder and start again.`;
      throw new HeldoutError('index', message, { cause });
    }
  }
}

/** A stretch of the core's memory for lists of blocks' numbers, one at a time. */
export class BlockStaging {
  private readonly memory: WebAssembly.Memory;
  private at = 0;
  private length = 0;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
  }

  /** Puts a list there and says where. */
  place(numbers: Uint32Array): number {
    if (numbers.length > this.length) {
      this.length = Math.max(numbers.length, 2 * this.length, 1024);
      this.at = allocate(this.memory, this.length * 4);
    }
    new Uint32Array(this.memory.buffer, this.at, numbers.length).set(numbers);
    return this.at;
  }
}
