import { BROKEN, NO_TEXT, STRANGE } from '../hashcore/hash-core.js';
import type { SketchCore } from '../hashcore/sketch-core.js';
import type { CompareSettings } from '../model/comparison.js';
import { HeldoutError } from '../model/errors.js';
import type { InputFile } from '../model/input.js';
import { readBytes } from '../read/bytes.js';
import { documentText, isWithoutWord } from '../read/document-text.js';
import { parseJsonLine } from '../read/json-line.js';
import type { Reading } from '../read/reading.js';
import { readRecords } from '../read/records.js';
import { skipsOf, tellReplaced, tooLong } from '../read/record-skip.js';
import type { RecordSkip } from '../read/record-skip.js';
import { valueAt } from '../read/value-at.js';
import type { Digester } from '../report/digest.js';
import { StreamSource } from './byte-source.js';
import { LineBuffer } from './line-buffer.js';
import type { Window } from './line-buffer.js';
import { isMissing } from './tally.js';
import type { UnitTally } from './tally.js';

/** Bytes read at a time. */
const CHUNK_BYTES = 1 << 20;
const NEWLINE = 10;

/** A record as it has just been sketched: it is row `row` of the sketch core, until the next one is. */
export interface SketchedRecord {
  readonly row: number;
  /** 1-based, in its file. */
  readonly record: number;
  /** Of several records in one line, which: 0-based. */
  readonly inLine: number;
  readonly offset: number;
  /** Bytes of its line; 0 where records are not lines. */
  readonly bytes: number;
  readonly set: number;
}

export interface SketchSink {
  take(record: SketchedRecord): void;
  /** Grams of records of a set: low and high words. */
  grams(set: number, words: Uint32Array): void;
  /** Below which hashes grams of a set are wanted, where records have no more than so many bytes. */
  gramsBelow(set: number, bytes: number): bigint;
}

export interface SketchInput {
  readonly input: InputFile;
  readonly reading: Reading;
  /** The set its records belong to, by the split they name or by itself. */
  setOf(split: unknown): number | undefined;
}

/** Reads a file once and has every record sketched. What fails half-way gives what came before, and a skip that says so. */
export async function sketchFile(
  file: SketchInput,
  core: SketchCore,
  settings: CompareSettings,
  sink: SketchSink,
  digester: Digester,
  tally: UnitTally,
  signal?: AbortSignal,
): Promise<void> {
  const digest = digester();
  let bytes = 0;
  const onRaw = (chunk: Uint8Array): void => {
    digest.update(chunk);
    bytes += chunk.length;
    tally.advance(chunk.length);
  };
  const pass = new FilePass(file, core, settings, sink, tally);
  // The core walks lines by itself; what else must be looked at in a record (its split, its number) is for the parser.
  const asLines = file.input.container === 'jsonl' && settings.splitColumn === '' && settings.limit === 0;
  try {
    if (asLines) await pass.lines(onRaw, signal);
    else await pass.records(onRaw, signal);
    if (!signal?.aborted && bytes >= file.input.bytes) tally.xxh64 = digest.hex();
  } catch (error) {
    if (!(error instanceof HeldoutError) || error.code !== 'unreadable') throw error;
    const reason = tally.records === 0 ? 'unreadable-file' : 'corrupt-file';
    tally.skip({ reason, file: file.input.path, record: 0, detail: error.message });
  }
}

class FilePass {
  private readonly file: SketchInput;
  private readonly core: SketchCore;
  private readonly settings: CompareSettings;
  private readonly sink: SketchSink;
  private readonly tally: UnitTally;
  private readonly skip: RecordSkip;

  constructor(file: SketchInput, core: SketchCore, settings: CompareSettings, sink: SketchSink, tally: UnitTally) {
    this.file = file;
    this.core = core;
    this.settings = settings;
    this.sink = sink;
    this.tally = tally;
    this.skip = skipsOf(file.input.path, tally.skip);
  }

  async lines(onRaw: (chunk: Uint8Array) => void, signal: AbortSignal | undefined): Promise<void> {
    const { core, file, tally } = this;
    const set = file.setOf(undefined) ?? 0;
    const source = new StreamSource(readBytes(file.input, onRaw), signal);
    const buffer = new LineBuffer(core.core, source, CHUNK_BYTES, this.settings.maxRecordBytes);
    const { own, late, told } = file.reading;
    core.core.usePaths(own, late, told);
    try {
      for (;;) {
        const window = await buffer.next();
        if (!window || signal?.aborted) return;
        if (window.tooLong) {
          tally.records++;
          this.skip('record-too-long', ++tally.lines, tooLong(this.settings.maxRecordBytes));
        } else this.window(window, set, buffer.used);
      }
    } finally {
      await source.close();
    }
  }

  private window({ from, end, offset }: Extract<Window, { tooLong: false }>, set: number, used: number): void {
    const { core, tally } = this;
    const wasm = core.core.core;
    tally.textBytes += end - from;
    core.keepGramsBelow(this.sink.gramsBelow(set, end - from));
    for (let p = from; p < end;) {
      core.reset();
      const before = tally.lines;
      const status = wasm.sketchLines(core.core.input + p, core.core.input + end);
      for (let row = 0; row < core.length; row++) {
        const { start, end: after, line, notUtf8 } = core.row(row);
        if (notUtf8) tellReplaced(this.decoded(start, after), before + line, this.skip);
        const bytes = after - start;
        this.take({ row, record: before + line, inLine: 0, offset: offset + start - from, bytes, set });
      }
      this.takeGrams(set);
      tally.lines = before + wasm.sketchLinesPassed.value;
      // Addresses above 2 GiB come out negative.
      const start = (wasm.sketchStart.value >>> 0) - core.core.input;
      p = (wasm.sketchEnd.value >>> 0) - core.core.input;
      if (status & (BROKEN | NO_TEXT | STRANGE)) this.odd(start, p, offset + start - from, set, used);
    }
  }

  /** A line that the core could not walk, or that it found no text in, or text where it knows of none: it is parsed. */
  private odd(start: number, end: number, offset: number, set: number, used: number): void {
    const { core, tally } = this;
    const record = tally.lines;
    const line = withoutEnd(new Uint8Array(core.core.bytes(core.core.input + start, end - start)));
    const found = parseJsonLine(line, record, offset, (reason, ...what) => {
      if (reason === 'broken-record') tally.records++;
      this.skip(reason, ...what);
    });
    found.forEach(({ value }, inLine) => this.value(value, { record, inLine, offset, bytes: end - start }, set, used));
  }

  async records(onRaw: (chunk: Uint8Array) => void, signal: AbortSignal | undefined): Promise<void> {
    const { file, settings, tally } = this;
    const { splitColumn, maxRecordBytes, limit } = settings;
    const { reading } = file;
    const columns = [
      ...reading.all.map((path) => path[0] ?? ''),
      ...[splitColumn, splitColumn.split('.')[0]].filter((name) => name !== ''),
    ];
    const onSkip: typeof tally.skip = (skipped) => {
      tally.skip(skipped);
      if (isMissing(skipped.reason)) tally.records++;
    };
    const needsAll = (value: unknown): boolean => reading.elsewhere && isWithoutWord(value, reading);
    const options = { maxRecordBytes, limit, columns, needsAll, around: reading.elsewhere };
    let [last, inLine] = [0, 0];
    for await (const batch of readRecords(file.input, options, onSkip, onRaw)) {
      for (const { record, offset, value } of batch) {
        inLine = record === last ? inLine + 1 : 0;
        last = record;
        const split = splitColumn === '' ? undefined : valueAt(value, splitColumn)[0];
        const set = file.setOf(split);
        if (set === undefined) {
          tally.records++;
          this.skip('no-split', record, `it has no split in ${splitColumn}`);
        } else this.value(value, { record, inLine, offset, bytes: 0 }, set, 0);
      }
      if (signal?.aborted) return;
    }
  }

  private value(value: unknown, at: Omit<SketchedRecord, 'row' | 'set'>, set: number, used: number): void {
    const { core, file, tally } = this;
    const text = documentText(value, at.record, file.reading, this.skip, tally.later);
    if (text === undefined) {
      tally.records++;
      return;
    }
    core.reset();
    core.keepGramsBelow(this.sink.gramsBelow(set, text.length));
    core.sketchText(text, used);
    if (at.bytes === 0) tally.textBytes += text.length;
    this.take({ row: 0, ...at, set });
    this.takeGrams(set);
  }

  private take(record: SketchedRecord): void {
    this.tally.records++;
    this.sink.take(record);
  }

  private takeGrams(set: number): void {
    const { smallEnd } = this.core.row(this.core.length - 1);
    if (smallEnd > 0) this.sink.grams(set, this.core.smallGrams(0, smallEnd));
  }

  private decoded(from: number, end: number): string {
    const { core } = this.core;
    return Buffer.from(new Uint8Array(core.bytes(core.input + from, end - from))).toString('utf8');
  }
}

function withoutEnd(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && (line[end - 1] === NEWLINE || line[end - 1] === 13)) end--;
  return line.subarray(0, end);
}
