import type { RawRecord } from '../model/document.js';
import { JsonElements } from './json-elements.js';
import { parseJsonRecord } from './json-record.js';
import type { RecordSkip } from './record-skip.js';

/**
 * The records of one line: one, or several where only a carriage return (old Mac line ends), a space or nothing at all stands between
 * them. They share the line's number and offset. What cannot be read of it is told once.
 */
export function parseJsonLine(bytes: Uint8Array, record: number, offset: number, skip: RecordSkip): RawRecord[] {
  const told: Parameters<RecordSkip>[] = [];
  const whole = parseJsonRecord(bytes, record, offset, (...what) => told.push(what));
  const { found, broken } = whole ? { found: [whole], broken: false } : recordsIn(bytes, record, offset);
  // A record and something behind it is a damaged line.
  const given = whole || found.length > 1 ? found : [];
  for (const what of told) if (what[0] !== 'broken-record' || broken || given.length === 0) skip(...what);
  return given;
}

/** The objects that stand side by side in a line, and whether there is anything else in it. */
function recordsIn(line: Uint8Array, record: number, offset: number): { found: RawRecord[]; broken: boolean } {
  const elements = new JsonElements(line.length);
  const first = elements.push(line);
  const last = elements.end();
  const found: RawRecord[] = [];
  let broken = last.cutShort;
  for (const { bytes } of [...first, ...last.found]) {
    const parsed = bytes && parseJsonRecord(bytes, record, offset, () => undefined);
    if (typeof parsed?.value === 'object' && parsed.value !== null) found.push(parsed);
    else broken = true;
  }
  return { found, broken };
}
