import type { Catalog } from '../seeds/catalog.js';
import type { Candidate } from '../hashcore/hash-core.js';
import { MOST_CELLS } from './align.js';
import type { Aligner, Pair } from './align.js';
import { alignRuns } from './align-runs.js';
import type { DocumentTokens } from './document-tokens.js';
import type { NumberSense } from './number-sense.js';
import { numbersBetween } from './numbers-between.js';

/** Tokens around a candidate's seeds that its alignment may reach into, beside the text's own length. */
const MARGIN = 24;

/** A piece far from the best one counts only if it is worth this much by itself: smaller ones are chance in a long document. */
const LONE_PIECE_BITS = 60;

/** A text of the benchmark aligned with a document. */
export interface TextMatch {
  readonly text: number;
  /** Aligned tokens, `document` being token numbers of the document; ascending on the document's side. */
  readonly pairs: readonly Pair[];
  /** Bits of the alignment: aligned tokens less gaps and substitutions. */
  readonly score: number;
  /** Aligned share of the text's bits, 0 to 1. */
  readonly coverage: number;
  /** Numerals of the text that stand there as others (numbers-between.ts). */
  readonly replacedNumerals: number;
  /** That the document holds a sibling with other numbers, word for word, and this text only in so far. */
  readonly outshone?: boolean;
}

/** A text's tokens and their bits. */
export function tokensOf(catalog: Catalog, text: number): { hashes: Uint32Array; weights: Uint8Array } {
  const from = catalog.textOffsets[text];
  const to = catalog.textOffsets[text + 1];
  return { hashes: catalog.hashes.subarray(from, to), weights: catalog.weights.subarray(from, to) };
}

/**
 * Aligns a text with all stretches of the document where it is a candidate. Pieces from several stretches are put
 * together (a text cut in two and set far apart), each token of the text counting once.
 */
export function matchText(
  catalog: Catalog,
  aligner: Aligner,
  tokens: DocumentTokens,
  numbers: NumberSense,
  text: number,
  candidates: readonly Candidate[],
): TextMatch | undefined {
  const { hashes: original, weights } = tokensOf(catalog, text);
  const hashes = numbers.canonical(original);
  const pieces = stretches(candidates, hashes.length + MARGIN).flatMap(({ from, to }) => {
    const stretch = tokens.stretch(from, to);
    const tokensThere = numbers.canonical(stretch.hashes);
    const found =
      hashes.length * stretch.length > MOST_CELLS
        ? alignRuns(hashes, weights, tokensThere)
        : aligner.align(hashes, weights, tokensThere);
    return found.map((piece) => {
      const { same, others } = numbersBetween(numbers, hashes, tokensThere, piece.pairs);
      const pairs = same.length > 0 ? [...piece.pairs, ...same].sort((x, y) => x.document - y.document) : piece.pairs;
      return {
        score: piece.score + bitsOfPairs(weights, same),
        replaced: others,
        pairs: pairs.map((pair) => ({ item: pair.item, document: pair.document + stretch.first })),
      };
    });
  });
  pieces.sort((a, b) => b.score - a.score || a.pairs[0].document - b.pairs[0].document);
  const reach = hashes.length + MARGIN;
  const taken = new Uint8Array(hashes.length);
  const pairs: Pair[] = [];
  let score = 0;
  const replaced = new Set<number>();
  for (const piece of pieces) {
    // A second copy of what is found already adds nothing.
    const fresh = piece.pairs.filter((pair) => taken[pair.item] === 0);
    if (fresh.length * 2 < piece.pairs.length) continue;
    if (piece.score < LONE_PIECE_BITS && !isNear(piece.pairs, pieces[0].pairs, reach)) continue;
    for (const pair of fresh) taken[pair.item] = 1;
    pairs.push(...fresh);
    for (const token of piece.replaced) replaced.add(token);
    score += fresh.length === piece.pairs.length ? piece.score : (piece.score * fresh.length) / piece.pairs.length;
  }
  pairs.sort((a, b) => a.document - b.document);
  return pairs.length > 0
    ? {
        text,
        pairs,
        score,
        coverage: bitsOfPairs(weights, pairs) / bitsOfAll(weights),
        replacedNumerals: [...replaced].filter((token) => taken[token] === 0).length,
      }
    : undefined;
}

/** Bits of the aligned tokens. */
export function bitsOfPairs(weights: Uint8Array, pairs: readonly Pair[]): number {
  return pairs.reduce((sum, pair) => sum + weights[pair.item], 0);
}

function bitsOfAll(weights: Uint8Array): number {
  return weights.reduce((sum, bits) => sum + bits, 0);
}

function isNear(a: readonly Pair[], b: readonly Pair[], reach: number): boolean {
  return a[0].document - b[b.length - 1].document <= reach && b[0].document - a[a.length - 1].document <= reach;
}

/** The candidates' stretches with a margin, overlapping ones joined. */
function stretches(candidates: readonly Candidate[], margin: number): { from: number; to: number }[] {
  const joined: { from: number; to: number }[] = [];
  for (const { first, last } of [...candidates].sort((a, b) => a.first - b.first)) {
    const from = Math.max(0, first - margin);
    const to = last + margin;
    const before = joined.at(-1);
    if (before && from <= before.to) before.to = Math.max(before.to, to);
    else joined.push({ from, to });
  }
  return joined;
}
