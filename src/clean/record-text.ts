import type { TextPlace } from '../read/document-text.js';
import { tableRow } from './table-row.js';
import type { Table } from './table-row.js';
import { jsonStrings } from './json-strings.js';
import { bytePositions } from './units.js';
import type { Writing } from './units.js';

/** A stretch of a record's bytes that is text of its document. */
export interface Field {
  /** Bytes [start, end) of the record. */
  readonly start: number;
  readonly end: number;
  readonly writing: Writing;
  readonly text: string;
  /** Where `text` starts in the document's text, in UTF-16 units. */
  readonly offset: number;
}

/** A document's text as the scan had it: its fields, joined by newlines. */
export interface RecordText {
  readonly fields: readonly Field[];
  readonly text: string;
}

export function jsonText(bytes: Uint8Array, place: TextPlace): RecordText | undefined {
  const strings = jsonStrings(bytes, place);
  return strings && ofFields(bytes, strings, 'json');
}

/** `from`: where the row begins. */
export function rowText(
  bytes: Uint8Array,
  from: number,
  columns: readonly number[],
  table: Table,
): RecordText | undefined {
  const { cells } = tableRow(bytes, from, table);
  const wanted = columns.map((column) => cells.at(column));
  const found = wanted.filter((cell) => cell !== undefined);
  if (found.length < wanted.length) return undefined;
  const texts = found.map((cell) => ofFields(bytes, [cell], cell.quoted ? 'csv' : 'plain').fields);
  return joined(texts.flat());
}

/** The whole of a text file, its byte-order mark left out. */
export function wholeText(bytes: Uint8Array): RecordText {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return ofFields(bytes, [{ start: mark, end: bytes.length }], 'plain');
}

function ofFields(
  bytes: Uint8Array,
  places: readonly { readonly start: number; readonly end: number }[],
  writing: Writing,
): RecordText {
  return joined(
    places.map(({ start, end }) => ({ start, end, writing, offset: 0, text: decoded(bytes, start, end, writing) })),
  );
}

function joined(fields: readonly Field[]): RecordText {
  let offset = 0;
  const placed = fields.map((field) => {
    const at = { ...field, offset };
    offset += field.text.length + 1;
    return at;
  });
  return { fields: placed, text: placed.map(({ text }) => text).join('\n') };
}

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([^]))/gu;
const NAMED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** As match/locate decodes: the core does not insist on valid escapes, so neither does this. */
function decoded(bytes: Uint8Array, start: number, end: number, writing: Writing): string {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
  if (writing === 'csv') return raw.replaceAll('""', '"');
  if (writing === 'plain' || !raw.includes('\\')) return raw;
  return raw.replace(ESCAPE, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (NAMED[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Characters [start, end) of a document's text. */
export type Stretch = readonly [start: number, end: number];

/** The record without these stretches (ascending, apart), `mask` in the place of each; every other byte as it was. */
export function withoutStretches(
  bytes: Uint8Array,
  { fields }: RecordText,
  stretches: readonly Stretch[],
  mask: string,
): Uint8Array {
  const pieces: Uint8Array[] = [];
  let kept = 0;
  for (const field of [...fields].sort((a, b) => a.start - b.start)) {
    const own = stretches
      .map(([from, to]) => [Math.max(from - field.offset, 0), Math.min(to - field.offset, field.text.length)])
      .filter(([from, to]) => from < to);
    const filler = Buffer.from(written(mask, field.writing));
    const places = bytePositions(bytes, field.start, field.end, field.writing, own.flat());
    for (let i = 0; i < places.length; i += 2) {
      pieces.push(bytes.subarray(kept, places[i]), filler);
      kept = places[i + 1];
    }
  }
  pieces.push(bytes.subarray(kept));
  return Buffer.concat(pieces);
}

function written(mask: string, writing: Writing): string {
  if (writing === 'json') return JSON.stringify(mask).slice(1, -1);
  return writing === 'csv' ? mask.replaceAll('"', '""') : mask;
}
