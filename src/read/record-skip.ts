import type { OnSkip, SkipReason } from '../model/input.js';
import { isNotText } from './not-text.js';

/** `OnSkip` for one file. */
export type RecordSkip = (reason: SkipReason, record: number, detail: string) => void;

export function skipsOf(file: string, onSkip: OnSkip): RecordSkip {
  return (reason, record, detail) => onSkip({ reason, file, record, detail });
}

/** What a record over the limit is told. */
export function tooLong(maxBytes: number): string {
  return `longer than ${maxBytes.toLocaleString('en')} bytes (--max-record-bytes)`;
}

/** Tells of a record in which bytes were replaced by U+FFFD: some of it may be lost, or most. `text`: the record, decoded. */
export function tellReplaced(text: string, record: number, skip: RecordSkip): void {
  if (isNotText(text)) skip('not-text', record, 'most of it is not UTF-8: binary data, or text in another encoding');
  else skip('not-utf8', record, 'bytes that are not UTF-8 were replaced by U+FFFD');
}
