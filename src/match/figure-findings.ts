import type { Candidate } from '../hashcore/hash-core.js';
import { gradeFigures } from '../judge/figures.js';
import type { Catalog } from '../seeds/catalog.js';
import type { DocumentTokens } from './document-tokens.js';
import { matchFigures } from './figure-match.js';
import type { FigureMatch } from './figure-match.js';
import type { Finding } from './finding.js';
import { longestRun } from './measure.js';
import { runsOf } from './runs.js';
import { bitsOfPairs, tokensOf } from './text-match.js';
import type { TextMatch } from './text-match.js';

/**
 * Items found by their figures alone. What a match of words explains needs no such explanation, and of texts that claim the
 * same figures the one that they fit best keeps them; equal ones all do (one question in several languages).
 */
export function figureFindings(
  catalog: Catalog,
  tokens: DocumentTokens,
  candidates: readonly Candidate[],
  explained: readonly TextMatch[],
): Finding[] {
  const found = matchFigures(catalog, tokens, candidates).filter((match) => gradeFigures(match) !== 'clean');
  const taken = explained.map(({ pairs }) => reach(pairs));
  const own = found.filter((match) => !taken.some((other) => overlaps(reach(match.pairs), other)));
  const best = own.filter(
    (match) => !own.some((other) => other.evidence > match.evidence && shareFigures(match, other)),
  );
  return best.flatMap((match) => findingsOf(catalog, tokens, match));
}

/** Findings of both kinds, one an item: by figures only where words say less. */
export function withFigures(byWords: readonly Finding[], byFigures: readonly Finding[]): Finding[] {
  const better = new Map(byFigures.map((finding) => [finding.item, finding]));
  for (const { item, verdict } of byWords)
    if (verdict === 'contaminated' || better.get(item)?.verdict !== 'contaminated') better.delete(item);
  return [...byWords.filter(({ item }) => !better.has(item)), ...better.values()];
}

type Reach = readonly [first: number, last: number];

function reach(pairs: TextMatch['pairs']): Reach {
  return [pairs[0].document, pairs[pairs.length - 1].document];
}

function overlaps(a: Reach, b: Reach): boolean {
  return a[0] <= b[1] && b[0] <= a[1];
}

function shareFigures(a: FigureMatch, b: FigureMatch): boolean {
  const figures = new Set(a.pairs.map(({ document }) => document));
  return b.pairs.some(({ document }) => figures.has(document));
}

/** One for each item whose part the text is. */
function findingsOf(catalog: Catalog, tokens: DocumentTokens, match: FigureMatch): Finding[] {
  const { weights } = tokensOf(catalog, match.text);
  const finding = {
    byFigures: true,
    withAnswer: false,
    verdict: gradeFigures(match),
    coverage: bitsOfPairs(weights, match.pairs) / weights.reduce((sum, bits) => sum + bits, 0),
    evidence: Math.round(match.evidence),
    longestRun: longestRun(match.pairs),
    runs: runsOf(match.pairs, tokens),
  };
  const items = catalog.owners.subarray(catalog.ownerOffsets[match.text], catalog.ownerOffsets[match.text + 1]);
  return [...items].map((item) => ({ ...finding, item, part: partOf(catalog, item, match.text) }));
}

function partOf({ partOffsets, partTexts, partNames }: Catalog, item: number, text: number): number {
  return partNames[partTexts.indexOf(text, partOffsets[item])];
}
