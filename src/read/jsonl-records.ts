import type { RawRecord } from '../model/document.js';
import { parseJsonLine } from './json-line.js';
import { readLines } from './lines.js';
import { tooLong, type RecordSkip } from './record-skip.js';

/** One JSON value a line. */
export async function* jsonlRecords(
  bytes: AsyncIterable<Uint8Array>,
  maxRecordBytes: number,
  skip: RecordSkip,
): AsyncGenerator<RawRecord[]> {
  for await (const lines of readLines(bytes, maxRecordBytes)) {
    const batch: RawRecord[] = [];
    for (const line of lines) {
      if (line.bytes === undefined) skip('record-too-long', line.line, tooLong(maxRecordBytes));
      else batch.push(...parseJsonLine(line.bytes, line.line, line.offset, skip));
    }
    if (batch.length > 0) yield batch;
  }
}
