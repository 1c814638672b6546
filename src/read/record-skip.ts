import type { OnSkip, SkipReason } from '../model/input.js';

/** `OnSkip` for one file. */
export type RecordSkip = (reason: SkipReason, record: number, detail: string) => void;

export function skipsOf(file: string, onSkip: OnSkip): RecordSkip {
  return (reason, record, detail) => onSkip({ reason, file, record, detail });
}

/** What a record over the limit is told. */
export function tooLong(maxBytes: number): string {
  return `longer than ${maxBytes.toLocaleString('en')} bytes (--max-record-bytes)`;
}

/** What a record with replaced bytes is told. */
export const NOT_UTF8 = 'bytes that are not UTF-8 were replaced by U+FFFD';
