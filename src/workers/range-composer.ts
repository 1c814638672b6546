import { BLOCK_KEYS, BlockBuilder } from '../hashcore/block-builder.js';
import type { BlockKeys, Coding } from '../hashcore/block-builder.js';
import type { CoreExports } from '../hashcore/load.js';
import { SHELF_BITS, ShelfReader, SHELVES } from '../hashcore/shelves.js';
import type { ShelvesToRead } from '../hashcore/shelves.js';
import { ENTRY_BYTES } from '../hashcore/sort-room.js';
import type { SortRoom } from '../hashcore/sort-room.js';
import { BlockCoder } from '../store/block-coder.js';
import { BlockStaging } from '../store/block-staging.js';
import { RANGES, sharedBits } from '../store/compose.js';
import { loadRun } from '../store/run-file.js';
import type { CodedBlocks } from '../store/segment-writer.js';
import type { KeyRanges, Sources } from './key-ranges.js';

/** Milliseconds between looks whether all is still well, while another thread is waited for. */
const WAIT_MS = 200;

/** What all workers are told before they put an index together. */
export interface ComposeSetup {
  readonly sources: Sources;
  readonly coding: Coding;
  /** Entries of the largest job. */
  readonly capacity: number;
  /** For each job, how many keys it has and one; 0 until that is known. */
  readonly keysOf: Int32Array;
}

/** The keys of some ranges. Blocks have 4,096 keys whatever the ranges: the first and last ones may be in part of a neighbour's. */
export interface ComposedRanges {
  readonly head: BlockKeys;
  readonly blocks: CodedBlocks;
  readonly tail: BlockKeys;
}

/** Puts ranges of keys together in a worker, from what all workers hold in memory and the runs on disk. */
export class RangeComposer {
  readonly memory: WebAssembly.Memory;
  readonly core: CoreExports;
  private readonly setup: ComposeSetup;
  private readonly room: SortRoom;
  private readonly builder: BlockBuilder;
  private readonly coder: BlockCoder;
  private readonly staging: BlockStaging;
  private readonly held: readonly ShelvesToRead[];
  private readonly reader: ShelfReader;
  /** Jobs whose keys are counted in, and those keys. */
  private passed = 0;
  private keysPassed = 0;

  constructor(setup: ComposeSetup, memory: WebAssembly.Memory, core: CoreExports, room: SortRoom, thread: number) {
    this.setup = setup;
    this.memory = memory;
    this.core = core;
    this.room = room;
    this.builder = new BlockBuilder(memory, core, setup.coding, true);
    this.coder = new BlockCoder(this.builder, setup.coding);
    this.staging = new BlockStaging(memory);
    const staged = (numbers: Uint32Array): number => new BlockStaging(memory).place(numbers);
    this.held = setup.sources.held.map((held) => ({
      ...{ place: held.place, isOwn: held.thread === thread, firstDocument: held.firstDocument },
      ...{ blockOf: staged(held.blockOf), places: staged(held.places) },
    }));
    this.reader = new ShelfReader(memory, core);
  }

  compose({ number, from, to }: KeyRanges): ComposedRanges {
    const { builder, coder, room } = this;
    const count = this.load(from, to);
    const { keysOf } = this.setup;
    Atomics.store(keysOf, number, this.core.countKeys(room.entries, count) + 1);
    Atomics.notify(keysOf, number);
    const begun = this.keysBefore(number) % BLOCK_KEYS;
    const end = room.entries + count * ENTRY_BYTES;
    builder.skip(begun);
    let at = begun > 0 ? builder.collapse(room.entries, end) : room.entries;
    const head = builder.copy(begun);
    builder.clear();
    for (; at < end;) {
      at = builder.collapse(at, end);
      if (builder.count === BLOCK_KEYS) coder.flush();
    }
    const tail = builder.copy(0);
    builder.clear();
    return { head, blocks: coder.take(), tail };
  }

  /** Loads and sorts the entries of ranges [from, to); returns how many. */
  private load(from: number, to: number): number {
    const { room } = this;
    if (this.setup.sources.held.length === 0) {
      const count = this.loadRuns(from, to, room.entries);
      room.sort(count, sharedBits(from, to));
      return count;
    }
    const step = RANGES / SHELVES;
    let count = 0;
    for (let range = from; range < to; range += step) {
      const at = room.entries + count * ENTRY_BYTES;
      let own = this.loadShelf(range / step, at);
      own += this.loadRuns(range, range + step, at + own * ENTRY_BYTES);
      room.sort(own, SHELF_BITS, at);
      count += own;
    }
    return count;
  }

  private loadShelf(shelf: number, at: number): number {
    let count = 0;
    for (const held of this.held) count += this.reader.read(held, shelf, at + count * ENTRY_BYTES);
    return count;
  }

  private loadRuns(from: number, to: number, at: number): number {
    let count = 0;
    for (const run of this.setup.sources.runs) {
      const blockOf = this.staging.place(run.blockOf);
      count += loadRun(run, [from, to], this, blockOf, at + count * ENTRY_BYTES, this.room.scratch);
    }
    return count;
  }

  /** Jobs are begun in order, so those before are done or under way. */
  private keysBefore(number: number): number {
    const { keysOf } = this.setup;
    for (; this.passed < number; this.passed++) {
      while (Atomics.load(keysOf, this.passed) === 0) Atomics.wait(keysOf, this.passed, 0, WAIT_MS);
      this.keysPassed += Atomics.load(keysOf, this.passed) - 1;
    }
    return this.keysPassed;
  }
}
