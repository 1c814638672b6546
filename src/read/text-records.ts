import type { RawRecord } from '../model/document.js';
import { joinBytes } from './byte-queue.js';
import { decodeText } from './json-record.js';
import { markLength } from './lines.js';
import { tooLong, type RecordSkip } from './record-skip.js';

/** Plain text, Markdown, source code: the whole file is one document. */
export async function* textRecords(
  bytes: AsyncIterable<Uint8Array>,
  maxRecordBytes: number,
  skip: RecordSkip,
): AsyncGenerator<RawRecord[]> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let failure: { readonly cause: unknown } | undefined;
  try {
    for await (const piece of bytes) {
      size += piece.length;
      if (size > maxRecordBytes) {
        skip('record-too-long', 1, tooLong(maxRecordBytes));
        return;
      }
      pieces.push(piece);
    }
  } catch (cause) {
    // Half a text is still worth scanning; the damage is told after it.
    failure = { cause };
  }
  const whole = joinBytes(pieces);
  const text = decodeText(whole.subarray(markLength(whole)), 1, skip);
  if (text.trim() !== '') yield [{ record: 1, offset: 0, value: text }];
  if (failure) throw failure.cause;
}
