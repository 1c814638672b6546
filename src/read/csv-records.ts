import { isUtf8 } from 'node:buffer';
import { parse, type Parser } from 'csv-parse';
import type { RawRecord } from '../model/document.js';
import { joinBytes } from './byte-queue.js';
import { isProse } from './prose.js';
import { tellReplaced, tooLong, type RecordSkip } from './record-skip.js';

/** Names that columns of texts have: a row with one of them is a header, whatever else is in it. */
const COLUMN_NAME =
  /^(id|idx|index|text|title|body|content|url|source|label|date|question|answer|prompt|response|completion|instruction|input|output)$/i;

/**
 * Rows of a table with a header row, as objects. Rows are numbered from 1, the header not counted; a first row with eight words
 * in a cell is read as a row, too, as no text is to be lost: its columns are then `column 1`, `column 2`, …, or the usual names
 * among its cells. The parser is written to chunk by chunk and hands rows over synchronously, so nothing is read ahead.
 */
export async function* csvRecords(
  bytes: AsyncIterable<Uint8Array>,
  container: 'csv' | 'tsv',
  maxRecordBytes: number,
  skip: RecordSkip,
): AsyncGenerator<RawRecord[]> {
  const rows = new Rows(skip);
  const utf8 = new Utf8Watch();
  let parser: Parser | undefined;
  let damage: { readonly cause: unknown } | undefined;
  try {
    for await (const chunk of fromHead(untilDamage(bytes, (cause) => (damage = { cause })))) {
      const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      parser ??= newParser(delimiterOf(buffer.subarray(0, TABLE_HEAD), container), buffer, maxRecordBytes, rows);
      const writer = parser;
      rows.sawOtherBytes = utf8.sees(buffer);
      const failure = await new Promise<Error | null | undefined>((resolve) => writer.write(buffer, resolve));
      yield* rows.take();
      if (failure) return void giveUp(failure, rows.next, maxRecordBytes, skip);
    }
    const writer = parser;
    if (writer === undefined) {
      if (damage) throw damage.cause;
      return;
    }
    const failure = await new Promise<Error | null | undefined>((resolve) => {
      writer.once('error', resolve);
      writer.end(() => resolve(undefined));
    });
    yield* rows.take();
    // An open quote is then the damage's.
    if (damage) throw damage.cause;
    if (failure) giveUp(failure, rows.next, maxRecordBytes, skip);
  } finally {
    parser?.destroy();
  }
}

/** The same bytes; what a table is judged by comes in one piece. */
async function* fromHead(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array[] | undefined = [];
  let size = 0;
  for await (const chunk of bytes) {
    if (head === undefined) {
      yield chunk;
      continue;
    }
    head.push(chunk);
    size += chunk.length;
    if (size < TABLE_HEAD) continue;
    yield joinBytes(head);
    head = undefined;
  }
  if (head !== undefined && size > 0) yield joinBytes(head);
}

/** The bytes before damage as if there were no more: the row that was cut is then read as far as it goes. */
async function* untilDamage(
  bytes: AsyncIterable<Uint8Array>,
  tell: (cause: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (cause) {
    tell(cause);
  }
}

/** Only an open quote makes the parser stop; where a row ends is then unknown, and with it everything after. */
function giveUp(failure: Error, record: number, maxRecordBytes: number, skip: RecordSkip): void {
  const isLong = 'code' in failure && failure.code === 'CSV_MAX_RECORD_SIZE';
  if (isLong) skip('record-too-long', record, tooLong(maxRecordBytes));
  const why = isLong ? 'a row is too long, perhaps for a quote that is never closed' : 'a quote is never closed';
  skip('corrupt-file', 0, `from row ${record} on it cannot be read: ${why}`);
}

/** Other delimiters that go by the name of CSV: spreadsheets write semicolons where the comma is the decimal sign. */
const OTHERS = [';', '|'] as const;

export type Delimiter = ',' | '\t' | (typeof OTHERS)[number];

/** Bytes of the beginning that a table is judged by. */
export const TABLE_HEAD = 64 * 1024;

/** The delimiter of a table that begins so: a comma, unless its first two lines have only another, between names in the first. */
export function delimiterOf(start: Uint8Array, container: 'csv' | 'tsv'): Delimiter {
  if (container === 'tsv') return '\t';
  const lines = Buffer.from(start)
    .toString('utf8')
    .split(/[\r\n]+/, 2);
  const [first, second] = lines.map((line) => line.replace(/"[^"]*"/g, 'quoted'));
  if (first.includes(',') || isProse(first)) return ',';
  const parts = (one: string): boolean =>
    first.includes(one) && first.split(one).every((name) => name.trim() !== '') && second?.includes(one);
  return OTHERS.find(parts) ?? ',';
}

function newParser(delimiter: string, start: Buffer, maxRecordBytes: number, rows: Rows): Parser {
  const quote = delimiter === '\t' && isUnquoted(start) ? false : '"';
  // Old Macs end lines with a carriage return alone.
  const lineEnds = start.includes('\n') || !start.includes('\r') ? ['\r\n', '\n'] : ['\r'];
  const parser = parse({
    delimiter,
    quote,
    bom: true,
    record_delimiter: lineEnds,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRecordBytes,
    on_record: (row: readonly string[], context: { readonly bytes: number }) => {
      rows.add(row, context.bytes);
      // Nothing goes to the parser's own output.
      return null;
    },
  });
  // Failures come back through the callbacks of write and end; without a listener they would also end the process.
  parser.on('error', () => undefined);
  return parser;
}

/** Many TSV files do not quote at all: every line has as many cells, and some cell only begins with a quote. */
export function isUnquoted(start: Buffer): boolean {
  const lines = start.toString('utf8').split(/\r?\n/).slice(0, -1);
  const cells = lines.filter((line) => line !== '').map((line) => line.split('\t'));
  const even = cells.every((row) => row.length === cells[0].length);
  return even && cells.some((row) => row.some((cell) => /^"/.test(cell) && !/^".*"$/.test(cell)));
}

/** Of columns with the same name the later ones get a number, or the last would hide the others. */
function distinct(names: readonly string[]): string[] {
  const used = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let n = 2; seen.has(own) || (own !== name && used.has(own)); n++) own = `${name}_${n}`;
    seen.add(own);
    return own;
  });
}

class Rows {
  readonly #skip: RecordSkip;
  #header: readonly string[] | undefined;
  #batch: RawRecord[] = [];
  #end = 0;
  /** Whether the bytes the rows come from hold others than UTF-8: then U+FFFD in a row was put there by decoding. */
  sawOtherBytes = false;
  /** Number of the row that comes next. */
  next = 1;

  constructor(skip: RecordSkip) {
    this.#skip = skip;
  }

  add(row: readonly string[], end: number): void {
    const offset = this.#end;
    this.#end = end;
    if (this.#header === undefined) {
      const isRow = row.some(isProse);
      const isNames = row.some((cell) => COLUMN_NAME.test(cell.trim()));
      const named = (cell: string, at: number): string =>
        (isRow && !isNames) || isProse(cell) ? `column ${at + 1}` : cell;
      this.#header = distinct(row.map(named));
      if (!isRow) return;
    }
    const record = this.next++;
    const header = this.#header;
    if (row.length !== header.length) {
      this.#skip('broken-record', record, `${row.length} columns where the header has ${header.length}`);
      return;
    }
    if (this.sawOtherBytes && row.some((cell) => cell.includes('\ufffd'))) tellReplaced(row.join(), record, this.#skip);
    this.#batch.push({ record, offset, value: Object.fromEntries(header.map((name, at) => [name, row[at]])) });
  }

  take(): RawRecord[][] {
    const batch = this.#batch;
    this.#batch = [];
    return batch.length > 0 ? [batch] : [];
  }
}

/** Whether chunks hold bytes that are not UTF-8; a character cut between two chunks is not. */
class Utf8Watch {
  #cut: Buffer = Buffer.alloc(0);

  sees(chunk: Buffer): boolean {
    const bytes = Buffer.concat([this.#cut, chunk]);
    let end = bytes.length;
    // Back to the start of the last character, if that is a long one.
    while (end > 0 && bytes.length - end < 3 && (bytes[end - 1] & 0xc0) === 0x80) end -= 1;
    if (end > 0 && bytes[end - 1] >= 0xc0) end -= 1;
    else end = bytes.length;
    this.#cut = bytes.subarray(end);
    return !isUtf8(bytes.subarray(0, end));
  }
}
