import { isUtf8 } from 'node:buffer';
import { messageOf } from '../model/errors.js';
import type { RawRecord } from '../model/document.js';
import { tellReplaced, type RecordSkip } from './record-skip.js';

/** Parses one record's JSON bytes; what is wrong with them is reported, and nothing is given where they cannot be read. */
export function parseJsonRecord(
  bytes: Uint8Array,
  record: number,
  offset: number,
  skip: RecordSkip,
): RawRecord | undefined {
  const text = decodeText(bytes, record, skip);
  // Files that were put together keep their byte-order marks.
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    return { record, offset, value: parseJson(json) };
  } catch (error) {
    skip('broken-record', record, `not valid JSON: ${briefly(messageOf(error))}`);
    return undefined;
  }
}

/** A string of JSON, or a number as only Python writes it, taken as null. */
const STRING_OR_NAN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity\b|\bNaN\b/g;

/** JSON as the core's walker reads it (assembly/walk.ts): with NaN and Infinity, which Python writes. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (!/NaN|Infinity/.test(json)) throw error;
    return JSON.parse(json.replace(STRING_OR_NAN, (found) => (found.startsWith('"') ? found : 'null')));
  }
}

/** Whether a line is a whole JSON value. */
export function isJson(line: Uint8Array): boolean {
  try {
    parseJson(Buffer.from(line).toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

/** A record's UTF-8 to string; bytes that are not UTF-8 become U+FFFD and are counted. */
function decodeText(bytes: Uint8Array, record: number, skip: RecordSkip): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (!isUtf8(bytes)) tellReplaced(text, record, skip);
  return text;
}

/** V8 quotes the text it stumbles over, which may be long and in several lines. */
function briefly(message: string): string {
  const line = message.replace(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
