import { isUtf8 } from 'node:buffer';
import type { RawRecord } from '../model/document.js';
import { joinBytes } from './byte-queue.js';
import { markLength } from './lines.js';
import { isNotText } from './not-text.js';
import { tellReplaced, tooLong, type RecordSkip } from './record-skip.js';

/** It begins as text, or would not have come here. */
const NOT_TEXT = 'most of it is not UTF-8 text: binary data, or text in another encoding; what is text was scanned';

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
  const text = Buffer.from(whole.subarray(markLength(whole))).toString('utf8');
  if (!isUtf8(whole)) {
    if (isNotText(text)) skip('corrupt-file', 0, NOT_TEXT);
    else tellReplaced(text, 1, skip);
  }
  if (text.trim() !== '') yield [{ record: 1, offset: 0, value: text }];
  if (failure) throw failure.cause;
}
