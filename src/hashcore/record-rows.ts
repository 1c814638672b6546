import type { SketchScheme } from '../model/sketch.js';
import type { HashCore } from './hash-core.js';
import { allocate } from './load.js';

/** Documents between two visits of the host; what it takes is some 50 KB. */
const ROWS = 256;
const ROW_BYTES = 64;
/** Room of assembly/sketch-shingles.ts. */
const SHINGLES = 65_536;
const WINDOW = 2048 + 64;

/** What the core writes of each document that it scans for an index with records (assembly/record-rows.ts). */
export class RecordRows {
  private readonly core: HashCore;
  private readonly memory: WebAssembly.Memory;
  private readonly bands: number;
  private readonly at: { readonly rows: number; readonly bands: number };

  /** From now on the core keeps rows. */
  constructor(core: HashCore, memory: WebAssembly.Memory, { bins, bands, rows, shingle }: SketchScheme) {
    this.core = core;
    this.memory = memory;
    this.bands = bands;
    const sizes = [ROWS * ROW_BYTES, ROWS * bands * 8, bins * 4, bins * 4, SHINGLES * 8, WINDOW * 8];
    let next = allocate(
      memory,
      sizes.reduce((a, b) => a + b),
    );
    const [rowsAt, bandsAt, signature, dense, shingles, window] = sizes.map((bytes) => {
      next += bytes;
      return next - bytes;
    });
    this.at = { rows: rowsAt, bands: bandsAt };
    const { core: wasm } = core;
    // No characters, no grams: only words are kept of an index's records.
    wasm.placeShingles(shingles, window, 0, 0, 0);
    wasm.setShingles(0, shingle.size, 0n);
    wasm.placeBins(dense, 0);
    wasm.setBins(bins, bands, rows);
    wasm.placeRows(rowsAt, bandsAt, signature, ROWS, bands);
  }

  get count(): number {
    return this.core.core.rowCount.value;
  }

  get isFull(): boolean {
    return this.count === ROWS;
  }

  reset(): void {
    this.core.core.resetRows();
  }

  /** Lines of the call up to the document, its own included; 0 of a plain text. */
  line(row: number): number {
    return this.words(row)[0];
  }

  /** The code of its signature, until the next call of the core. */
  code(row: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, this.at.rows + row * ROW_BYTES + 8, this.words(row)[1]);
  }

  /** The first 32 bits of its bands' keys: every second word of this. */
  bandWords(row: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.at.bands + row * this.bands * 8, this.bands * 2);
  }

  private words(row: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.at.rows + row * ROW_BYTES, 2);
  }
}
