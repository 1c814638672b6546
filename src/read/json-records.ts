import type { RawRecord } from '../model/document.js';
import type { RecordSkip } from './record-skip.js';
export async function* jsonRecords(
  _b: AsyncIterable<Uint8Array>,
  _m: number,
  _s: RecordSkip,
): AsyncGenerator<RawRecord[]> {
  throw new Error('not yet');
}
