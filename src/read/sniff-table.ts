import type { Container } from '../model/input.js';

/** CSV or TSV, if the first rows agree on it. A name (.csv, .tsv) needs less proof than none. */
export function looksLikeTable(text: string, whole: boolean, name: string): Container | undefined {
  const named = /\.csv$/i.test(name) ? 'csv' : /\.(tsv|tab)$/i.test(name) ? 'tsv' : undefined;
  const tabs = widthOf(text, '\t', whole);
  const commas = widthOf(text, ',', whole);
  if (named === 'tsv' && tabs > 1) return 'tsv';
  // Semicolons are not told apart: such a file reads as one column, and says so by its field names.
  if (named !== undefined) return tabs > 1 && commas <= 1 ? 'tsv' : 'csv';
  if (tabs > 1) return 'tsv';
  return commas > 1 ? 'csv' : undefined;
}

/** Columns, if the header reads like names and at least two rows after it have as many cells; 0 otherwise. */
function widthOf(text: string, delimiter: string, whole: boolean): number {
  const rows = rowsOf(text, delimiter, 30);
  if (!whole && rows.length < 30) rows.pop();
  const [header, ...body] = rows;
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
