import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Aligner } from '../../dist/match/align.js';
import type { Piece } from '../../dist/match/align.js';

/** Plain twin of the aligner: every cell of the table, objects for cells, nothing kept from one call to the next. */
function plainAlign(item: number[], weights: number[], document: number[]): Piece[] {
  const left = { item: [...item], document: [...document] };
  const all = weights.reduce((a, b) => a + b, 0);
  const pieces: Piece[] = [];
  let unaligned = all;
  while (pieces.length < 8 && unaligned >= 22 && unaligned > all * (1 - 0.92)) {
    const piece = bestPiece(left.item, weights, left.document);
    if (piece.score < 22) break;
    for (const pair of piece.pairs) {
      left.item[pair.item] = -1;
      left.document[pair.document] = -2;
      unaligned -= weights[pair.item];
    }
    pieces.push(piece);
    if (piece.score < 40) break;
  }
  return pieces;
}

interface Cell {
  score: number;
  pairs: Piece['pairs'];
}

function bestPiece(item: number[], weights: number[], document: number[]): Piece {
  const nothing: Cell = { score: 0, pairs: [] };
  let best = nothing;
  let above = document.map(() => nothing);
  item.forEach((token, i) => {
    const row: Cell[] = [];
    document.forEach((other, j) => {
      const diagonal = above[j - 1] ?? nothing;
      const ways: Cell[] = [
        other === token
          ? { score: diagonal.score + weights[i], pairs: [...diagonal.pairs, { item: i, document: j }] }
          : { score: diagonal.score - 7, pairs: diagonal.pairs },
        { score: above[j].score - 5, pairs: above[j].pairs },
        { score: (row[j - 1] ?? nothing).score - 4, pairs: (row[j - 1] ?? nothing).pairs },
      ];
      row[j] = ways.reduce((a, b) => (b.score > a.score ? b : a), nothing);
      if (row[j].score > best.score) best = row[j];
    });
    above = row;
  });
  return best;
}

const HASHES = [7, 2 ** 32 - 200, 2 ** 31, 12, 14, 2 ** 18 + 7, 99, 1000, 3, 5];

/** A text, and a document that holds stretches of it among other tokens. */
const pair = fc
  .record({
    item: fc.array(fc.nat(HASHES.length - 1), { minLength: 1, maxLength: 40 }),
    weights: fc.array(fc.integer({ min: 1, max: 18 }), { minLength: 40, maxLength: 40 }),
    stretches: fc.array(fc.tuple(fc.nat(40), fc.nat(40), fc.array(fc.nat(30), { maxLength: 60 })), { maxLength: 6 }),
  })
  .map(({ item, weights, stretches }) => ({
    item: item.map((i, at) => HASHES[i] + (at % 3) * 20),
    weights: weights.slice(0, item.length),
    document: stretches.flatMap(([from, length, others]) => [
      ...item.map((i, at) => HASHES[i] + (at % 3) * 20).slice(from, from + length),
      ...others.map((other) => HASHES[other % HASHES.length] + other),
    ]),
  }));

it('the aligner and its plain twin find the same pieces, whatever was aligned before', () => {
  const aligner = new Aligner();
  fc.assert(
    fc.property(pair, ({ item, weights, document }) => {
      const pieces = aligner.align(Uint32Array.from(item), Uint8Array.from(weights), Uint32Array.from(document));
      expect(pieces).toEqual(plainAlign(item, weights, document));
    }),
    { numRuns: 1000 },
  );
});

it('an alignment that begins with the document owes nothing to the one before', () => {
  const aligner = new Aligner();
  // Every cell of this table has a score, the second's table lies over it.
  aligner.align(new Uint32Array(60), new Uint8Array(60).fill(18), new Uint32Array(200));
  const item = Array.from({ length: 40 }, (_, i) => 1000 + 2 * i);
  const weights = item.map(() => 12);
  const document = [...item.slice(10), ...item.map((token) => token + 5000)];
  const pieces = aligner.align(Uint32Array.from(item), Uint8Array.from(weights), Uint32Array.from(document));
  expect(pieces).toEqual(plainAlign(item, weights, document));
});
