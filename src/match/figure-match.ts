import type { Candidate } from '../hashcore/hash-core.js';
import type { FigureGraded } from '../judge/figures.js';
import type { Catalog } from '../seeds/catalog.js';
import { DOLLAR, figureKey, GRAM_SIZES, PERCENT, slotOf } from '../seeds/figures.js';
import type { Pair } from './align.js';
import type { DocumentTokens, Stretch } from './document-tokens.js';
import { EXTRA, figureChain, MISSING } from './figure-chain.js';

/** Tokens around a candidate's figures that are looked at: what a long question has. */
const MARGIN = 400;
/** Figures no farther apart are one: a date, a decimal, an address, "1 or 2". */
const NEXT = 2;
/** Figures around a gram that an alignment may reach beyond the text's own number of them. */
const SPARE = 6;
/** A chain of fewer is no more than the gram that led to it … */
const LEAST_CHAIN = 3;
/** … and one whose bits, with the most that signs and distances can add to each figure, come to less is not looked at. */
const LEAST_BITS = 15;
const MOST_ADDED = 2;

/** Bits for a sign that a figure has on both sides: in word problems one figure in three is money, one in eight a share. */
const SIGN_BITS = new Map([
  [DOLLAR, 1],
  [PERCENT, 2],
]);
/** Bits for a distance that is as the text has it, and what each octave takes away by which it is not (chance: one to two). */
const SPACED = 1;
const OCTAVE = 3;
/** Bits that a figure costs which stands where the rest of the text would be. */
const OUTSIDE = 1;
/** How far that reaches, in the text's own tokens behind each end, and in times its length. */
const AROUND = { tokens: 4, times: 1.25 };

/** A text of the benchmark whose figures stand in a document, in their order. */
export interface FigureMatch extends FigureGraded {
  readonly text: number;
  /** Aligned figures, by token; ascending on both sides. */
  readonly pairs: readonly Pair[];
}

/** The figures of a stretch of the document: which of its tokens, low halves of their hashes, their signs. */
interface Line {
  readonly places: readonly number[];
  readonly hashes: Uint32Array;
  readonly signs: readonly number[];
}

/** The texts whose figures the document holds, each where it fits best. */
export function matchFigures(
  catalog: Catalog,
  tokens: DocumentTokens,
  candidates: readonly Candidate[],
): FigureMatch[] {
  const best = new Map<number, FigureMatch>();
  for (const stretch of stretchesOf(candidates, tokens)) {
    const line = lineOf(tokens, stretch);
    // By member, the last figure of the document that an alignment of it has seen.
    const seen = new Map<number, number>();
    for (let at = 0; at + 2 < line.places.length; at++) {
      for (const { member, first } of holdersAt(catalog, line, at)) {
        if ((seen.get(member) ?? -1) >= at) continue;
        const chain = chainAround(catalog, line, member, first, at);
        seen.set(member, chain.at(-1)?.document ?? at);
        if (chain.length < LEAST_CHAIN || bitsOf(catalog, member, chain) < LEAST_BITS) continue;
        const match = weigh(catalog, line, member, chain);
        if (match.evidence > (best.get(member)?.evidence ?? 0)) best.set(member, match);
      }
    }
  }
  return [...best.values()];
}

function stretchesOf(candidates: readonly Candidate[], tokens: DocumentTokens): Stretch[] {
  const joined: { from: number; to: number }[] = [];
  for (const { first, last } of candidates) {
    const before = joined.at(-1);
    if (before && first - MARGIN <= before.to) before.to = Math.max(before.to, last + MARGIN);
    else joined.push({ from: first - MARGIN, to: last + MARGIN });
  }
  return joined.map(({ from, to }) => tokens.stretch(from, to));
}

function lineOf(tokens: DocumentTokens, stretch: Stretch): Line {
  const { places, signs } = tokens.figures(stretch);
  return {
    places: places.map((i) => i + stretch.first),
    hashes: Uint32Array.from(places, (i) => stretch.hashes[i]),
    signs,
  };
}

/** Members that have figures `at`, `at` + 1 and `at` + 2 of the document in a row, and which of their own is the first. */
function holdersAt({ figures }: Catalog, { hashes }: Line, at: number): { member: number; first: number }[] {
  const holders: { member: number; first: number }[] = [];
  for (const size of GRAM_SIZES) {
    if (at + size > hashes.length) break;
    const key = figureKey(hashes, at, size);
    const slot = slotOf(figures.keys, key);
    if (figures.keys[slot] !== key) continue;
    for (let entry = figures.starts[slot]; entry < figures.starts[slot + 1]; entry++) {
      const member = figures.members[entry];
      holders.push({ member, first: figures.firsts[entry] - figures.offsets[member] });
    }
  }
  return holders;
}

/** A member's figures aligned with those around figure `at` of the document, where its own from `first` on stand. */
function chainAround({ figures }: Catalog, { hashes }: Line, member: number, first: number, at: number): Pair[] {
  const [own, end] = [figures.offsets[member], figures.offsets[member + 1]];
  const from = Math.max(0, at - first - SPARE);
  const to = at + end - own - first + SPARE;
  const chain = figureChain(
    figures.hashes.subarray(own, end),
    figures.bits.subarray(own, end),
    hashes.subarray(from, to),
  );
  return chain.map(({ item, document }) => ({ item: item + own, document: document + from }));
}

/** The most that a chain can come to. */
function bitsOf({ figures }: Catalog, member: number, chain: readonly Pair[]): number {
  const missing = figures.offsets[member + 1] - figures.offsets[member] - chain.length;
  const bits = chain.reduce((sum, { item }) => sum + figures.bits[item], 0);
  return bits + MOST_ADDED * chain.length - MISSING * missing;
}

/** What a chain of figures, numbered in the catalog and in the line, comes to. */
function weigh({ figures, ...catalog }: Catalog, line: Line, member: number, chain: readonly Pair[]): FigureMatch {
  const text = figures.texts[member];
  const pairs = chain.map(({ item, document }) => ({ item: figures.places[item], document: line.places[document] }));
  const [first, last] = [pairs[0], pairs[pairs.length - 1]];
  const stretch = (last.document - first.document) / (last.item - first.item);
  const length = catalog.textOffsets[text + 1] - catalog.textOffsets[text];
  const from = first.document - (first.item + AROUND.tokens) * stretch * AROUND.times;
  const to = last.document + (length - last.item + AROUND.tokens) * stretch * AROUND.times;
  const inside = chain[chain.length - 1].document - chain[0].document + 1;
  const around = countBetween(line.places, from, to);
  const missing = figures.offsets[member + 1] - figures.offsets[member] - chain.length;
  const costs = MISSING * missing + EXTRA * (inside - chain.length) + OUTSIDE * (around - inside);
  const bits = chain.reduce((sum, pair) => sum + figures.bits[pair.item] + signBits(figures.signs, line, pair), 0);
  return {
    text,
    pairs,
    evidence: bits - costs + spacing(pairs, stretch),
    apart: pairs.filter(({ item }, i) => i === 0 || item - pairs[i - 1].item > NEXT).length,
    stretch,
  };
}

/** How many places, which ascend, lie in [from, to). */
function countBetween(places: readonly number[], from: number, to: number): number {
  return firstFrom(places, to) - firstFrom(places, from);
}

function firstFrom(places: readonly number[], value: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function signBits(signs: Uint8Array, line: Line, { item, document }: Pair): number {
  return signs[item] === line.signs[document] ? (SIGN_BITS.get(signs[item]) ?? 0) : 0;
}

/** Bits for how the distances between figures are the text's, all of them stretched alike; the first one sets the scale. */
function spacing(pairs: readonly Pair[], stretch: number): number {
  let octaves = 0;
  for (let i = 1; i < pairs.length; i++) {
    const own = pairs[i].item - pairs[i - 1].item;
    const there = pairs[i].document - pairs[i - 1].document;
    octaves += Math.abs(Math.log2((there + 1) / (stretch * own + 1)));
  }
  return SPACED * (pairs.length - 2) - OCTAVE * octaves;
}
