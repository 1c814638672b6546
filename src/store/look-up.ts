import type { BlockBuilder } from '../hashcore/block-builder.js';
import { NO_BLOCK } from '../hashcore/block-builder.js';
import type { EntryBuffer } from '../hashcore/entry-buffer.js';
import { ENTRY_BYTES } from '../hashcore/sort-room.js';
import type { IndexReader } from './index-reader.js';

/** A key of the index that the benchmarks have too. */
export interface FoundKey {
  /** Its first bits, up to 53, as a number: enough to tell it from the few others of a block. */
  readonly short: number;
  readonly documents: number;
  /** A bit a source of the index. */
  readonly sources: number;
  /** Blocks of the source files, ascending; the first few where there are many. */
  readonly blocks: readonly number[];
}

/** A gram of a text that the index holds, by its last token; `key` is an index into the keys found. */
export interface TextHit {
  readonly text: number;
  readonly token: number;
  readonly key: number;
}

export interface LookUps {
  readonly keys: readonly FoundKey[];
  /** By text, then token. */
  readonly hits: readonly TextHit[];
  readonly lookUps: number;
}

/** The first 53 bits of a key, or as many as an index keeps. */
export function shortKey(low: number, high: number, keyBits: number): number {
  const short = high * 2 ** 21 + (low >>> 11);
  return keyBits >= 53 ? short : Math.floor(short / 2 ** (53 - keyBits));
}

/**
 * Looks up the first `count` entries of the buffer: keys with their text and last token. They are sorted and met with the
 * index's keys block by block; a block without any is not read, and neighbours are read together, so that many look-ups cost
 * one pass over the index and few cost a read each.
 */
export function lookUp(
  reader: IndexReader,
  buffer: EntryBuffer,
  count: number,
  memory: WebAssembly.Memory,
  builder: BlockBuilder,
): LookUps {
  buffer.sort(count);
  const queries = buffer.words(count);
  const keys: FoundKey[] = [];
  const hits: TextHit[] = [];
  let query = 0;
  for (let block = 0; block < reader.blocks && query < count; block++) {
    const end = block + 1 < reader.blocks ? firstNotBelow(queries, query, count, reader, block + 1) : count;
    if (end > query) {
      reader.loadKeys(builder, block);
      const from = buffer.entries + query * ENTRY_BYTES;
      if (builder.join(from, end - query, buffer.scratch) > 0) {
        reader.loadRest(builder, block);
        const numbers = new Uint32Array(memory.buffer, buffer.scratch, end - query);
        take(numbers, queries.subarray(4 * query, 4 * end), builder, reader, keys, hits);
      }
    }
    query = end;
  }
  hits.sort((a, b) => a.text - b.text || a.token - b.token);
  return { keys, hits, lookUps: count };
}

/** The first query from `from` on whose key is not below the first key of a block. */
function firstNotBelow(queries: Uint32Array, from: number, count: number, reader: IndexReader, block: number): number {
  const high = reader.firstKeyHigh(block);
  const low = reader.firstKeyLow(block);
  let below = from;
  let step = 1;
  const isBelow = (i: number): boolean =>
    queries[4 * i + 1] < high || (queries[4 * i + 1] === high && queries[4 * i] < low);
  while (below + step <= count && isBelow(below + step - 1)) {
    below += step;
    step *= 2;
  }
  for (let to = Math.min(count, below + step); below < to;) {
    const middle = (below + to) >> 1;
    if (isBelow(middle)) below = middle + 1;
    else to = middle;
  }
  return below;
}

/** Queries of one key come one behind another. */
function take(
  numbers: Uint32Array,
  queries: Uint32Array,
  builder: BlockBuilder,
  { coding: { mostBlocks, keyBits } }: IndexReader,
  keys: FoundKey[],
  hits: TextHit[],
): void {
  let last = NO_BLOCK;
  const listed = builder.listed();
  const blocks = builder.blocks();
  numbers.forEach((number, i) => {
    if (number === NO_BLOCK) return;
    if (number !== last) {
      const first = number * mostBlocks;
      keys.push({
        short: shortKey(queries[4 * i], queries[4 * i + 1], keyBits),
        documents: builder.documents()[number],
        sources: builder.sources()[number],
        blocks: mostBlocks > 0 ? [...blocks.subarray(first, first + listed[number])] : [],
      });
    }
    last = number;
    hits.push({ text: queries[4 * i + 2], token: queries[4 * i + 3], key: keys.length - 1 });
  });
}
