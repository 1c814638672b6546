import type { InputFile, OnSkip } from '../model/input.js';
import type { RawRecord } from '../model/document.js';
import { readBytes } from './bytes.js';
import { jsonRecords } from './json-records.js';
import { jsonlRecords } from './jsonl-records.js';
import { placeOf, rawChunks } from './raw.js';
import { skipsOf, type RecordSkip } from './record-skip.js';
import { textRecords } from './text-records.js';

export interface ReadOptions {
  readonly maxRecordBytes: number;
  /** At most this many records; 0 for all. */
  readonly limit: number;
  /** Whether text around a JSON file's records is wanted, too. */
  readonly around?: boolean;
  /** Top-level fields that are enough; only Parquet saves work by it. */
  readonly columns?: readonly string[];
  /** … and all others that hold text, but these. Absent: no others. */
  readonly allBut?: ReadonlySet<string> | undefined;
  /** Whether a record of those fields alone is not enough. */
  readonly needsAll?: (value: unknown) => boolean;
}

/** The records of a file of any container, in batches. Reads no further than it is asked to. */
export async function* readRecords(
  file: InputFile,
  options: ReadOptions,
  onSkip: OnSkip,
  onRawBytes?: (chunk: Uint8Array) => void,
): AsyncGenerator<RawRecord[]> {
  let seen = 0;
  const skip: RecordSkip = (reason, record, detail) => {
    seen += 1;
    onSkip({ reason, file: file.path, record, detail });
  };
  for await (const batch of limited(batchesOf(file, options, skip, onRawBytes), options.limit)) {
    seen += batch.length;
    yield batch;
  }
  if (seen === 0) skipsOf(file.path, onSkip)('empty-file', 0, 'it holds no record');
}

async function* batchesOf(
  file: InputFile,
  options: ReadOptions,
  skip: RecordSkip,
  onRawBytes: ((chunk: Uint8Array) => void) | undefined,
): AsyncGenerator<RawRecord[]> {
  if (file.container !== 'parquet') {
    yield* recordsOf(file, readBytes(file, onRawBytes), options, skip);
    return;
  }
  // Parquet is read from its end and in ranges; who wants its bytes in order gets them from a pass of its own.
  if (onRawBytes) for await (const chunk of rawChunks(placeOf(file))) onRawBytes(chunk);
  const { parquetRecords } = await import('./parquet-records.js');
  yield* parquetRecords(file, options, skip);
}

/** The records in bytes that are already decompressed. */
export function recordsOf(
  file: InputFile,
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  skip: RecordSkip,
): AsyncGenerator<RawRecord[]> {
  switch (file.container) {
    case 'jsonl':
      return jsonlRecords(bytes, options.maxRecordBytes, skip);
    case 'json':
      return jsonRecords(bytes, options.maxRecordBytes, skip, options.around);
    case 'csv':
      return tableRecords(bytes, 'csv', options.maxRecordBytes, skip);
    case 'tsv':
      return tableRecords(bytes, 'tsv', options.maxRecordBytes, skip);
    case 'parquet':
    case 'text':
      return textRecords(bytes, options.maxRecordBytes, skip);
  }
}

/** The parsers of tables and of Parquet are loaded by the first file that needs one: every thread would pay for them. */
async function* tableRecords(
  bytes: AsyncIterable<Uint8Array>,
  kind: 'csv' | 'tsv',
  maxRecordBytes: number,
  skip: RecordSkip,
): AsyncGenerator<RawRecord[]> {
  const { csvRecords } = await import('./csv-records.js');
  yield* csvRecords(bytes, kind, maxRecordBytes, skip);
}

async function* limited(batches: AsyncIterable<RawRecord[]>, limit: number): AsyncGenerator<RawRecord[]> {
  let left = limit === 0 ? Infinity : limit;
  for await (const batch of batches) {
    yield batch.length > left ? batch.slice(0, left) : batch;
    left -= batch.length;
    if (left <= 0) return;
  }
}
