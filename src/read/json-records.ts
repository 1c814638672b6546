import type { RawRecord } from '../model/document.js';
import { fieldsSeen } from './fields-seen.js';
import { JsonElements, type JsonElement } from './json-elements.js';
import { parseJsonRecord } from './json-record.js';
import { tooLong, type RecordSkip } from './record-skip.js';

/**
 * The records of a JSON file (see json-elements.ts), parsed one by one: the file is never whole in memory. `around`: what could hold
 * a question in the object around a list of records is given as well, as record 0 that begins nowhere.
 */
export async function* jsonRecords(
  bytes: AsyncIterable<Uint8Array>,
  maxRecordBytes: number,
  skip: RecordSkip,
  around = false,
): AsyncGenerator<RawRecord[]> {
  const elements = new JsonElements(maxRecordBytes);
  for await (const chunk of bytes) {
    const batch = parseAll(elements.push(chunk), maxRecordBytes, skip);
    batch.push(...proseOf(elements.takeAround(), around, skip));
    if (batch.length > 0) yield batch;
  }
  const { found, cutShort } = elements.end();
  const batch = parseAll(found, maxRecordBytes, skip);
  batch.push(...proseOf(elements.takeAround(), around, skip));
  if (batch.length > 0) yield batch;
  if (cutShort) skip('corrupt-file', 0, 'the file stops before its JSON does');
}

function parseAll(elements: readonly JsonElement[], maxRecordBytes: number, skip: RecordSkip): RawRecord[] {
  const batch: RawRecord[] = [];
  for (const { record, offset, bytes } of elements) {
    if (bytes === undefined) skip('record-too-long', record, tooLong(maxRecordBytes));
    else {
      const parsed = parseJsonRecord(bytes, record, offset, skip);
      if (parsed) batch.push(parsed);
    }
  }
  return batch;
}

function proseOf(pieces: readonly Uint8Array[], around: boolean, skip: RecordSkip): RawRecord[] {
  if (!around) return [];
  const values = pieces.flatMap((piece) => parseJsonRecord(piece, 0, -1, skip) ?? []);
  return values.filter(({ value }) => fieldsSeen([value]).strings.some(({ prose }) => prose > 0));
}
