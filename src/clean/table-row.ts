import type { Delimiter } from '../read/csv-records.js';

/** How a table is written. */
export interface Table {
  readonly delimiter: Delimiter;
  /** False where quotes mean nothing, as in many TSV files. */
  readonly quotes: boolean;
}

/** Bytes [start, end) of a cell, its quotes left out. */
export interface Cell {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** Behind the row's line end; −1 where the bytes stop before it does. */
  readonly end: number;
}

const QUOTE = 0x22;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** The row that begins at `from`. Quotes count only at a cell's start (RFC 4180, and what csv-parse makes of the rest). */
export function tableRow(bytes: Uint8Array, from: number, { delimiter, quotes }: Table): Row {
  const separator = delimiter.charCodeAt(0);
  const cells: Cell[] = [];
  for (let p = from; ; p++) {
    const quoted = quotes && bytes[p] === QUOTE;
    const start = quoted ? p + 1 : p;
    p = quoted ? quoteEnd(bytes, start) : start;
    if (p < 0) return { cells, end: -1 };
    const close = p;
    while (p < bytes.length && bytes[p] !== separator && bytes[p] !== NEWLINE) p++;
    const last = !quoted && p > start && bytes[p] === NEWLINE && bytes[p - 1] === RETURN ? p - 1 : p;
    cells.push({ start, end: quoted ? close : last, quoted });
    if (p >= bytes.length) return { cells, end: -1 };
    if (bytes[p] === NEWLINE) return { cells, end: p + 1 };
  }
}

/** The quote that ends a cell: not one of a doubled pair. −1 where there is none. */
function quoteEnd(bytes: Uint8Array, p: number): number {
  for (; p < bytes.length; p++) {
    if (bytes[p] !== QUOTE) continue;
    if (bytes[p + 1] !== QUOTE) return p;
    p++;
  }
  return -1;
}

export function cellText(bytes: Uint8Array, { start, end, quoted }: Cell): string {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
  return quoted ? raw.replaceAll('""', '"') : raw;
}
