import { EntryBuffer, LOG_WORDS, MOST_RUN_BLOCKS } from '../hashcore/entry-buffer.js';
import type { HashCore } from '../hashcore/hash-core.js';
import { allocate } from '../hashcore/load.js';
import { MOST_SHELVED, SHELF_BITS, placesOf, ShelfReader, Shelves, SHELVES, shelfSizes } from '../hashcore/shelves.js';
import type { ShelvesPlace } from '../hashcore/shelves.js';
import { PACKED_BYTES, SortRoom } from '../hashcore/sort-room.js';
import { SOURCE_BLOCK_BYTES } from '../model/index-manifest.js';
import { BlockStaging } from '../store/block-staging.js';
import { RANGES } from '../store/compose.js';
import { RunWriter } from '../store/run-file.js';
import type { Run } from '../store/run-file.js';
import type { Windows } from '../text/select.js';
import type { Fingerprinting } from './document-scanner.js';
import type { Unit } from './unit.js';

/** Entries written before they go on their shelves: 1 MB, which stays near the processor. */
export const BUFFER_ENTRIES = 1 << 16;

/** What a unit adds to the index besides its entries. */
export interface UnitFingerprints {
  readonly tokens: number;
  /** Pairs of a block of the unit's file and the first record that begins in it. */
  readonly blocks: readonly number[];
}

/** What a thread has in memory, and in no run. `blocks`: as in a run; `starts`: the document that each of them begins with. */
export interface HeldEntries {
  readonly thread: number;
  readonly place: ShelvesPlace;
  readonly documents: number;
  readonly blocks: number[];
  readonly starts: number[];
}

/** The same, but of the blocks only those behind the first `told`, which are known from before. */
export interface HeldNow extends HeldEntries {
  readonly told: number;
}

/** Gathers the fingerprints of units on shelves, and writes what is there as a run: when a batch ends, or memory does. */
export class RunBuilder implements Fingerprinting {
  /** Where a shelf is sorted. */
  room: SortRoom;
  shelves: Shelves;
  private readonly core: HashCore;
  private readonly memory: WebAssembly.Memory;
  private readonly windows: Windows;
  private readonly ranges: number;
  private readonly reader: ShelfReader;
  private readonly staging: BlockStaging;
  private buffer: EntryBuffer;
  private runs: Run[] = [];
  private path = '';
  private unit = 0;
  private isText = false;
  private textBytes = 0;
  private tokens = 0;
  private unitBlocks: number[] = [];
  private runBlocks: number[] = [];
  private runStarts: number[] = [];
  private told = 0;
  /** Of the core's log of blocks, so many are noted. */
  private noted = 0;

  /** `capacity`: entries held in memory. */
  constructor(core: HashCore, memory: WebAssembly.Memory, windows: Windows, capacity: number) {
    this.core = core;
    this.memory = memory;
    this.windows = windows;
    this.ranges = allocate(memory, RANGES * 4);
    this.room = new SortRoom(memory, core.core, MOST_SHELVED);
    this.shelves = new Shelves(memory, core.core, capacity);
    this.buffer = this.open(BUFFER_ENTRIES);
    this.reader = new ShelfReader(memory, core.core);
    this.staging = new BlockStaging(memory);
  }

  /** `path`: of the batch's runs, which get a number and an ending each. */
  beginBatch(path: string): void {
    this.path = path;
    this.runs = [];
  }

  /** The runs that were written meanwhile; `hold`: what is in memory stays there. */
  endBatch(hold: boolean): Run[] {
    this.shelve();
    if (!hold) this.writeRun();
    return this.runs;
  }

  held(thread: number): HeldNow {
    const { told, runBlocks, runStarts } = this;
    this.told = runStarts.length;
    const documents = this.core.core.documentCount.value;
    const untold = { blocks: runBlocks.slice(2 * told), starts: runStarts.slice(told) };
    return { thread, place: this.shelves.place, documents, ...untold, told };
  }

  beginUnit(number: number, unit: Unit): void {
    this.unit = number;
    this.isText = unit.kind === 'documents';
    this.textBytes = 0;
    this.tokens = -this.core.core.selectedTokens.value;
    this.unitBlocks = [];
    this.core.core.openFile();
  }

  endUnit(): UnitFingerprints {
    this.noteBlocks();
    return { tokens: this.tokens + this.core.core.selectedTokens.value, blocks: this.unitBlocks };
  }

  beforeLines(address: number, offset: number, lines: number): void {
    this.tidy();
    this.core.core.placeOrigin(address, offset, lines);
  }

  /** Where records have no place in bytes of their own, their texts' lengths are what blocks are cut by. */
  beforeText({ record, offset }: { readonly record: number; readonly offset: number }, bytes: number): void {
    this.tidy();
    const at = this.isText ? this.textBytes : offset;
    this.textBytes += bytes;
    this.core.core.placeTextOrigin(Math.floor(at / SOURCE_BLOCK_BYTES), record);
  }

  /** A document that does not fit an empty buffer gets a larger one. */
  makeRoom(): void {
    if (this.buffer.count > 0) {
      this.shelve();
      return;
    }
    this.writeRun();
    this.buffer = this.open(2 * this.buffer.capacity);
    if (!this.shelves.hasRoom(this.buffer.capacity))
      this.shelves = new Shelves(this.memory, this.core.core, 2 * this.buffer.capacity);
  }

  /** Between documents. */
  private tidy(): void {
    if (this.core.core.blockCount.value >= MOST_RUN_BLOCKS) this.writeRun();
    else if (2 * this.buffer.count > this.buffer.capacity) this.shelve();
  }

  private open(capacity: number): EntryBuffer {
    const buffer = new EntryBuffer(this.memory, this.core.core, capacity);
    buffer.select(this.windows);
    return buffer;
  }

  /** Puts the buffer's entries on their shelves, and makes sure that the next ones find room there. */
  private shelve(): void {
    this.shelves.take(this.buffer.entries, this.buffer.count);
    this.core.core.takeEntries();
    if (!this.shelves.hasRoom(this.buffer.capacity)) this.writeRun();
  }

  private writeRun(): void {
    this.shelves.take(this.buffer.entries, this.buffer.count);
    this.noteBlocks();
    if (!this.shelves.isEmpty) {
      const file = `${this.path}.${this.runs.length}.run`;
      const entries = this.write(file);
      this.runs.push({ file: file.slice(file.lastIndexOf('/') + 1), entries, blocks: this.runBlocks });
      this.shelves.clear();
    }
    this.openRun();
  }

  private write(file: string): number {
    const { memory } = this;
    const ranges = new Uint8Array(memory.buffer, this.ranges, RANGES * 4).fill(0);
    const writer = new RunWriter(file);
    const { place } = this.shelves;
    const room = this.roomFor(Math.max(...shelfSizes(place)));
    const places = this.staging.place(placesOf(this.runStarts, this.core.core.documentCount.value));
    const own = { place, isOwn: true, places, blockOf: 0, firstDocument: 0 };
    for (let shelf = 0; shelf < SHELVES; shelf++) {
      const count = this.reader.read(own, shelf, room.entries);
      room.sort(count, SHELF_BITS);
      const packed = this.core.core.packRun(room.entries, count, this.ranges);
      writer.write(new Uint8Array(memory.buffer, room.entries, packed * PACKED_BYTES));
    }
    return writer.finish(ranges);
  }

  /** One document alone may have more on a shelf than there is room for. */
  private roomFor(size: number): SortRoom {
    if (size > this.room.capacity) this.room = new SortRoom(this.memory, this.core.core, size);
    return this.room;
  }

  private openRun(): void {
    this.tokens += this.core.core.selectedTokens.value;
    this.core.core.openRun();
    this.noted = 0;
    this.runBlocks = [];
    this.runStarts = [];
    this.told = 0;
  }

  /** The core numbers blocks as it meets them; a block that goes on in another run is met again. */
  private noteBlocks(): void {
    const log = this.buffer.blocks(this.noted);
    this.noted += log.length / LOG_WORDS;
    for (let i = 0; i < log.length; i += LOG_WORDS) {
      const [block, record, document] = log.subarray(i, i + LOG_WORDS);
      this.runBlocks.push(this.unit, block);
      this.runStarts.push(document);
      if (this.unitBlocks[this.unitBlocks.length - 2] !== block) this.unitBlocks.push(block, record);
    }
  }
}
