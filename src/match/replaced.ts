import type { Pair } from './align.js';
import type { NumberSense } from './number-sense.js';

/** A gap of more tokens, on either side, is not one word or number for another but a sentence for another. */
const MOST_TOKENS = 6;

/**
 * Numbers of the text that the document has other numbers for: counted gap by gap of an aligned piece, and right before and
 * behind it. A number that is missing is left out by who shortened the text; one that is another makes it another question.
 */
export function replacedNumerals(
  numbers: NumberSense,
  item: Uint32Array,
  document: Uint32Array,
  pairs: readonly Pair[],
): number {
  let count = 0;
  for (let i = 1; i < pairs.length; i++) {
    const [before, after] = [pairs[i - 1], pairs[i]];
    const own = item.subarray(before.item + 1, after.item);
    const there = document.subarray(before.document + 1, after.document);
    if (own.length === 0 || there.length === 0) continue;
    if (own.length > MOST_TOKENS || there.length > MOST_TOKENS) continue;
    count += otherNumerals(numbers, own, there, numbers.isNumeral(item[before.item]));
  }
  return count;
}

/**
 * How many numerals of `own` have another one in `there`, which stands in their place. More or fewer of them are as a rule the
 * same number written otherwise: "25" and "twenty-five", "1,250" and "1250".
 */
function otherNumerals(numbers: NumberSense, own: Uint32Array, there: Uint32Array, isFraction: boolean): number {
  const ours = valuesOf(numbers, own);
  const theirs = valuesOf(numbers, there);
  if (ours.length === 0 || ours.length !== theirs.length) return 0;
  const isCut = own.length !== there.length;
  return ours.filter((value, i) => !isSame(value, theirs[i], isCut, isFraction && i === 0)).length;
}

function valuesOf(numbers: NumberSense, hashes: Uint32Array): number[] {
  return [...hashes].filter((hash) => numbers.isNumeral(hash)).map((hash) => numbers.valueOf(hash));
}

/** The same number cut in other tokens, of which "000" is no numeral ("2,000", "7.00"); or the end of "2.50" and of "2.5". */
function isSame(a: number, b: number, isCut: boolean, isFraction: boolean): boolean {
  const [less, more] = a < b ? [a, b] : [b, a];
  if (isCut && String(more).startsWith(String(less))) return true;
  return isFraction && (more === less * 10 || more === less * 100);
}
