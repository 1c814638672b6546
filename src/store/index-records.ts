import type { IndexedFile, IndexPart, RecordColumns } from '../model/index-manifest.js';
import type { Digester } from '../report/digest.js';
import { decodeBands } from './band-code.js';
import type { BandEntries } from './band-code.js';
import { ColumnReader, damaged } from './column-reader.js';
import { RANGES } from './compose.js';
import { BANDS, BANDS_NUMBER, SIGNATURES, SIGNATURES_NUMBER } from './record-writer.js';
import { KEY_RANGE_SHIFT, Renumbered } from './record-source.js';
import type { RecordPiece, RecordRow, RecordSource } from './record-source.js';
import { BLOCK_ROWS, rowsOf } from './row-block.js';

/** The records of an index: signatures by row, and rows by the keys of their bands. */
export class IndexRecords {
  readonly columns: RecordColumns;
  /** The number of the first row of each file; last, how many there are. */
  readonly firstRows: readonly number[];
  private readonly signatures: ColumnReader;
  private readonly bands: ColumnReader;
  private readonly fileStarts: ReadonlySet<number>;
  private held: { readonly block: number; readonly rows: readonly RecordRow[] } = { block: -1, rows: [] };

  constructor(
    folder: string,
    columns: RecordColumns,
    files: readonly IndexedFile[],
    part: (name: string) => IndexPart,
    digester: Digester,
  ) {
    this.columns = columns;
    let rows = 0;
    const starts = files.map(({ signed = 0 }) => (rows += signed) - signed);
    this.firstRows = [...starts, rows];
    this.fileStarts = new Set(starts);
    this.signatures = new ColumnReader(folder, part(SIGNATURES), SIGNATURES_NUMBER, digester);
    this.bands = new ColumnReader(folder, part(BANDS), BANDS_NUMBER, digester);
    if (rows !== columns.records || this.signatures.blocks !== Math.ceil(rows / BLOCK_ROWS))
      throw damaged(this.signatures.path, 'it has another number of records than the manifest says');
  }

  /** The row's record in its file, and its signature: a view, until another row is asked for. */
  row(row: number): RecordRow {
    const block = Math.floor(row / BLOCK_ROWS);
    if (this.held.block !== block) this.held = { block, rows: this.rowsOfBlock(block) };
    return this.held.rows[row - block * BLOCK_ROWS];
  }

  /** The file that a row is of, by number. */
  fileOf(row: number): number {
    const { firstRows } = this;
    let low = 0;
    for (let high = firstRows.length - 1; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (firstRows[middle] <= row) low = middle;
      else high = middle;
    }
    return low;
  }

  get bandBlocks(): number {
    return this.bands.blocks;
  }

  firstKey(block: number): number {
    return this.bands.firstKeyHigh(block);
  }

  bandsOf(block: number): BandEntries {
    const entries = decodeBands(this.bands.block(block), this.columns.records);
    if (!entries || entries.keys[0] !== this.firstKey(block))
      throw damaged(this.bands.path, `block ${block} of ${this.bands.blocks} cannot be decoded`);
    return entries;
  }

  /** Reads everything; gives the blocks read, or throws where something does not fit. */
  verify(): number {
    for (let block = 0; block < this.signatures.blocks; block++) this.rowsOfBlock(block);
    let last = 0;
    let entries = 0;
    for (let block = 0; block < this.bands.blocks; block++) {
      const { keys, count } = this.bandsOf(block);
      if (keys[0] < last) throw damaged(this.bands.path, `the keys of block ${block} are out of order`);
      last = keys[count - 1];
      entries += count;
    }
    if (entries !== this.columns.records * this.columns.bands)
      throw damaged(this.bands.path, 'it has another number of keys than the manifest says');
    return this.signatures.blocks + this.bands.blocks;
  }

  close(): void {
    this.signatures.close();
    this.bands.close();
  }

  private rowsOfBlock(block: number): readonly RecordRow[] {
    const first = block * BLOCK_ROWS;
    const count = Math.min(BLOCK_ROWS, this.columns.records - first);
    const rows = rowsOf(this.signatures.block(block).slice(), first, count, (row) => this.fileStarts.has(row));
    if (!rows) throw damaged(this.signatures.path, `block ${block} of ${this.signatures.blocks} cannot be decoded`);
    return rows;
  }
}

/** The records of an index, to be put together with others'. */
export class IndexRecordSource implements RecordSource {
  readonly pieces: readonly RecordPiece[];
  readonly ranges: Float64Array;
  private readonly records: IndexRecords;

  /** `inputs`: which file of the new index each of its files is. */
  constructor(records: IndexRecords, inputs: readonly number[]) {
    this.records = records;
    const { firstRows } = records;
    const rowsOfFile = function* (from: number, to: number): Generator<RecordRow> {
      for (let row = from; row < to; row++) yield records.row(row);
    };
    this.pieces = inputs.map((input, file) => {
      const [from, to] = [firstRows[file], firstRows[file + 1]];
      return { input, order: 0, count: to - from, rows: () => rowsOfFile(from, to) };
    });
    this.ranges = estimate(records);
  }

  load(from: number, to: number, firstRows: readonly number[], take: (key: number, row: number) => void): void {
    const { records } = this;
    const renumbered = new Renumbered(this.pieces, firstRows);
    for (let block = firstBlock(records, from); block < records.bandBlocks; block++) {
      if (records.firstKey(block) >>> KEY_RANGE_SHIFT >= to) break;
      const { keys, rows } = records.bandsOf(block);
      for (let i = 0; i < keys.length; i++) {
        const range = keys[i] >>> KEY_RANGE_SHIFT;
        if (range >= from && range < to) take(keys[i], renumbered.of(rows[i]));
      }
    }
  }
}

/** The last block that begins before a range, or the first of all. */
function firstBlock(records: IndexRecords, range: number): number {
  let low = 0;
  for (let high = records.bandBlocks; low < high;) {
    const middle = (low + high) >> 1;
    if (records.firstKey(middle) >>> KEY_RANGE_SHIFT < range) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** A block's keys are spread evenly over the ranges that it reaches over. */
function estimate(records: IndexRecords): Float64Array {
  const ranges = new Float64Array(RANGES);
  const { bandBlocks, columns } = records;
  const each = bandBlocks === 0 ? 0 : (columns.records * columns.bands) / bandBlocks;
  for (let block = 0; block < bandBlocks; block++) {
    const first = records.firstKey(block) >>> KEY_RANGE_SHIFT;
    const last = block + 1 < bandBlocks ? records.firstKey(block + 1) >>> KEY_RANGE_SHIFT : RANGES - 1;
    for (let i = first; i <= last; i++) ranges[i] += each / (last - first + 1);
  }
  return ranges;
}
