import type { SketchScheme } from '../model/sketch.js';
import type { HashCore } from './hash-core.js';
import { allocate } from './load.js';

/** What `sketchLines` stops for, beside what hash-core.ts names: the rows have to be taken. */
export const ROWS_FULL = 16;

/** Records sketched at a time. Their signatures are 128 KB, which stay in the second cache. */
const ROWS = 256;
const ROW_WORDS = 12;
/** Room of assembly/sketch-shingles.ts. */
const SHINGLES = 65536;
const WINDOW = 2048 + 64;
const LETTERS = 65536 + 64;
/** Small grams that a record may add: assembly/sketch.ts wants room for so many before it begins one. */
export const MOST_GRAMS = 1 << 20;
const SMALL = MOST_GRAMS + (1 << 16);

/** One sketched record. */
export interface SketchRow {
  /** Bytes [start, end) of the input buffer: the line of a JSON record. */
  readonly start: number;
  readonly end: number;
  /** Lines since the call began, this one included. */
  readonly line: number;
  readonly notUtf8: boolean;
  readonly tokens: number;
  /** Positions, not distinct shingles; 0 only where there is no token. */
  readonly shingles: number;
  /** Small grams of the rows up to this one, it included. */
  readonly smallEnd: number;
}

/** Sketches records that stand in a core's input buffer: signatures, band keys, digests, small grams. Rows of one batch. */
export class SketchCore {
  readonly core: HashCore;
  readonly scheme: SketchScheme;
  private readonly memory: WebAssembly.Memory;
  private readonly at: Readonly<Record<'rows' | 'signatures' | 'bands' | 'shingles' | 'small', number>>;

  constructor(core: HashCore, memory: WebAssembly.Memory, scheme: SketchScheme) {
    this.core = core;
    this.memory = memory;
    this.scheme = scheme;
    const { bins, bands, rows } = scheme;
    const sizes = [
      ROWS * ROW_WORDS * 4,
      ROWS * bins * 4,
      ROWS * bands * 8,
      SHINGLES * 8,
      SMALL * 8,
      WINDOW * 8,
      LETTERS * 4,
      bins * 4,
    ].map((bytes) => (bytes + 63) & ~63);
    let next = allocate(
      memory,
      sizes.reduce((a, b) => a + b),
    );
    const places = sizes.map((bytes) => {
      next += bytes;
      return next - bytes;
    });
    const [rowsAt, signatures, bandsAt, shingles, small, window, letters, dense] = places;
    this.at = { rows: rowsAt, signatures, bands: bandsAt, shingles, small };
    const { core: wasm } = core;
    wasm.placeShingles(shingles, window, letters, small, SMALL);
    this.keepGramsBelow(scheme.smallBelow);
    wasm.placeBins(dense, scheme.method === 'k-permutation' ? 1 : 0);
    wasm.setBins(bins, bands, rows);
    wasm.placeSketch(rowsAt, signatures, bandsAt, ROWS, bands);
  }

  /** Records in the batch. */
  get length(): number {
    return this.core.core.sketchRows.value;
  }

  /** From now on only grams of eight tokens with a hash below this are kept. */
  keepGramsBelow(limit: bigint): void {
    const { unit, size } = this.scheme.shingle;
    this.core.core.setShingles(unit === 'characters' ? 1 : 0, size, limit);
  }

  /** Begins a batch: views of the one before change under whoever keeps them. */
  reset(): void {
    this.core.core.sketchReset();
  }

  row(i: number): SketchRow {
    if (i < 0) return { start: 0, end: 0, line: 0, notUtf8: false, tokens: 0, shingles: 0, smallEnd: 0 };
    const [start, end, line, status, , , , , tokens, shingles, smallEnd] = new Uint32Array(
      this.memory.buffer,
      this.at.rows + i * ROW_WORDS * 4,
      ROW_WORDS,
    );
    const { input } = this.core;
    return { start: start - input, end: end - input, line, notUtf8: status !== 0, tokens, shingles, smallEnd };
  }

  /** {exact low, exact high, normalised low, normalised high} of a record. */
  digests(i: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.at.rows + i * ROW_WORDS * 4 + 16, 4);
  }

  /** Least value of every bin; EMPTY where no shingle fell into it. */
  signature(i: number): Uint32Array {
    const { bins } = this.scheme;
    return new Uint32Array(this.memory.buffer, this.at.signatures + i * bins * 4, bins);
  }

  /** Low and high word of every band's key. */
  bandKeys(i: number): Uint32Array {
    const { bands } = this.scheme;
    return new Uint32Array(this.memory.buffer, this.at.bands + i * bands * 8, bands * 2);
  }

  /** Small grams [from, to) of the batch: low and high words. */
  smallGrams(from: number, to: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.at.small + from * 8, (to - from) * 2);
  }

  /** Adds a text to the batch; it is put behind the first `at` bytes of the input, which stay as they are. */
  sketchText(text: string, at = 0): void {
    const [from, end] = this.core.placeText(text, at);
    this.core.core.sketchText(from, end);
  }

  /** Distinct shingles of a text, ascending: the upper 53 bits of their hashes, which are exact as numbers. */
  shinglesOf(text: string): Float64Array {
    const [from, end] = this.core.placeText(text, 0);
    const wasm = this.core.core;
    const pieces: Float64Array[] = [];
    let p = from;
    for (let first = 1; ; first = 0) {
      const wasEnd = p >= end;
      p = wasm.shingleText(p, end, first) >>> 0;
      pieces.push(this.upperBits(wasm.shinglesWritten()));
      if (wasEnd) break;
    }
    return distinct(pieces);
  }

  /** Digest of the words of the text that `shinglesOf` was last asked about: 53 bits. */
  wordsDigest(): number {
    return this.core.core.wordsDigest.value;
  }

  /** Signs shingles given by their hashes (low and high words), as the only record of the batch: for tests and measuring. */
  sign(hashes: Uint32Array): void {
    new Uint32Array(this.memory.buffer, this.at.shingles, hashes.length).set(hashes);
    this.core.core.signShingles(this.at.shingles, hashes.length / 2);
  }

  private upperBits(count: number): Float64Array {
    const words = new Uint32Array(this.memory.buffer, this.at.shingles, count * 2);
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = words[2 * i + 1] * 2 ** 21 + (words[2 * i] >>> 11);
    return values;
  }
}

function distinct(pieces: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  all.sort();
  let length = 0;
  for (const value of all) if (length === 0 || all[length - 1] !== value) all[length++] = value;
  return all.slice(0, length);
}
