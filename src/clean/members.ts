import { COLON } from '../read/json-bytes.js';
import { parsedRecord } from './layout.js';
import type { Field, RecordText } from './record-text.js';

/**
 * Whether an edit made two keys of an object the same: keys that are text are edited, too, and whoever parses the record would lose
 * one of the values.
 */
export function losesMember(before: Uint8Array, after: Uint8Array, { fields }: RecordText): boolean {
  if (!fields.some((field) => isKey(before, field))) return false;
  return membersOf(parsedRecord(after)) < membersOf(parsedRecord(before));
}

function isKey(bytes: Uint8Array, { end, writing }: Field): boolean {
  if (writing !== 'json') return false;
  let at = end + 1;
  while (at < bytes.length && bytes[at] <= 0x20) at++;
  return bytes[at] === COLON;
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Object.values(value);
  return own.reduce<number>((sum, one) => sum + membersOf(one), own.length);
}
