import { HeldoutError } from '../model/errors.js';
import type { IndexedFile } from '../model/index-manifest.js';
import { SOURCE_BLOCK_BYTES } from '../model/index-manifest.js';
import type { InputFile } from '../model/input.js';
import { openPlain, readBytes } from '../read/bytes.js';
import { documentText } from '../read/document-text.js';
import { parseJsonLine } from '../read/json-line.js';
import { readLines } from '../read/lines.js';
import { latePathsBut, readingOf } from '../read/reading.js';
import type { Reading } from '../read/reading.js';
import { readRecords } from '../read/records.js';

/** A file of an index as it is now. */
export interface RecordFile {
  readonly file: IndexedFile;
  readonly path: string;
  /** The first record of each of its blocks; none where the index has no locations, or the file another size by now. */
  readonly firstRecords: Uint32Array;
}

export interface RecordReading {
  readonly maxRecordBytes: number;
  /** Whether the user left it to the program where the text is. */
  readonly elsewhere: boolean;
}

const CHUNK_BYTES = 1 << 16;

/**
 * Reads the texts of some records again, by number, ascending. Lines of a plain file are read from the block that they stand in;
 * anything else takes a pass over the file. What is not there any more is not given; a line of several records gives all of them.
 */
export async function readRecordTexts(
  { file, path, firstRecords }: RecordFile,
  wanted: readonly number[],
  { maxRecordBytes, elsewhere }: RecordReading,
  take: (record: number, text: string) => void,
): Promise<void> {
  const { container, compression, bytes, textPaths = [], passedOver = [] } = file;
  const input: InputFile = { path, container, compression, bytes };
  const told = container === 'text' ? undefined : (file.notRead?.fields ?? []).map(({ field }) => field);
  const reading = readingOf({ textPaths, latePaths: latePathsBut(textPaths, passedOver), told }, elsewhere);
  const found = (record: number, value: unknown): void => {
    const text = documentText(value, record, reading, () => undefined);
    if (text !== undefined) take(record, text);
  };
  try {
    if (container === 'jsonl' && compression === 'none' && firstRecords.length > 0)
      await fromBlocks(path, firstRecords, wanted, maxRecordBytes, reading, found);
    else if (container === 'jsonl') await fromLines(input, wanted, maxRecordBytes, found);
    else await fromRecords(input, wanted, { maxRecordBytes, elsewhere }, found);
  } catch (error) {
    // A file that can no longer be read confirms nothing.
    if (!(error instanceof HeldoutError) || error.code !== 'unreadable') throw error;
  }
}

type Found = (record: number, value: unknown) => void;

async function fromRecords(
  input: InputFile,
  wanted: readonly number[],
  { maxRecordBytes, elsewhere }: RecordReading,
  found: Found,
): Promise<void> {
  const all = new Set(wanted);
  const last = wanted[wanted.length - 1];
  const options = { maxRecordBytes, limit: 0, around: elsewhere };
  for await (const batch of readRecords(input, options, () => undefined)) {
    for (const { record, value } of batch) {
      if (record > last) return;
      if (all.has(record)) found(record, value);
    }
  }
}

async function fromLines(
  input: InputFile,
  wanted: readonly number[],
  maxRecordBytes: number,
  found: Found,
): Promise<void> {
  const left = new Set(wanted);
  for await (const lines of readLines(readBytes(input), maxRecordBytes)) {
    for (const { line, bytes } of lines)
      if (bytes && left.delete(line)) for (const value of valuesOf(bytes)) found(line, value);
    if (left.size === 0) return;
  }
}

/** A block says the number of the first record with a document that begins in it; the lines behind that one are counted. */
async function fromBlocks(
  path: string,
  firstRecords: Uint32Array,
  wanted: readonly number[],
  maxRecordBytes: number,
  reading: Reading,
  found: Found,
): Promise<void> {
  for (let i = 0; i < wanted.length;) {
    const block = blockOf(firstRecords, wanted[i]);
    const left = new Set<number>();
    for (; i < wanted.length && blockOf(firstRecords, wanted[i]) === block; i++) left.add(wanted[i]);
    let shift: number | undefined;
    blocks: for await (const lines of readLines(chunksFrom(path, block * SOURCE_BLOCK_BYTES), maxRecordBytes)) {
      for (const { line, bytes } of lines) {
        const isWanted = shift !== undefined && left.delete(line + shift);
        if (!bytes || (shift !== undefined && !isWanted)) continue;
        const values = valuesOf(bytes);
        if (shift === undefined) {
          if (!values.some((value) => documentText(value, line, reading, () => undefined) !== undefined)) continue;
          shift = firstRecords[block] - line;
          if (!left.delete(line + shift)) continue;
        }
        for (const value of values) found(line + shift, value);
        if (left.size === 0) break blocks;
      }
    }
  }
}

/** The last block that begins with this record or one before it. */
function blockOf(firstRecords: Uint32Array, record: number): number {
  let low = 0;
  for (let high = firstRecords.length; high - low > 1;) {
    const middle = (low + high) >> 1;
    if (firstRecords[middle] <= record) low = middle;
    else high = middle;
  }
  return low;
}

/** A file's bytes from the first line that begins at `offset` or behind it. */
async function* chunksFrom(path: string, offset: number): AsyncGenerator<Uint8Array> {
  const file = openPlain(path);
  try {
    // The byte before may end a line.
    let at = Math.max(0, offset - 1);
    for (let begun = offset === 0; ;) {
      const chunk = new Uint8Array(CHUNK_BYTES);
      const length = await Promise.resolve(file.readInto(chunk, at));
      if (length === 0) return;
      at += length;
      const from = begun ? 0 : chunk.subarray(0, length).indexOf(10) + 1;
      if (!begun && from === 0) continue;
      begun = true;
      yield chunk.subarray(from, length);
    }
  } finally {
    file.close();
  }
}

function valuesOf(line: Uint8Array): unknown[] {
  let end = line.length;
  while (end > 0 && (line[end - 1] === 10 || line[end - 1] === 13)) end--;
  return parseJsonLine(line.subarray(0, end), 0, 0, () => undefined).map(({ value }) => value);
}
