import { EntryBuffer, MOST_RUN_BLOCKS, PACKED_BYTES } from '../hashcore/entry-buffer.js';
import type { HashCore } from '../hashcore/hash-core.js';
import { SOURCE_BLOCK_BYTES } from '../model/index-manifest.js';
import { writeRun } from '../store/run-file.js';
import type { Run } from '../store/run-file.js';
import type { Windows } from '../text/select.js';
import type { Fingerprinting } from './document-scanner.js';
import type { Unit } from './unit.js';

/** What a unit adds to the index besides its entries. */
export interface UnitFingerprints {
  readonly tokens: number;
  /** Pairs of a block of the unit's file and the first record that begins in it. */
  readonly blocks: readonly number[];
}

/** Gathers the fingerprints of a batch of units and writes them as runs: sorted, as many as there is memory for. */
export class RunBuilder implements Fingerprinting {
  private readonly core: HashCore;
  private readonly memory: WebAssembly.Memory;
  private readonly windows: Windows;
  private buffer: EntryBuffer;
  private runs: Run[] = [];
  private path = '';
  private unit = 0;
  private isText = false;
  private textBytes = 0;
  private tokens = 0;
  private unitBlocks: number[] = [];
  private runBlocks: number[] = [];
  /** Of the core's log of blocks, so many are noted. */
  private noted = 0;

  constructor(core: HashCore, memory: WebAssembly.Memory, windows: Windows, capacity: number) {
    this.core = core;
    this.memory = memory;
    this.windows = windows;
    this.buffer = this.open(capacity);
  }

  /** `path`: of the batch's runs, which get a number and an ending each. */
  beginBatch(path: string): void {
    this.path = path;
    this.runs = [];
    this.openRun();
  }

  endBatch(): Run[] {
    this.writeRun();
    return this.runs;
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
    if (this.core.core.blockCount.value >= MOST_RUN_BLOCKS) this.makeRoom();
    this.core.core.placeOrigin(address, offset, lines);
  }

  /** Where records have no place in bytes of their own, their texts' lengths are what blocks are cut by. */
  beforeText({ record, offset }: { readonly record: number; readonly offset: number }, bytes: number): void {
    if (this.core.core.blockCount.value >= MOST_RUN_BLOCKS) this.makeRoom();
    const at = this.isText ? this.textBytes : offset;
    this.textBytes += bytes;
    this.core.core.placeTextOrigin(Math.floor(at / SOURCE_BLOCK_BYTES), record);
  }

  /** Writes what there is as a run; a document that does not fit an empty buffer gets a larger one. */
  makeRoom(): void {
    if (this.buffer.count > 0) this.writeRun();
    else {
      this.noteBlocks();
      this.buffer = this.open(2 * this.buffer.capacity);
      this.openRun();
    }
  }

  private open(capacity: number): EntryBuffer {
    const buffer = new EntryBuffer(this.memory, this.core.core, capacity);
    buffer.select(this.windows);
    return buffer;
  }

  private writeRun(): void {
    this.noteBlocks();
    const count = this.buffer.count;
    if (count > 0) {
      this.buffer.sort(count);
      const entries = this.core.core.packRun(this.buffer.entries, count);
      const file = `${this.path}.${this.runs.length}.run`;
      writeRun(file, new Uint8Array(this.memory.buffer, this.buffer.entries, entries * PACKED_BYTES));
      this.runs.push({ file: file.slice(file.lastIndexOf('/') + 1), entries, blocks: this.runBlocks });
    }
    this.openRun();
  }

  private openRun(): void {
    this.tokens += this.core.core.selectedTokens.value;
    this.core.core.openRun();
    this.noted = 0;
    this.runBlocks = [];
  }

  /** The core numbers blocks as it meets them; a block that goes on in another run is met again. */
  private noteBlocks(): void {
    const pairs = this.buffer.blocks(this.noted);
    this.noted += pairs.length / 2;
    for (let i = 0; i < pairs.length; i += 2) {
      this.runBlocks.push(this.unit, pairs[i]);
      if (this.unitBlocks[this.unitBlocks.length - 2] !== pairs[i]) this.unitBlocks.push(pairs[i], pairs[i + 1]);
    }
  }
}
