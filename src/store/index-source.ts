import { ENTRY_BYTES } from '../hashcore/sort-room.js';
import { BLOCK_KEYS, BlockBuilder, MOST_SOURCES } from '../hashcore/block-builder.js';
import { allocate } from '../hashcore/load.js';
import { RANGE_BITS, RANGES } from './compose.js';
import type { EntrySource } from './compose.js';
import type { IndexReader } from './index-reader.js';
import type { Composer } from './write-index.js';

/** The first bits of a key are the range that it is in. */
const RANGE_SHIFT = 32 - RANGE_BITS;

/** How an index's numbers become those of the one it goes into. */
export interface Renumbering {
  /** New number of each block; undefined where blocks are left out. */
  readonly blockOf: Uint32Array | undefined;
  /** New number of each source; undefined where there is one alone. */
  readonly sourceOf: readonly number[] | undefined;
  readonly keyBits: number;
}

/** The entries of an index, to be put together with others. */
export class IndexSource implements EntrySource {
  readonly ranges: Float64Array;
  private readonly reader: IndexReader;
  private readonly builder: BlockBuilder;
  private readonly keyBits: number;
  private readonly blockOf: number;
  private readonly sourceOf: number;

  constructor(reader: IndexReader, renumbering: Renumbering, { memory, core }: Composer) {
    this.reader = reader;
    this.builder = new BlockBuilder(memory, core, reader.coding);
    this.keyBits = renumbering.keyBits;
    const place = (numbers: ArrayLike<number> | undefined): number => {
      if (!numbers || numbers.length === 0) return 0;
      const at = allocate(memory, 4 * Math.max(numbers.length, MOST_SOURCES));
      new Uint32Array(memory.buffer, at, numbers.length).set(numbers);
      return at;
    };
    this.blockOf = place(renumbering.blockOf);
    this.sourceOf = place(renumbering.sourceOf);
    this.ranges = this.estimate();
  }

  load(from: number, to: number, at: number, capacity: number): number {
    const { reader, builder } = this;
    let count = 0;
    for (let block = this.firstBlock(from); block < reader.blocks; block++) {
      if (reader.firstKeyHigh(block) >>> RANGE_SHIFT >= to) break;
      reader.loadKeys(builder, block);
      const first = this.firstKey(from);
      const last = this.firstKey(to);
      if (first === last) continue;
      reader.loadRest(builder, block);
      if (this.entries(first, last) > capacity - count) return -1;
      const out = at + count * ENTRY_BYTES;
      count += builder.expand(first, last, this.blockOf, this.sourceOf, this.keyBits, out);
    }
    return count;
  }

  /** The last block that begins before a range does, which may reach into it. */
  private firstBlock(range: number): number {
    let low = 0;
    let high = this.reader.blocks;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.reader.firstKeyHigh(middle) >>> RANGE_SHIFT < range) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** The first of the loaded keys that is in a range, or behind it. */
  private firstKey(range: number): number {
    const words = this.builder.keyWords();
    let low = 0;
    let high = this.builder.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[2 * middle + 1] >>> RANGE_SHIFT < range) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many entries the loaded keys [from, to) come to. */
  private entries(from: number, to: number): number {
    const listed = this.blockOf === 0 ? undefined : this.builder.listed();
    const sources = this.sourceOf === 0 ? undefined : this.builder.sources();
    let count = 0;
    for (let i = from; i < to; i++) {
      count += listed ? Math.max(1, listed[i]) : 1;
      for (let mask = sources ? sources[i] : 0; mask !== 0; mask &= mask - 1) count++;
    }
    return count;
  }

  /** A block's keys are spread evenly over the ranges that it reaches over. */
  private estimate(): Float64Array {
    const { reader } = this;
    const ranges = new Float64Array(RANGES);
    const { keys, locations, sources } = reader.manifest;
    const each = Math.max(1, this.blockOf === 0 ? 1 : locations / keys) + (this.sourceOf === 0 ? 0 : sources.length);
    for (let block = 0; block < reader.blocks; block++) {
      const first = reader.firstKeyHigh(block) >>> RANGE_SHIFT;
      const last = block + 1 < reader.blocks ? reader.firstKeyHigh(block + 1) >>> RANGE_SHIFT : RANGES - 1;
      for (let i = first; i <= last; i++) ranges[i] += (BLOCK_KEYS * each) / (last - first + 1);
    }
    return ranges;
  }
}
