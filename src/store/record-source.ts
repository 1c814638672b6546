import { RANGE_BITS } from './compose.js';

/** A record with a signature. */
export interface RecordRow {
  /** 1-based, in its file. */
  readonly record: number;
  /** A view, until the next row is asked for. */
  readonly code: Uint8Array;
}

/** Rows of one file in order: all of them, or those of one stretch of it. */
export interface RecordPiece {
  /** Which file of the index they are of. */
  readonly input: number;
  /** Pieces of a file follow each other by this. */
  readonly order: number;
  readonly count: number;
  rows(): Generator<RecordRow>;
}

/** Something that holds rows and the keys of their bands: a batch of a build, an index. */
export interface RecordSource {
  readonly pieces: readonly RecordPiece[];
  /** How many keys each range has, about (compose.ts). */
  readonly ranges: Float64Array;
  /** Gives the keys of ranges [from, to). `firstRows`: the number that the first row of each piece has in the new index. */
  load(from: number, to: number, firstRows: readonly number[], take: (key: number, row: number) => void): void;
}

/** The first bits of a band's key are the range that it is in. */
export const KEY_RANGE_SHIFT = 32 - RANGE_BITS;

/** New numbers of rows: a piece's rows follow each other in both. */
export class Renumbered {
  private readonly starts: readonly number[];
  private readonly firstRows: readonly number[];

  constructor(pieces: readonly RecordPiece[], firstRows: readonly number[]) {
    let start = 0;
    this.starts = pieces.map(({ count }) => (start += count) - count);
    this.firstRows = firstRows;
  }

  of(row: number): number {
    const { starts } = this;
    let low = 0;
    for (let high = starts.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= row) low = middle;
      else high = middle;
    }
    return this.firstRows[low] + row - starts[low];
  }
}
