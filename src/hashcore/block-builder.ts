import { DIGEST_BYTES } from './layout.js';
import { allocate } from './load.js';
import type { CoreExports } from './load.js';

/** Keys of a coded block, and what stands for no block and the first source in an entry (assembly/collapse.ts). */
export const BLOCK_KEYS = 4096;
export const NO_BLOCK = 0xffffffff;
/** Sources that an index can tell apart: bits of a number. */
export const MOST_SOURCES = 32;

/** The columns of an index, by number. Keys are read first, then documents. */
export const COLUMNS = { keys: 0, documents: 1, sources: 2, locations: 3 } as const;
export type ColumnName = keyof typeof COLUMNS;

/** Bytes behind a coded block that may be looked at. */
const PADDING_BYTES = 16;

/** How an index's columns are coded. */
export interface Coding {
  /** Leading bits of a hash that are kept. */
  readonly keyBits: number;
  /** Bits of a set of sources: their number, or 0 where there is one alone. */
  readonly sourceBits: number;
  /** Blocks that there are, and bits of a block's number. */
  readonly blocks: number;
  readonly blockBits: number;
  /** Blocks kept for a key, at most. */
  readonly mostBlocks: number;
}

export function codingOf(keyBits: number, sources: number, blocks: number, mostBlocks: number): Coding {
  const blockBits = mostBlocks > 0 ? Math.max(1, Math.ceil(Math.log2(blocks))) : 0;
  return { keyBits, sourceBits: sources > 1 ? sources : 0, blocks, blockBits, mostBlocks };
}

/** Some keys of a block and what is known of them: its columns, before they are coded. */
export interface BlockKeys {
  /** Low and high halves. */
  readonly keys: Uint32Array;
  readonly documents: Uint32Array;
  readonly sources: Uint32Array;
  readonly listed: Uint32Array;
  readonly blocks: Uint32Array;
}

/** One block's keys and what is known of them, in a core's memory, with room for its code. */
export class BlockBuilder {
  private readonly memory: WebAssembly.Memory;
  private readonly core: CoreExports;
  private readonly coding: Coding;
  private readonly at: number;
  private readonly codeBytes: number;
  private readonly code: number;
  private readonly digestAt: number;
  private readonly numbered: boolean;
  private held = 0;

  /** `numbered`: its entries are those of a build (assembly/collapse.ts), with numbers of documents. */
  constructor(memory: WebAssembly.Memory, core: CoreExports, coding: Coding, numbered = false) {
    this.numbered = numbered;
    this.memory = memory;
    this.core = core;
    this.coding = coding;
    const columnBytes = BLOCK_KEYS * (20 + 4 * coding.mostBlocks);
    // A block's list is the longest: its length and as many numbers, each of 32 bits at most.
    this.codeBytes = BLOCK_KEYS * (16 + 4 * coding.mostBlocks);
    this.at = allocate(memory, columnBytes + this.codeBytes + PADDING_BYTES + DIGEST_BYTES);
    this.code = this.at + columnBytes;
    this.digestAt = this.code + this.codeBytes + PADDING_BYTES;
  }

  /** Keys in the builder. */
  get count(): number {
    return this.held;
  }

  clear(): void {
    this.held = 0;
  }

  /** Begins as if there were so many keys already: others hold them. */
  skip(keys: number): void {
    this.held = keys;
  }

  /** Documents and blocks of all its keys. */
  sums(): { readonly documents: number; readonly blocks: number } {
    this.place();
    this.core.sumBlock();
    return { documents: this.core.documentsBuilt.value, blocks: this.core.blocksBuilt.value };
  }

  /** Its keys from number `from` on, for another builder with the same coding. */
  copy(from: number): BlockKeys {
    const { held, coding } = this;
    return {
      keys: this.keyWords().slice(2 * from, 2 * held),
      documents: this.documents().slice(from, held),
      sources: this.sources().slice(from, held),
      listed: this.listed().slice(from, held),
      blocks: this.blocks().slice(from * coding.mostBlocks, held * coding.mostBlocks),
    };
  }

  /** Takes another builder's keys behind its own. */
  append({ keys, documents, sources, listed, blocks }: BlockKeys): void {
    this.keyWords().set(keys, 2 * this.held);
    this.documents().set(documents, this.held);
    this.sources().set(sources, this.held);
    this.listed().set(listed, this.held);
    this.blocks().set(blocks, this.held * this.coding.mostBlocks);
    this.held += documents.length;
  }

  /** Takes keys from sorted entries in [at, end) until it is full; returns where it stopped. */
  collapse(at: number, end: number): number {
    this.place();
    const stop = this.core.collapse(at, end) >>> 0;
    this.held = this.core.built.value;
    return stop;
  }

  /** One column's code; valid until the next call. */
  encode(column: ColumnName): Uint8Array {
    this.place();
    const length = this.core.encodeBlock(COLUMNS[column], this.code);
    return new Uint8Array(this.memory.buffer, this.code, length);
  }

  /** Low and high half of the xxh64 of the code that `encode` left last. */
  digest(bytes: number): [low: number, high: number] {
    const digest = this.core.digestWhole(this.digestAt, this.code, bytes);
    return [Number(BigInt.asUintN(32, digest)), Number(BigInt.asUintN(32, digest >> 32n))];
  }

  /** Room for `bytes` of code to be decoded; undefined where no block is as long. */
  room(bytes: number): Uint8Array | undefined {
    return bytes <= this.codeBytes ? new Uint8Array(this.memory.buffer, this.code, bytes) : undefined;
  }

  /** Takes one column from the code in `room`; false where that is none. */
  decode(column: ColumnName, bytes: number): boolean {
    this.place();
    const good = this.core.decodeBlock(COLUMNS[column], this.code, bytes);
    if (column === 'keys') this.held = this.core.built.value;
    return Boolean(good);
  }

  /** Writes keys [from, to) as entries to `out`; returns how many. `blockOf` and `sourceOf`: addresses of u32[], or 0 to leave them out. */
  expand(from: number, to: number, blockOf: number, sourceOf: number, keyBits: number, out: number): number {
    this.place();
    return this.core.expandKeys(from, to, blockOf, sourceOf, keyBits, out);
  }

  /** The numbers of the keys that equal sorted queries (entries) are written to `out`; returns how many there are. */
  join(queries: number, count: number, out: number): number {
    this.place();
    return this.core.joinBlock(queries, count, out);
  }

  /** Keys as pairs of low and high half. */
  keyWords(): Uint32Array {
    return this.column(0, 2 * BLOCK_KEYS);
  }

  documents(): Uint32Array {
    return this.column(8 * BLOCK_KEYS, BLOCK_KEYS);
  }

  sources(): Uint32Array {
    return this.column(12 * BLOCK_KEYS, BLOCK_KEYS);
  }

  /** How many blocks each key has, and all keys' blocks, `mostBlocks` places each. */
  listed(): Uint32Array {
    return this.column(16 * BLOCK_KEYS, BLOCK_KEYS);
  }

  blocks(): Uint32Array {
    return this.column(20 * BLOCK_KEYS, BLOCK_KEYS * this.coding.mostBlocks);
  }

  private column(offset: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.at + offset, length);
  }

  /** Several builders share one core: each says where it is before it works. */
  private place(): void {
    const { keyBits, sourceBits, blockBits, blocks, mostBlocks } = this.coding;
    this.core.placeCodec(keyBits, sourceBits, blockBits, blocks);
    this.core.placeBuilder(this.at, mostBlocks, this.held, this.numbered ? 1 : 0);
  }
}
