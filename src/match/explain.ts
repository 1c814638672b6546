import { isAsWhole, isNearlyWhole, isTwin, keepsRest } from '../judge/siblings.js';
import type { Catalog } from '../seeds/catalog.js';
import { compareTexts } from '../seeds/family-seeds.js';
import type { Pair } from './align.js';
import { longestRun } from './measure.js';
import type { NumberSense } from './number-sense.js';
import { bitsOfPairs, tokensOf } from './text-match.js';
import type { TextMatch } from './text-match.js';

/** Who keeps a token of the document, and its bits there. */
interface Holder {
  readonly text: number;
  readonly bits: number;
  /** Coverage of the match that holds it. */
  readonly coverage: number;
}

/**
 * One span, one explanation: where texts of different items align with the same tokens of the document, the one with the
 * best rank keeps them and the others are left with what is theirs alone. Texts that share an owner do not compete (a
 * question stands inside its own prompt), nor do texts that are word for word the same there.
 */
export function explain(catalog: Catalog, numbers: NumberSense, matches: readonly TextMatch[]): TextMatch[] {
  // A whole short question explains better than a part of a longer sibling that happens to score more.
  const rank = (match: TextMatch): number => match.score * match.coverage;
  // Ties fall by what the texts say, never by which was read first.
  const ordered = [...matches].sort((a, b) => rank(b) - rank(a) || compareTexts(catalog, a.text, b.text));
  const holders = new Map<number, Holder>();
  const kept: TextMatch[] = [];
  for (const match of ordered) {
    const own = match.pairs.filter((pair) => !isTaken(catalog, match.text, holders.get(pair.document)));
    const left = own.length === match.pairs.length ? match : rest(catalog, numbers, match, own, holders);
    if (!left) continue;
    const { weights } = tokensOf(catalog, match.text);
    for (const pair of left.pairs)
      if (!holders.has(pair.document))
        holders.set(pair.document, { text: match.text, bits: weights[pair.item], coverage: match.coverage });
    kept.push(left);
  }
  return kept;
}

/** What is left of a match that a better one overlaps. */
function rest(
  catalog: Catalog,
  numbers: NumberSense,
  match: TextMatch,
  own: readonly Pair[],
  holders: ReadonlyMap<number, Holder>,
): TextMatch | undefined {
  const nearly = isNearlyWhole(match.coverage, longestRun(match.pairs));
  const best = match.pairs.reduce((most, pair) => Math.max(most, holders.get(pair.document)?.coverage ?? 0), 0);
  if (!nearly && !isAsWhole(match.coverage, best)) return reduce(catalog, match, own);
  const { all, aligned } = numeralsOf(catalog, numbers, match);
  if (isTwin(all, aligned, contradictedBits(catalog, match, holders))) return match;
  return nearly ? { ...match, outshone: true } : reduce(catalog, match, own);
}

/** Bits of the match's text that are missing where the document has words of a better match instead. */
function contradictedBits(catalog: Catalog, match: TextMatch, holders: ReadonlyMap<number, Holder>): number {
  const { weights } = tokensOf(catalog, match.text);
  const { pairs } = match;
  let sum = 0;
  for (let i = 0; i <= pairs.length; i++) {
    const gap = gapBefore(pairs, i, weights.length);
    const missing = weights.subarray(gap.itemFrom, gap.itemTo).reduce((bits, weight) => bits + weight, 0);
    if (missing === 0) continue;
    let instead = 0;
    for (let token = gap.documentFrom; token < gap.documentTo; token++) {
      const holder = holders.get(token);
      if (holder && isTaken(catalog, match.text, holder)) instead += holder.bits;
    }
    sum += Math.min(missing, instead);
  }
  return sum;
}

/** The tokens of both sides between pair i − 1 and pair i; before the first and behind the last, as many as the text lacks. */
function gapBefore(
  pairs: readonly Pair[],
  i: number,
  tokens: number,
): { itemFrom: number; itemTo: number; documentFrom: number; documentTo: number } {
  const [itemFrom, itemTo] = [i > 0 ? pairs[i - 1].item + 1 : 0, i < pairs.length ? pairs[i].item : tokens];
  const length = Math.max(0, itemTo - itemFrom);
  const documentFrom = i > 0 ? pairs[i - 1].document + 1 : pairs[0].document - length;
  const documentTo = i < pairs.length ? pairs[i].document : documentFrom + length;
  return { itemFrom, itemTo, documentFrom, documentTo };
}

/** The same template with other numbers is a sibling: worth a look, but the document holds the other one. */
function numeralsOf(catalog: Catalog, numbers: NumberSense, match: TextMatch): { all: number; aligned: number } {
  const hashes = numbers.canonical(tokensOf(catalog, match.text).hashes);
  return {
    all: hashes.reduce((count, hash) => count + (numbers.isNumeral(hash) ? 1 : 0), 0),
    aligned: match.pairs.filter((pair) => numbers.isNumeral(hashes[pair.item])).length,
  };
}

function isTaken(catalog: Catalog, text: number, holder: Holder | undefined): boolean {
  if (holder === undefined || catalog.sameAs[holder.text] === catalog.sameAs[text]) return false;
  return !shareOwner(catalog, text, holder.text);
}

function shareOwner(catalog: Catalog, a: number, b: number): boolean {
  for (let i = catalog.ownerOffsets[a]; i < catalog.ownerOffsets[a + 1]; i++)
    for (let j = catalog.ownerOffsets[b]; j < catalog.ownerOffsets[b + 1]; j++)
      if (catalog.owners[i] === catalog.owners[j]) return true;
  return false;
}

/** The match with only the pairs that are its own; nothing when those are the smaller part. */
function reduce(catalog: Catalog, match: TextMatch, own: readonly Pair[]): TextMatch | undefined {
  const { weights } = tokensOf(catalog, match.text);
  const share = bitsOfPairs(weights, own) / bitsOfPairs(weights, match.pairs);
  if (!keepsRest(share)) return undefined;
  return { ...match, pairs: own, score: match.score * share, coverage: match.coverage * share };
}
