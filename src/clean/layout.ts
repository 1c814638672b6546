import type { InputFile, TextPaths } from '../model/input.js';
import type { ByteQueue } from '../read/byte-queue.js';
import { delimiterOf, isUnquoted, TABLE_HEAD } from '../read/csv-records.js';
import { textPlace } from '../read/document-text.js';
import { parseJson } from '../read/json-record.js';
import type { Reading } from '../read/reading.js';
import { jsonValueEnd, jsonValues } from './json-strings.js';
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
  /** The records that share this line, where several do. */
  sharing?(line: Uint8Array): readonly Uint8Array[] | undefined;
}

const NEWLINE = 0x0a;

/** Undefined for Parquet, whose records do not lie in a row. */
export function layoutOf(file: InputFile, reading: Reading): Layout | undefined {
  switch (file.container) {
    case 'jsonl':
      return new Json(reading, false, (bytes) => bytes.indexOf(NEWLINE) + 1 || -1);
    case 'json':
      return new Json(reading, true, (bytes) => jsonValueEnd(bytes, 0));
    case 'csv':
    case 'tsv':
      return new Rows(file.container, reading.all);
    case 'text':
      return new Whole();
    case 'parquet':
      return undefined;
  }
}

/** Records of JSON: a line each, or the elements of a list. */
class Json implements Layout {
  readonly hasCommas: boolean;
  readonly recordEnd: (bytes: Uint8Array) => number;
  private readonly reading: Reading;

  constructor(reading: Reading, hasCommas: boolean, recordEnd: (bytes: Uint8Array) => number) {
    this.reading = reading;
    this.hasCommas = hasCommas;
    this.recordEnd = recordEnd;
  }

  async begin(): Promise<void> {
    return Promise.resolve();
  }

  /** What cannot be parsed the core has read all the same: it minds the structure alone. */
  textOf(record: Uint8Array): RecordText | undefined {
    const value = parsedRecord(record);
    const place = value === undefined ? { paths: this.reading.all } : textPlace(value, this.reading);
    return place && jsonText(record, place);
  }

  sharing(line: Uint8Array): readonly Uint8Array[] | undefined {
    return this.hasCommas ? undefined : jsonValues(line);
  }
}

/** Undefined where it is no JSON. */
export function parsedRecord(record: Uint8Array): unknown {
  try {
    return parseJson(
      Buffer.from(record)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    );
  } catch {
    return undefined;
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
    const wanted = this.paths.filter(({ length }) => length === 1).map(([name]) => name);
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
