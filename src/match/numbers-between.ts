import type { Pair } from './align.js';
import type { NumberSense } from './number-sense.js';

/** A gap of more tokens, on either side, is not one number for another but a sentence for another. */
const MOST_TOKENS = 6;

/** Only of a piece that reaches over this share of the text is what stands beside its ends the rest of the text. */
const LARGE_PIECE = 0.7;

/** Numbers of a text where an alignment has a gap: the same ones written otherwise, and others in their place. */
export interface NumbersBetween {
  /** Pairs of numerals that are one number in two notations: "25" and "twenty-five". */
  readonly same: readonly Pair[];
  /**
   * Numerals of the text, by token, that the document has others for. A number that is missing is left out by who shortened the
   * text; one that is another makes it another question.
   */
  readonly others: readonly number[];
}

/** What stands between neighbouring pairs of a piece, and, of the same numbers, right before and behind it. */
export function numbersBetween(
  numbers: NumberSense,
  item: Uint32Array,
  document: Uint32Array,
  pairs: readonly Pair[],
): NumbersBetween {
  const same: Pair[] = [];
  const others: Replaced[] = [];
  const isWhole = pairs[pairs.length - 1].item - pairs[0].item >= LARGE_PIECE * item.length;
  for (let i = 0; i <= pairs.length; i++) {
    const gap = gapBefore(pairs, i, item.length, document.length);
    const own = numeralsIn(numbers, item, gap.item, gap.itemEnd);
    const there = numeralsIn(numbers, document, gap.document, gap.documentEnd);
    if (own.length === 0 || there.length === 0) continue;
    const isEnd = i === 0 || i === pairs.length;
    const found = sameNumber(own, isEnd ? nearest(there, own, i === 0) : there);
    if (found.length > 0) same.push(...found);
    else if (isEnd && isWhole) others.push(...othersBeside(own, there, gap, i === 0));
    else if (!isEnd && !goesOnBefore(numbers, document, pairs, i))
      others.push(...othersOf(own, there, gap, numbers.isNumeral(item[gap.item - 1])));
  }
  return { same, others: areLabels(others) ? [] : others.map(({ at }) => at) };
}

/** A numeral of the text, and the one that the document has in its place; NaN where it is not known which. */
interface Replaced extends Numeral {
  readonly by: number;
}

/** Two numbers that count on may be those of a sibling. */
const LEAST_LIST = 3;

/**
 * Whether numbers only changed places, as those of options do that were shuffled, or count on from another one on both sides, as those
 * of a list and its footnotes do that were numbered anew.
 */
function areLabels(replaced: readonly Replaced[]): boolean {
  if (replaced.length < 2) return false;
  const [ours, theirs] = [replaced.map(({ value }) => value), replaced.map(({ by }) => by)];
  const inOrder = (values: readonly number[]): string => [...values].sort((a, b) => a - b).join(' ');
  const countsOn = (values: readonly number[]): boolean => values.every((value, i) => value === values[0] + i);
  return inOrder(ours) === inOrder(theirs) || (ours.length >= LEAST_LIST && countsOn(ours) && countsOn(theirs));
}

/** "Three hundred and seventy-four" may be aligned at its "and": then what stands in the gap is not the whole number. */
function goesOnBefore(numbers: NumberSense, document: Uint32Array, pairs: readonly Pair[], i: number): boolean {
  const at = pairs[i - 1].document - 1;
  return at >= 0 && numbers.isNumeral(document[at]) && (i < 2 || pairs[i - 2].document !== at);
}

/** Tokens [item, itemEnd) of the text and [document, documentEnd) of the document; empty where either has too many. */
interface Gap {
  readonly item: number;
  readonly itemEnd: number;
  readonly document: number;
  readonly documentEnd: number;
}

function gapBefore(pairs: readonly Pair[], i: number, items: number, documents: number): Gap {
  const [before, after] = [pairs[i - 1] as Pair | undefined, pairs[i] as Pair | undefined];
  const item = before ? before.item + 1 : Math.max(0, after ? after.item - MOST_TOKENS : 0);
  const itemEnd = after ? after.item : Math.min(items, item + MOST_TOKENS);
  const document = before ? before.document + 1 : Math.max(0, after ? after.document - MOST_TOKENS : 0);
  const documentEnd = after ? after.document : Math.min(documents, document + MOST_TOKENS);
  const isWide = itemEnd - item > MOST_TOKENS || documentEnd - document > MOST_TOKENS;
  return isWide ? { item, itemEnd: item, document, documentEnd: document } : { item, itemEnd, document, documentEnd };
}

interface Numeral {
  readonly at: number;
  readonly value: number;
}

function numeralsIn(numbers: NumberSense, hashes: Uint32Array, from: number, to: number): Numeral[] {
  const found: Numeral[] = [];
  for (let at = from; at < to; at++)
    if (numbers.isNumeral(hashes[at])) found.push({ at, value: numbers.valueOf(hashes[at]) });
  return found;
}

/** Beside the end of a piece other numbers may follow: as many as make up the text's number. */
function nearest(there: readonly Numeral[], own: readonly Numeral[], isBefore: boolean): readonly Numeral[] {
  for (let count = 1; count <= there.length; count++) {
    const some = isBefore ? there.slice(-count) : there.slice(0, count);
    if (sameNumber(own, some).length > 0) return some;
  }
  return [];
}

/** Pairs of the numerals if all of either side make up the same number. */
function sameNumber(own: readonly Numeral[], there: readonly Numeral[]): Pair[] {
  if (own.length === there.length || !readings(own).some((value) => readings(there).includes(value))) return [];
  return own.slice(0, there.length).map(({ at }, i) => ({ item: at, document: there[i].at }));
}

/** What numerals in a row may be as one number: digits or groups of three one behind the other, or number words. */
function readings(numerals: readonly Numeral[]): number[] {
  if (numerals.length === 0) return [];
  const values = numerals.map(({ value }) => value);
  const rest = values.slice(1);
  const isJoined = values.every((value) => value < 10) || rest.every((value) => value >= 100 && value < 1000);
  return [isJoined ? Number(values.join('')) : NaN, spelledOut(values)].filter((value) => !Number.isNaN(value));
}

/** What number words in a row come to: 3, 100, 80, 2 is 382. NaN where they are not one number. */
function spelledOut(values: readonly number[]): number {
  return values.reduce((sum, value) => {
    if (value === 100) return sum > 0 && sum < 100 ? sum * 100 : NaN;
    const room = value < 10 ? 10 : 100;
    return sum === 0 || (sum % room === 0 && value > 0) ? sum + value : NaN;
  }, 0);
}

/** Numerals in each other's place. Where one side has more, it is one number or nobody knows who is in whose place. */
function othersOf(own: readonly Numeral[], there: readonly Numeral[], gap: Gap, isFraction: boolean): Replaced[] {
  // "1,200" and "twelve hundred".
  if (own.length > 1 && readings(own).some((value) => readings(there).includes(value))) return [];
  if (isFractionOf(own, there, isFraction) || isFractionOf(there, own, isFraction)) return [];
  if (own.length !== there.length) return isOtherNumber(own, there) ? [{ ...own[0], by: NaN }] : [];
  const isCut = gap.itemEnd - gap.item !== gap.documentEnd - gap.document;
  return own
    .map((numeral, i) => ({ ...numeral, by: there[i].value }))
    .filter(({ value, by }, i) => !isNotation(value, by, isCut, isFraction && i === 0));
}

/** Whether "3/4" is "0.75", or, behind a whole number, "1/2" the "5" of "2.5". */
function isFractionOf(parts: readonly Numeral[], decimal: readonly Numeral[], isBehind: boolean): boolean {
  if (parts.length !== 2 || parts[1].at !== parts[0].at + 1) return false;
  const share = parts[0].value / parts[1].value;
  const [whole, figures] = decimal.length === 1 && isBehind ? [0, decimal[0].value] : decimal.map(({ value }) => value);
  return decimal.length <= 2 && figures !== undefined && share === Number(`${whole}.${figures}`);
}

/** The text's number right beside the end of a piece, where the document has another one. */
function othersBeside(own: readonly Numeral[], there: readonly Numeral[], gap: Gap, isBefore: boolean): Replaced[] {
  const ours = isBefore ? endingAt(own, gap.itemEnd) : startingAt(own, gap.item);
  const theirs = isBefore ? endingAt(there, gap.documentEnd) : startingAt(there, gap.document);
  if (!isOtherNumber(ours, theirs)) return [];
  return [{ ...ours[0], by: ours.length === 1 && theirs.length === 1 ? theirs[0].value : NaN }];
}

function startingAt(numerals: readonly Numeral[], from: number): readonly Numeral[] {
  return numerals.filter(({ at }, i) => at === from + i);
}

function endingAt(numerals: readonly Numeral[], to: number): readonly Numeral[] {
  return numerals.filter(({ at }, i) => at === to - numerals.length + i);
}

/** Whether both sides are a number each, and not the same one, of which "000" is no numeral. */
function isOtherNumber(own: readonly Numeral[], there: readonly Numeral[]): boolean {
  const [ours, theirs] = [readings(own).map(String), readings(there).map(String)];
  const isAlike = ours.some((a) => theirs.some((b) => isPartOf(a, b) || isPartOf(b, a)));
  return ours.length > 0 && theirs.length > 0 && !isAlike;
}

/** Of a number that is cut by something, one end may be all that is seen. */
function isPartOf(part: string, whole: string): boolean {
  return whole.startsWith(part) || whole.endsWith(part);
}

/**
 * The same number cut in other tokens, of which "000" is no numeral ("2,000", "7.00", "0.05"); the end of "2.50" and of "2.5"; or the
 * year of "1914-18" and of "1914-1918".
 */
function isNotation(a: number, b: number, isCut: boolean, isFraction: boolean): boolean {
  const [less, more] = a < b ? [a, b] : [b, a];
  if (isCut && (less === 0 || String(more).startsWith(String(less)))) return true;
  if (more >= 1000 && less >= 10 && more % 100 === less) return true;
  return isFraction && (more === less * 10 || more === less * 100);
}
