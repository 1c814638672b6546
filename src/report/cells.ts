import { shown } from './escape.js';
import { charWidth, textWidth } from './width.js';

/** What stands in one place of a terminal line: one character of the original, escaped. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  readonly marked: boolean;
}

/** Characters [start, end) of a text, in UTF-16 units. */
export type Stretch = readonly [start: number, end: number];

const SPACE: Cell = { text: ' ', width: 1, marked: false };
const ELLIPSIS: Cell = { text: '…', width: 1, marked: false };

export interface Excerpt {
  /** Marked stretches, in units of `text`. */
  readonly marks: readonly Stretch[];
  /** Where to begin in `text`. */
  readonly from: number;
  /** True when `text` is itself the middle of something longer. */
  readonly cutBefore: boolean;
  /** Marks are shown by brackets where there is no colour. */
  readonly brackets: boolean;
  /** Cells worth making: what cannot be shown need not be looked at. */
  readonly limit: number;
}

/** Text as cells: escaped, white space collapsed, marked; what is left out at the front shows as an ellipsis. */
export function cellsOf(text: string, excerpt: Excerpt): Cell[] {
  const cells: Cell[] = [];
  const marks = [...excerpt.marks].sort((a, b) => a[0] - b[0]);
  let mark = 0;
  let open = false;
  if (excerpt.from > 0 || excerpt.cutBefore) cells.push(ELLIPSIS);
  let at = excerpt.from;
  for (const character of text.slice(excerpt.from)) {
    if (cells.length >= excerpt.limit) return [...cells, ELLIPSIS];
    while (mark < marks.length && marks[mark][1] <= at) mark++;
    const marked = mark < marks.length && marks[mark][0] <= at;
    if (marked !== open && excerpt.brackets) bracket(cells, marked);
    open = marked;
    push(cells, shown(character), marked);
    at += character.length;
  }
  if (open && excerpt.brackets) bracket(cells, false);
  return cells;
}

function push(cells: Cell[], text: string, marked: boolean): void {
  if (text === '') return;
  if (/^\s$/u.test(text)) {
    if (cells.length > 0 && cells[cells.length - 1].text !== ' ') cells.push(marked ? { ...SPACE, marked } : SPACE);
    return;
  }
  const width = text.length > 2 ? textWidth(text) : charWidth(text);
  const last = cells.at(-1);
  // A combining mark goes with the character before it.
  if (width === 0 && last) cells[cells.length - 1] = { ...last, text: last.text + text };
  else cells.push({ text, width, marked });
}

/** Brackets hug the words: a closing one goes before the space. */
function bracket(cells: Cell[], opening: boolean): void {
  if (opening) cells.push({ text: '[', width: 1, marked: true });
  else {
    const trailing = cells.at(-1)?.text === ' ' ? cells.pop() : undefined;
    cells.push({ text: ']', width: 1, marked: true });
    if (trailing) cells.push(SPACE);
  }
}

/** Lines of at most `width` columns, broken at spaces and around wide characters; a longer word is broken anywhere. */
export function wrap(cells: readonly Cell[], width: number): Cell[][] {
  const lines: Cell[][] = [];
  let line: Cell[] = [];
  let used = 0;
  const newLine = (): void => {
    while (line.at(-1)?.text === ' ') line.pop();
    lines.push(line);
    line = [];
    used = 0;
  };
  for (const word of wordsOf(cells)) {
    const needed = word.reduce((sum, cell) => sum + cell.width, 0);
    if (used > 0 && used + needed > width) newLine();
    for (const cell of word) {
      if (cell.text === ' ' && used === 0) continue;
      if (used + cell.width > width) newLine();
      if (cell.text === ' ' && used === 0) continue;
      line.push(cell);
      used += cell.width;
    }
  }
  if (line.length > 0) newLine();
  return lines;
}

/** Runs that stay together: a space alone, a wide character alone, anything else up to the next of those; brackets hug. */
function wordsOf(cells: readonly Cell[]): Cell[][] {
  const words: Cell[][] = [];
  let glued = false;
  for (const cell of cells) {
    const alone = cell.text === ' ' || cell.width === 2;
    const follows = cell.text === ']' && cell.marked && words.length > 0;
    if (follows || (glued && cell.text !== ' ' && (!alone || opens(words)))) words[words.length - 1].push(cell);
    else words.push([cell]);
    glued = !alone;
  }
  return words;
}

/** The word so far ends in the bracket that opens a mark. */
function opens(words: readonly (readonly Cell[])[]): boolean {
  const last = words.at(-1)?.at(-1);
  return last !== undefined && last.text === '[' && last.marked;
}
