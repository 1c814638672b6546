import { shownBlock } from '../escape.js';

type Cell = string | number;

/** RFC 4180: CRLF, quotes doubled. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/**
 * Text is always quoted. A spreadsheet runs a cell that begins with one of `= + - @` as a formula, quotes or not: such text
 * gets an apostrophe in front, which spreadsheets hide.
 */
function cell(value: Cell): string {
  if (typeof value === 'number') return String(value);
  if (value === '') return '';
  const text = shownBlock(value);
  const guarded = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/.test(text) ? `'${text}` : text;
  return `"${guarded.replaceAll('"', '""')}"`;
}
