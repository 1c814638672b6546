import type { Match } from '../model/match.js';
import { cellsOf, wrap } from './cells.js';
import type { Cell, Stretch } from './cells.js';
import type { Style } from './style.js';
import { fit, padEnd } from './width.js';

/** Characters shown before the first shared word. */
const LEAD = 24;

/** Two columns, the item's text and the document's, with the shared words marked; at most `rows` lines. */
export function sideBySide(match: Match, style: Style, width: number, rows: number, indent: string): string[] {
  const column = Math.floor((width - indent.length - 3) / 2);
  const itemMarks = match.spans.map(({ item }): Stretch => item);
  const documentMarks = match.spans.map(({ document: [start, end] }): Stretch => [
    start - match.documentTextStart,
    end - match.documentTextStart,
  ]);
  const left = side(match.itemText, itemMarks, false, column, rows, style);
  const right = side(match.documentText, documentMarks, match.documentTextStart > 0, column, rows, style);
  return inColumns(['benchmark', 'corpus'], left, right, column, style, indent);
}

/** A text, and what of it is marked, in UTF-16 units. */
export interface MarkedText {
  readonly title: string;
  readonly text: string;
  readonly marks: readonly Stretch[];
  /** Where to look first: the column begins a little before it. */
  readonly start: number;
}

/** Two texts in columns, at most `rows` lines. */
export function twoTexts(
  [left, right]: readonly [MarkedText, MarkedText],
  style: Style,
  width: number,
  rows: number,
  indent: string,
): string[] {
  const column = Math.floor((width - indent.length - 3) / 2);
  const [first, second] = [left, right].map(({ text, marks, start }) =>
    side(text, marks, false, column, rows, style, start),
  );
  const titles = [left, right].map(({ title }) => fit(title, column)) as [string, string];
  return inColumns(titles, first, second, column, style, indent);
}

function inColumns(
  [leftTitle, rightTitle]: readonly [string, string],
  left: readonly Cell[][],
  right: readonly Cell[][],
  column: number,
  style: Style,
  indent: string,
): string[] {
  const lines = [`${indent}${style.paint('faint', `${padEnd(leftTitle, column)} │ ${rightTitle}`)}`];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const cells = left[i] ?? [];
    const gap = ' '.repeat(column - cells.reduce((sum, cell) => sum + cell.width, 0));
    lines.push(
      `${indent}${painted(cells, style)}${gap} ${style.paint('faint', '│')} ${painted(right[i] ?? [], style)}`.trimEnd(),
    );
  }
  return lines;
}

function side(
  text: string,
  marks: readonly Stretch[],
  cutBefore: boolean,
  column: number,
  rows: number,
  style: Style,
  start = Math.min(...marks.map(([from]) => from), text.length),
): Cell[][] {
  const first = Math.min(text.length, Math.max(0, start));
  const cells = cellsOf(text, {
    marks,
    from: wordStart(text, first),
    cutBefore,
    brackets: !style.colour,
    limit: column * (rows + 2),
  });
  const lines = wrap(cells, column);
  if (lines.length <= rows) return lines;
  const last = lines[rows - 1].slice();
  while (last.length > 0 && last.reduce((sum, cell) => sum + cell.width, 0) > column - 2) last.pop();
  while (last.at(-1)?.text === ' ') last.pop();
  return [...lines.slice(0, rows - 1), [...last, { text: ' …', width: 2, marked: false }]];
}

/** A little before `at`, at the start of a word where there is one. */
function wordStart(text: string, at: number): number {
  if (at <= LEAD + 8) return 0;
  const from = at - LEAD;
  const space = text.slice(from, at).search(/\s\S/u);
  if (space >= 0) return from + space + 1;
  // No space: not inside a surrogate pair.
  const unit = text.charCodeAt(from);
  return unit >= 0xdc00 && unit <= 0xdfff ? from + 1 : from;
}

function painted(cells: readonly Cell[], style: Style): string {
  let line = '';
  for (let i = 0; i < cells.length;) {
    const { marked } = cells[i];
    let run = '';
    while (i < cells.length && cells[i].marked === marked) run += cells[i++].text;
    line += marked ? style.paint('shared', run) : run;
  }
  return line;
}
