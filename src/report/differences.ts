import type { Stretch } from './cells.js';

/** Words of each text that are compared, unless asked for more: those behind do not fit on a screen. */
const MOST_WORDS = 600;

export interface DifferenceOptions {
  /** Case and punctuation are differences too. */
  readonly exactly?: boolean;
  readonly mostWords?: number;
}

/** Where two texts differ, in UTF-16 units of each. */
export interface Difference {
  /** Where the first difference is: the same place in both texts, whichever has the word. */
  readonly start: number;
  readonly marks: readonly Stretch[];
}

/** The words that two texts do not have in common, in order; case and punctuation are no difference unless asked for. */
export function differences(
  left: string,
  right: string,
  { exactly = false, mostWords = MOST_WORDS }: DifferenceOptions = {},
): readonly [Difference, Difference] {
  const a = wordsOf(left, exactly, mostWords);
  const b = wordsOf(right, exactly, mostWords);
  const start = sharedStart(a, b);
  const end = sharedEnd(a, b, start);
  const [onlyLeft, onlyRight] = unshared(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const same = onlyLeft.length + onlyRight.length === 0;
  return [
    { start: (same ? a[0] : a[start])?.stretch[0] ?? left.length, marks: joined(onlyLeft, left) },
    { start: (same ? b[0] : b[start])?.stretch[0] ?? right.length, marks: joined(onlyRight, right) },
  ];
}

function sharedStart(a: readonly Word[], b: readonly Word[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n].word === b[n].word) n++;
  return n;
}

function sharedEnd(a: readonly Word[], b: readonly Word[], start: number): number {
  let n = 0;
  while (n < a.length - start && n < b.length - start && a[a.length - 1 - n].word === b[b.length - 1 - n].word) n++;
  return n;
}

/** What is left when the longest sequence that both have is taken out. */
function unshared(a: readonly Word[], b: readonly Word[]): readonly [Stretch[], Stretch[]] {
  const common = commonLengths(a, b);
  const onlyLeft: Stretch[] = [];
  const onlyRight: Stretch[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length)
    if (i < a.length && j < b.length && a[i].word === b[j].word) [i, j] = [i + 1, j + 1];
    // Whichever step keeps the longer rest in common.
    else if (j === b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) onlyLeft.push(a[i++].stretch);
    else onlyRight.push(b[j++].stretch);
  return [onlyLeft, onlyRight];
}

interface Word {
  readonly word: string;
  readonly stretch: Stretch;
}

/** Runs without spaces; single characters where a script has none. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

function wordsOf(text: string, exactly: boolean, most: number): Word[] {
  const words: Word[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const bare = exactly ? word : word.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
    if (bare !== '') words.push({ word: bare, stretch: [index, index + word.length] });
    if (words.length === most) break;
  }
  return words;
}

/** [i][j]: words that the rests from i and from j have in common, in order. */
function commonLengths(a: readonly Word[], b: readonly Word[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      rows[i][j] = a[i].word === b[j].word ? rows[i + 1][j + 1] + 1 : Math.max(rows[i + 1][j], rows[i][j + 1]);
  return rows;
}

/** Neighbours with nothing but space between become one. */
function joined(stretches: readonly Stretch[], text: string): Stretch[] {
  const found: Stretch[] = [];
  for (const [from, to] of stretches) {
    const last = found.at(-1);
    if (last && text.slice(last[1], from).trim() === '') found[found.length - 1] = [last[0], to];
    else found.push([from, to]);
  }
  return found;
}
