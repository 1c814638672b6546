import type { IndexPart, RecordColumns } from '../model/index-manifest.js';
import type { Digester } from '../report/digest.js';
import { BLOCK_BANDS, encodeBands, rowBitsOf } from './band-code.js';
import { BitWriter } from './bits.js';
import { ColumnWriter } from './column-writer.js';
import { RANGES } from './compose.js';
import type { RecordScheme } from './record-scheme.js';
import { KEY_RANGE_SHIFT } from './record-source.js';
import type { RecordPiece, RecordSource } from './record-source.js';
import { RowBlock } from './row-block.js';

export const SIGNATURES = 'signatures.column';
export const SIGNATURES_NUMBER = 5;
export const BANDS = 'bands.column';
export const BANDS_NUMBER = 6;

/** Keys of bands sorted at once: 32 MB, and as much while they are. */
const MOST_SORTED = 1 << 22;
/** Rows between two turns for others. */
const ROWS_A_TURN = 1 << 16;

export interface WrittenRecords {
  readonly columns: RecordColumns;
  /** How many rows each file has. */
  readonly signed: readonly number[];
  readonly parts: readonly IndexPart[];
}

/** Writes what is kept of records: signatures by file and record, the keys of their bands sorted. Yields now and then. */
export function* writeRecords(
  folder: string,
  files: number,
  sources: readonly RecordSource[],
  scheme: RecordScheme,
  digester: Digester,
): Generator<void, WrittenRecords> {
  const { firstRows, signed, inOrder, records } = layOut(files, sources);
  const signatures = yield* writeSignatures(new ColumnWriter(folder, SIGNATURES, SIGNATURES_NUMBER, digester), inOrder);
  const bands = new BandWriter(new ColumnWriter(folder, BANDS, BANDS_NUMBER, digester), records);
  yield* sortBands(sources, firstRows, bands);
  return { columns: { ...scheme, records }, signed, parts: [signatures, bands.finish()] };
}

interface LayOut {
  readonly firstRows: readonly (readonly number[])[];
  readonly signed: readonly number[];
  readonly inOrder: readonly RecordPiece[];
  readonly records: number;
}

/** Numbers the rows of all pieces through, by file and stretch. */
function layOut(files: number, sources: readonly RecordSource[]): LayOut {
  const all = sources.flatMap(({ pieces }, source) => pieces.map((piece, place) => ({ piece, source, place })));
  all.sort((a, b) => a.piece.input - b.piece.input || a.piece.order - b.piece.order);
  const firstRows = sources.map(({ pieces }) => pieces.map(() => 0));
  const signed = Array.from({ length: files }, () => 0);
  let records = 0;
  for (const { piece, source, place } of all) {
    firstRows[source][place] = records;
    records += piece.count;
    signed[piece.input] += piece.count;
  }
  return { firstRows, signed, inOrder: all.map(({ piece }) => piece), records };
}

function* writeSignatures(column: ColumnWriter, pieces: readonly RecordPiece[]): Generator<void, IndexPart> {
  const block = new RowBlock();
  let file = -1;
  let turn = 0;
  for (const piece of pieces) {
    if (piece.input !== file) block.openFile();
    file = piece.input;
    for (const { record, code } of piece.rows()) {
      block.add(record, code);
      if (block.isFull) column.block(block.take(), 0, 0);
      if (++turn % ROWS_A_TURN === 0) yield;
    }
  }
  if (!block.isEmpty) column.block(block.take(), 0, 0);
  return column.finish();
}

/** Some ranges of keys at a time are sorted, as numbers: a key's bits behind those that the ranges share, then the row's. */
function* sortBands(
  sources: readonly RecordSource[],
  firstRows: readonly (readonly number[])[],
  out: BandWriter,
): Generator<void, void> {
  const sizes = new Float64Array(RANGES);
  for (const { ranges } of sources) ranges.forEach((size, i) => (sizes[i] += size));
  const mostRanges = Math.min(RANGES, 2 ** (53 - rowBitsOf(out.records) - KEY_RANGE_SHIFT));
  let sorted = new Float64Array(1 << 12);
  for (let from = 0; from < RANGES;) {
    let to = from + 1;
    let size = sizes[from];
    while (to < RANGES && to - from < mostRanges && size + sizes[to] <= MOST_SORTED) size += sizes[to++];
    const base = from * 2 ** KEY_RANGE_SHIFT;
    let count = 0;
    const take = (key: number, row: number): void => {
      if (count === sorted.length) sorted = widened(sorted);
      sorted[count++] = (key - base) * 2 ** out.rowBits + row;
    };
    sources.forEach((source, i) => source.load(from, to, firstRows[i], take));
    for (const value of sorted.subarray(0, count).sort())
      out.add(base + Math.floor(value / 2 ** out.rowBits), value % 2 ** out.rowBits);
    from = to;
    yield;
  }
}

function widened(list: Float64Array): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(2 * list.length);
  wider.set(list);
  return wider;
}

class BandWriter {
  readonly records: number;
  readonly rowBits: number;
  private readonly column: ColumnWriter;
  private readonly writer = new BitWriter();
  private readonly keys = new Uint32Array(BLOCK_BANDS);
  private readonly rows = new Uint32Array(BLOCK_BANDS);
  private count = 0;

  constructor(column: ColumnWriter, records: number) {
    this.column = column;
    this.records = records;
    this.rowBits = rowBitsOf(records);
  }

  add(key: number, row: number): void {
    this.keys[this.count] = key;
    this.rows[this.count++] = row;
    if (this.count === BLOCK_BANDS) this.flush();
  }

  finish(): IndexPart {
    if (this.count > 0) this.flush();
    return this.column.finish();
  }

  private flush(): void {
    const { keys, rows, count } = this;
    // In the directory the key stands as the upper half, as a key of fingerprints does.
    this.column.block(encodeBands({ keys, rows, count }, this.rowBits, this.writer), rows[0], keys[0]);
    this.count = 0;
  }
}
