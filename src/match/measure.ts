import type { Catalog } from '../seeds/catalog.js';
import type { Pair } from './align.js';
import type { NumberSense } from './number-sense.js';
import { bitsOfPairs, tokensOf } from './text-match.js';
import type { TextMatch } from './text-match.js';

/** What the judge needs to know of a match of one text. */
export interface Measure {
  /** Aligned share of the text's bits, 0 to 1. */
  readonly coverage: number;
  /** Bits of the aligned tokens less gaps and substitutions. */
  readonly evidence: number;
  /** Tokens in the longest run without a gap on either side. */
  readonly longestRun: number;
  /** Tokens aligned, and tokens of the text. */
  readonly aligned: number;
  readonly tokens: number;
  /** Numerals of the text between its first aligned token and its last, and how many of them are aligned. */
  readonly numerals: number;
  readonly alignedNumerals: number;
  /** Numerals of the text that stand there as others. */
  readonly replacedNumerals: number;
  /** Share of the text's tokens between the first aligned one and the last. */
  readonly extent: number;
  /** Whether one of its first or last two tokens is aligned. */
  readonly atAnEnd: boolean;
  /** Share of the aligned bits that stand in the text's order. */
  readonly inOrder: number;
  /** Whether its rarest token is aligned (any of them, where several are as rare). */
  readonly hasRarest: boolean;
  /** Whether the text shares nearly all of its grams with many others (seeds/family.ts). */
  readonly ofFamily: boolean;
}

export function measure(catalog: Catalog, numbers: NumberSense, match: TextMatch): Measure {
  const { hashes: original, weights } = tokensOf(catalog, match.text);
  const hashes = numbers.canonical(original);
  const { first, last } = reach(match.pairs, hashes.length);
  let numerals = 0;
  for (let i = first; i <= last; i++) if (numbers.isNumeral(hashes[i])) numerals++;
  return {
    coverage: match.coverage,
    evidence: match.score,
    longestRun: longestRun(match.pairs),
    aligned: match.pairs.length,
    tokens: hashes.length,
    numerals,
    alignedNumerals: match.pairs.filter((pair) => numbers.isNumeral(hashes[pair.item])).length,
    replacedNumerals: match.replacedNumerals,
    extent: (last - first + 1) / hashes.length,
    inOrder: inOrder(weights, match.pairs),
    hasRarest: hasRarest(weights, match.pairs),
    ofFamily: catalog.poor[match.text] === 1,
    atAnEnd: first < 2 || last >= hashes.length - 2,
  };
}

/** More pairs are a long text, whose pieces may stand anywhere. */
const MOST_ORDERED = 64;

/** The weightiest row of pairs that ascend on both sides; pairs ascend in the document. */
function inOrder(weights: Uint8Array, pairs: readonly Pair[]): number {
  if (pairs.length > MOST_ORDERED) return 1;
  const upTo: number[] = [];
  let most = 0;
  for (const [i, pair] of pairs.entries()) {
    let before = 0;
    for (let j = 0; j < i; j++) if (pairs[j].item < pair.item) before = Math.max(before, upTo[j]);
    upTo.push(before + weights[pair.item]);
    most = Math.max(most, upTo[i]);
  }
  return most / bitsOfPairs(weights, pairs);
}

function hasRarest(weights: Uint8Array, pairs: readonly Pair[]): boolean {
  const most = weights.reduce((a, b) => Math.max(a, b), 0);
  return pairs.some((pair) => weights[pair.item] === most);
}

/** The first and the last aligned token of the text. */
function reach(pairs: readonly Pair[], tokens: number): { first: number; last: number } {
  let first = tokens;
  let last = 0;
  for (const pair of pairs) {
    first = Math.min(first, pair.item);
    last = Math.max(last, pair.item);
  }
  return { first, last };
}

export function longestRun(pairs: readonly Pair[]): number {
  let longest = 0;
  let run = 0;
  for (let i = 0; i < pairs.length; i++) {
    run = i > 0 && follows(pairs[i - 1], pairs[i]) ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Whether two pairs are neighbours on both sides. */
export function follows(before: Pair, after: Pair): boolean {
  return after.item === before.item + 1 && after.document === before.document + 1;
}
