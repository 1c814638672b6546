import { BROKEN, FULL, NO_TEXT, NOT_UTF8, STRANGE } from '../hashcore/hash-core.js';
import { documentText } from '../read/document-text.js';
import { recordId } from '../read/documents.js';
import { parseJsonLine } from '../read/json-line.js';
import { parseJson } from '../read/json-record.js';
import type { Reading } from '../read/reading.js';
import { skipsOf, tellReplaced, tooLong } from '../read/record-skip.js';
import type { RecordSkip } from '../read/record-skip.js';
import { scanText, takeDocument } from './document-scanner.js';
import type { DocumentOrigin, Scanner } from './document-scanner.js';
import type { LineBuffer, Window } from './line-buffer.js';
import type { UnitTally } from './tally.js';
import type { Unit } from './unit.js';

const NEWLINE = 10;

type Lines = Extract<Window, { tooLong: false }>;

/** Scans the lines of one unit: bytes in, findings in the tally. */
export class LineScan {
  private readonly scanner: Scanner;
  private readonly buffer: LineBuffer;
  private readonly file: string;
  private readonly text: Reading;
  private readonly tally: UnitTally;
  private readonly skip: RecordSkip;

  constructor(scanner: Scanner, buffer: LineBuffer, unit: Unit, tally: UnitTally) {
    this.scanner = scanner;
    this.buffer = buffer;
    this.file = unit.input.path;
    this.text = scanner.readings.of(unit);
    this.tally = tally;
    this.skip = skipsOf(this.file, tally.skip);
  }

  /**
   * Runs to the end of the unit, or to the limit of records. When asked to stop it only counts the lines that are left
   * (`countRest`: units after this one need their number) or leaves them. True when everything was scanned.
   */
  async run(countRest: boolean): Promise<boolean> {
    const { own, late, told } = this.text;
    this.scanner.core.usePaths(own, late, told);
    for (;;) {
      const window = await this.buffer.next();
      if (!window) return !this.scanner.stopped();
      if (this.scanner.stopped()) {
        if (!countRest) return false;
        this.tally.lines += window.tooLong ? 1 : this.countLines(window);
      } else if (window.tooLong) this.skipLong();
      else if (this.scanUpToLimit(window)) return false;
    }
  }

  private skipLong(): void {
    const record = ++this.tally.lines;
    this.tally.records++;
    this.skip('record-too-long', record, tooLong(this.scanner.settings.maxRecordBytes));
  }

  /** Whether the limit was reached. */
  private scanUpToLimit(window: Lines): boolean {
    const { limit } = this.scanner.settings;
    const left = limit === 0 ? Infinity : limit - this.tally.records;
    const end = limit === 0 ? window.end : this.endOfRecord(window, left);
    this.scan({ ...window, end });
    return limit > 0 && this.tally.records >= limit;
  }

  private scan({ from, end, offset }: Lines): void {
    const { core } = this.scanner;
    this.tally.textBytes += end - from;
    for (let p = from; p < end;) {
      const before = this.tally.lines;
      this.scanner.fingerprints?.beforeLines(core.input + p, offset + p - from, before);
      const status = core.core.scanLines(core.input + p, core.input + end);
      this.tally.lines = before + core.core.lines.value;
      this.tally.records += core.core.records.value;
      // Addresses above 2 GiB come out negative.
      const start = (core.core.recordStart.value >>> 0) - core.input;
      p = (core.core.recordEnd.value >>> 0) - core.input;
      if (status) this.take(status, start, p, offset + start - from);
    }
  }

  private take(status: number, start: number, end: number, offset: number): void {
    const record = this.tally.lines;
    const line = (): Uint8Array => new Uint8Array(this.view(start, end));
    if (status & FULL) {
      this.scanner.fingerprints?.makeRoom();
      return;
    }
    if (status & NOT_UTF8) tellReplaced(decoded(line()), record, this.skip);
    if (status & (BROKEN | STRANGE)) this.takeUnscanned(line(), record, offset);
    else if (status & NO_TEXT) this.takeTextless(line, record, offset);
    else {
      const origin = { file: this.file, record, offset, id: () => this.idOf(line()) };
      takeDocument(this.scanner, status, true, origin, this.tally);
    }
  }

  /** The core refused the line, or has seen text where it does not know of any. JSON.parse has the last word, and says what is wrong. */
  private takeUnscanned(line: Uint8Array, record: number, offset: number): void {
    let broken = 0;
    const found = parseJsonLine(withoutEnd(line), record, offset, (reason, ...what) => {
      if (reason === 'broken-record') broken = 1;
      this.skip(reason, ...what);
    });
    // The line was counted as one record.
    this.tally.records += found.length + broken - 1;
    for (const { value } of found) this.takeValue(value, record, offset);
  }

  /** There is no word at the paths: a key may be written with escapes, which only parsing finds, or the text be elsewhere. */
  private takeTextless(line: () => Uint8Array, record: number, offset: number): void {
    const isEmpty = this.scanner.core.core.segmentCount.value > 0;
    if (!isEmpty || this.text.elsewhere) this.takeValue(parse(line()), record, offset);
  }

  private takeValue(value: unknown, record: number, offset: number): void {
    const text = documentText(value, record, this.text, this.skip, this.tally.later);
    if (text === undefined) return;
    const { idField } = this.scanner.settings;
    const origin: DocumentOrigin = { file: this.file, record, offset, id: () => recordId(value, idField) };
    scanText(this.scanner, text, this.buffer.used, origin, this.tally);
  }

  private idOf(line: Uint8Array): string | undefined {
    return recordId(parse(line), this.scanner.settings.idField);
  }

  private view(from: number, end: number): Uint8Array {
    return this.scanner.core.bytes(this.scanner.core.input + from, end - from);
  }

  private countLines({ from, end }: Lines): number {
    const bytes = this.view(from, end);
    let count = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
    return count;
  }

  /** Where the window's `most`-th line that is not blank ends, or the window. */
  private endOfRecord({ from, end }: Lines, most: number): number {
    const bytes = this.view(from, end);
    let at = 0;
    for (let left = most; left > 0 && at < bytes.length;) {
      const newline = bytes.indexOf(NEWLINE, at);
      if (bytes.subarray(at, newline).some((byte) => byte > 32)) left--;
      at = newline + 1;
    }
    return from + at;
  }
}

function parse(line: Uint8Array): unknown {
  try {
    return parseJson(decoded(line));
  } catch {
    return undefined;
  }
}

function decoded(line: Uint8Array): string {
  return Buffer.from(line.buffer, line.byteOffset, line.length).toString('utf8');
}

function withoutEnd(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && (line[end - 1] === NEWLINE || line[end - 1] === 13)) end--;
  return line.subarray(0, end);
}
