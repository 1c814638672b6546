import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Aligner, type Piece } from '../../dist/match/align.js';
import { alignRuns } from '../../dist/match/align-runs.js';

const aligner = new Aligner();
const bits = (length: number): Uint8Array => new Uint8Array(length).fill(10);
const tokens = (...list: number[]): Uint32Array => Uint32Array.from(list);
const pairs = (pieces: readonly Piece[]): string[] =>
  pieces.flatMap((p) => p.pairs.map((x) => `${x.item}:${x.document}`));

const words = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 4, maxLength: 40 });
const both = [
  ['the table', (a: Uint32Array, b: Uint32Array) => aligner.align(a, bits(a.length), b)],
  ['the runs', (a: Uint32Array, b: Uint32Array) => alignRuns(a, bits(a.length), b)],
] as const;

describe.each(both)('alignment by %s', (_, align) => {
  it('finds a text whole wherever it stands', () => {
    fc.assert(
      fc.property(words, words, words, (before, item, after) => {
        const found = align(tokens(...item), tokens(...before, ...item, ...after));
        expect(new Set(found.flatMap((p) => p.pairs.map((pair) => pair.item))).size).toBe(item.length);
      }),
    );
  });

  it('pairs only equal tokens, each token of either side at most once, in order within a piece', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const found = align(tokens(...a), tokens(...b, ...a.slice(2), ...b));
        const document = [...b, ...a.slice(2), ...b];
        const seen = found.flatMap((p) => p.pairs);
        for (const pair of seen) expect(a[pair.item]).toBe(document[pair.document]);
        expect(new Set(seen.map((p) => p.item)).size).toBe(seen.length);
        expect(new Set(seen.map((p) => p.document)).size).toBe(seen.length);
        for (const { pairs } of found)
          for (let i = 1; i < pairs.length; i++) {
            expect(pairs[i].item).toBeGreaterThan(pairs[i - 1].item);
            expect(pairs[i].document).toBeGreaterThan(pairs[i - 1].document);
          }
      }),
    );
  });

  it('finds halves in the other order, piece by piece', () => {
    const item = Array.from({ length: 20 }, (_, i) => i + 1);
    const swapped = [...item.slice(10), 900, 901, 902, ...item.slice(0, 10)];
    expect(pairs(align(tokens(...item), tokens(...swapped)))).toHaveLength(20);
  });

  it('finds nothing in what shares no words', () => {
    expect(align(tokens(1, 2, 3, 4, 5), tokens(6, 7, 8, 9, 10))).toEqual([]);
  });
});

describe('alignment by the table', () => {
  it('goes over substituted, added and missing words', () => {
    const found = aligner.align(tokens(1, 2, 3, 4, 5, 6, 7, 8), bits(8), tokens(1, 2, 99, 4, 5, 98, 6, 8));
    expect(found).toHaveLength(1);
    expect(found[0].pairs.map((p) => p.item)).toEqual([0, 1, 3, 4, 5, 7]);
  });

  it('does not take a shuffled bag of words for the text', () => {
    const item = Array.from({ length: 30 }, (_, i) => i + 1);
    const shuffled = item.map((_, i) => item[(i * 11) % 30]);
    const found = aligner.align(tokens(...item), bits(30), tokens(...shuffled));
    expect(pairs(found).length).toBeLessThan(15);
  });
});

describe('alignment by runs', () => {
  it('takes time by the lengths, not by their product', () => {
    const long = Uint32Array.from({ length: 60_000 }, (_, i) => (i * 7919) % 50_021);
    const found = alignRuns(long, bits(long.length), long);
    expect(new Set(found.flatMap((p) => p.pairs.map((x) => x.item))).size).toBe(long.length);
  });
});
