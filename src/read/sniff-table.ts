import type { Container } from '../model/input.js';

/** Rows looked at. */
const MOST_ROWS = 30;

/** CSV or TSV, if the first rows agree on it. A name (.csv, .tsv) needs less proof than none. */
export function looksLikeTable(text: string, whole: boolean, name: string): Container | undefined {
  const named = /\.csv$/i.test(name) ? 'csv' : /\.(tsv|tab)$/i.test(name) ? 'tsv' : undefined;
  const commas = widthOf(rowsOf(text, ',', MOST_ROWS), whole);
  // Many TSV files do not quote: a cell may begin with a quote that is only a character.
  const tabs = Math.max(widthOf(rowsOf(text, '\t', MOST_ROWS), whole), widthOf(plainRows(text), whole));
  // Semicolons are not told apart: such a file reads as one column, and says so by its field names.
  if (named === 'csv') return tabs > 1 && commas <= 1 ? 'tsv' : 'csv';
  if (named === 'tsv') return commas > 1 && tabs <= 1 && !/^[^\n]*\t/.test(text) ? 'csv' : 'tsv';
  if (tabs > 1) return 'tsv';
  return commas > 1 ? 'csv' : undefined;
}

function plainRows(text: string): string[][] {
  const lines = text.split(/\r?\n/, MOST_ROWS).filter((line) => line !== '');
  return lines.map((line) => line.split('\t'));
}

/** Columns, if the header reads like names and at least two rows after it have as many cells; 0 otherwise. */
function widthOf(rows: readonly string[][], whole: boolean): number {
  const [header, ...body] = whole || rows.length >= MOST_ROWS ? rows : rows.slice(0, -1);
  if (header === undefined || body.length < 2 || header.length < 2) return 0;
  const names = new Set(header.map((cell) => cell.trim()));
  const likeNames = names.size === header.length && header.every((cell) => /^\s*[\p{L}_#][^\n]{0,60}$/u.test(cell));
  const agreeing = body.filter((row) => row.length === header.length).length;
  return likeNames && agreeing >= 0.9 * body.length ? header.length : 0;
}

/** The first rows, cut with quotes respected. */
function rowsOf(text: string, delimiter: string, most: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length && rows.length < most; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') {
      // A doubled quote inside a quoted cell comes here too: it opens again at once.
      quoted = true;
    } else if (c === delimiter) {
      row.push(cell);
      cell = '';
    } else if (c === '\n') {
      if (row.length > 0 || cell.trim() !== '') rows.push([...row, cell]);
      row = [];
      cell = '';
    } else if (c !== '\r') cell += c;
  }
  if (rows.length < most && (row.length > 0 || cell !== '')) rows.push([...row, cell]);
  return rows;
}
