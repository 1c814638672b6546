import type { InputFile } from '../model/input.js';
import type { RawRecord } from '../model/document.js';
import type { RecordSkip } from './record-skip.js';
export async function* parquetRecords(
  _f: InputFile,
  _l: number,
  _s: RecordSkip,
  _o?: (chunk: Uint8Array) => void,
): AsyncGenerator<RawRecord[]> {
  throw new Error('not yet');
}
