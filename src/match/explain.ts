import type { Catalog } from '../seeds/catalog.js';
import type { Pair } from './align.js';
import { longestRun } from './measure.js';
import type { NumberSense } from './number-sense.js';
import { bitsOfPairs, tokensOf } from './text-match.js';
import type { TextMatch } from './text-match.js';

/**
 * A text covered this far stands there in its own right, whatever else explains the stretch better: benchmarks repeat each
 * other's items with small changes, and a leak of one is a leak of its twin.
 */
const TWIN_COVERAGE = 0.86;
/** … or this far with a run of so many tokens. */
const TWIN_WITH_RUN = { coverage: 0.8, run: 12 };
/** Share of its numbers that a twin has aligned: more than half. */
const TWIN_NUMBERS = 0.51;

/** Share of a match's bits that must be its own when a better match explains the same stretch of the document. */
const OWN_SHARE = 0.5;

/**
 * One span, one explanation: where texts of different items align with the same tokens of the document, the one with the
 * best rank keeps them and the others are left with what is theirs alone. Texts that share an owner do not compete (a
 * question stands inside its own prompt), nor do texts that are word for word the same there.
 */
export function explain(catalog: Catalog, numbers: NumberSense, matches: readonly TextMatch[]): TextMatch[] {
  // A whole short question explains better than a part of a longer sibling that happens to score more.
  const rank = (match: TextMatch): number => match.score * match.coverage;
  const ordered = [...matches].sort((a, b) => rank(b) - rank(a) || byContent(catalog, a.text, b.text));
  const holder = new Map<number, number>();
  const kept: TextMatch[] = [];
  for (const match of ordered) {
    const own = match.pairs.filter((pair) => !isTaken(catalog, match.text, holder.get(pair.document)));
    const left = own.length === match.pairs.length ? match : rest(catalog, numbers, match, own);
    if (!left) continue;
    for (const pair of left.pairs) if (!holder.has(pair.document)) holder.set(pair.document, match.text);
    kept.push(left);
  }
  return kept;
}

/** Ties fall by what the texts say, never by which was read first. */
function byContent(catalog: Catalog, a: number, b: number): number {
  const left = tokensOf(catalog, a).hashes;
  const right = tokensOf(catalog, b).hashes;
  for (let i = 0; i < left.length && i < right.length; i++) if (left[i] !== right[i]) return left[i] - right[i];
  return left.length - right.length;
}

/** What is left of a match that a better one overlaps. */
function rest(catalog: Catalog, numbers: NumberSense, match: TextMatch, own: readonly Pair[]): TextMatch | undefined {
  if (!isNearlyWhole(match)) return reduce(catalog, match, own);
  return hasItsNumbers(catalog, numbers, match) ? match : { ...match, outshone: true };
}

function isNearlyWhole(match: TextMatch): boolean {
  const withRun = match.coverage >= TWIN_WITH_RUN.coverage && longestRun(match.pairs) >= TWIN_WITH_RUN.run;
  return match.coverage >= TWIN_COVERAGE || withRun;
}

/** The same template with other numbers is a sibling: worth a look, but the document holds the other one. */
function hasItsNumbers(catalog: Catalog, numbers: NumberSense, match: TextMatch): boolean {
  const hashes = numbers.canonical(tokensOf(catalog, match.text).hashes);
  const all = hashes.reduce((count, hash) => count + (numbers.isNumeral(hash) ? 1 : 0), 0);
  return match.pairs.filter((pair) => numbers.isNumeral(hashes[pair.item])).length >= all * TWIN_NUMBERS;
}

function isTaken(catalog: Catalog, text: number, holder: number | undefined): boolean {
  return holder !== undefined && holder !== text && !shareOwner(catalog, text, holder);
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
  if (share < OWN_SHARE) return undefined;
  return { text: match.text, pairs: own, score: match.score * share, coverage: match.coverage * share };
}
