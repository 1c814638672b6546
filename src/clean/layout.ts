import type { InputFile, TextPaths } from '../model/input.js';
import type { ByteQueue } from '../read/byte-queue.js';
import { delimiterOf, isUnquoted, TABLE_HEAD } from '../read/csv-records.js';
import { jsonValueEnd } from './json-strings.js';
import { jsonText, rowText, wholeText } from './record-text.js';
import type { RecordText } from './record-text.js';
import { cellText, tableRow } from './table-row.js';
import type { Table } from './table-row.js';

/** How records lie in a container, as far as taking one out goes. */
export interface Layout {
  /** Looks at the start of the file, and leaves it in place. */
  begin(queue: ByteQueue): Promise<void>;
  /** Where the record that begins with these bytes ends, its line end included; −1: not in them, or with the file. */
  recordEnd(bytes: Uint8Array): number;
  /** Whether records are elements of a list. */
  readonly hasCommas: boolean;
  textOf(record: Uint8Array): RecordText | undefined;
}

const NEWLINE = 0x0a;

/** Undefined for Parquet, whose records do not lie in a row. */
export function layoutOf(file: InputFile, paths: TextPaths): Layout | undefined {
  switch (file.container) {
    case 'jsonl':
      return new Lines(paths);
    case 'json':
      return new Elements(paths);
    case 'csv':
    case 'tsv':
      return new Rows(file.container, paths);
    case 'text':
      return new Whole();
    case 'parquet':
      return undefined;
  }
}

class Lines implements Layout {
  readonly hasCommas = false;
  private readonly paths: TextPaths;

  constructor(paths: TextPaths) {
    this.paths = paths;
  }

  async begin(): Promise<void> {
    return Promise.resolve();
  }

  recordEnd(bytes: Uint8Array): number {
    return bytes.indexOf(NEWLINE) + 1 || -1;
  }

  textOf(record: Uint8Array): RecordText | undefined {
    return jsonText(record, this.paths);
  }
}

class Elements implements Layout {
  readonly hasCommas = true;
  private readonly paths: TextPaths;

  constructor(paths: TextPaths) {
    this.paths = paths;
  }

  async begin(): Promise<void> {
    return Promise.resolve();
  }

  recordEnd(bytes: Uint8Array): number {
    return jsonValueEnd(bytes, 0);
  }

  textOf(record: Uint8Array): RecordText | undefined {
    return jsonText(record, this.paths);
  }
}

class Rows implements Layout {
  readonly hasCommas = false;
  private readonly container: 'csv' | 'tsv';
  private readonly paths: TextPaths;
  private table: Table = { delimiter: ',', quotes: true };
  private columns: readonly number[] = [];

  constructor(container: 'csv' | 'tsv', paths: TextPaths) {
    this.container = container;
    this.paths = paths;
  }

  async begin(queue: ByteQueue): Promise<void> {
    await queue.has(TABLE_HEAD);
    const delimiter = delimiterOf(queue.held.subarray(0, TABLE_HEAD), this.container);
    this.table = { delimiter, quotes: delimiter !== '\t' || !isUnquoted(Buffer.from(queue.held)) };
    let row = tableRow(queue.held, 0, this.table);
    for (let size = 1; row.end < 0 && (await queue.has(size)); size = queue.held.length * 2)
      row = tableRow(queue.held, 0, this.table);
    const names = row.cells.map((cell) => cellText(queue.held, cell).replace(/^\ufeff/, ''));
    const wanted = this.paths.map(([name]) => name);
    this.columns = names.flatMap((name, i) => (wanted.includes(name) ? [i] : []));
  }

  recordEnd(bytes: Uint8Array): number {
    return tableRow(bytes, lineStart(bytes), this.table).end;
  }

  textOf(record: Uint8Array): RecordText | undefined {
    return rowText(record, lineStart(record), this.columns, this.table);
  }
}

/** Blank lines go with the row behind them. */
function lineStart(bytes: Uint8Array): number {
  let at = 0;
  while (bytes[at] === 0x0a || bytes[at] === 0x0d) at++;
  return at;
}

/** A file of text is one document. */
class Whole implements Layout {
  readonly hasCommas = false;

  async begin(): Promise<void> {
    return Promise.resolve();
  }

  recordEnd(): number {
    return -1;
  }

  textOf(record: Uint8Array): RecordText {
    return wholeText(record);
  }
}
