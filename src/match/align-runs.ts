import type { Pair, Piece } from './align.js';

/** Tokens that start a run. */
const START = 3;
/** Places of the text that one start may lead to: a start that repeats more often is followed from its first ones only. */
const MOST_PLACES = 16;
/** A run of fewer bits is chance (as in align.ts). */
const LEAST_RUN_BITS = 22;

interface Run {
  readonly item: number;
  readonly document: number;
  readonly length: number;
  readonly bits: number;
}

/**
 * Pieces of a text too long, or in a stretch too long, for a table of all token pairs: runs of equal tokens, the
 * weightiest first, each token of either side used once. Time grows with the two lengths, not with their product. Edits cost
 * more coverage here (the words around each fall out with it), of which a long text has enough.
 */
export function alignRuns(item: Uint32Array, weights: Uint8Array, document: Uint32Array): Piece[] {
  const runs = runsOf(item, weights, document).sort((a, b) => b.bits - a.bits || a.document - b.document);
  const takenItem = new Uint8Array(item.length);
  const takenDocument = new Uint8Array(document.length);
  const pieces: Piece[] = [];
  for (const run of runs) {
    const pairs: Pair[] = [];
    let score = 0;
    for (let i = 0; i < run.length; i++) {
      if (takenItem[run.item + i] !== 0 || takenDocument[run.document + i] !== 0) continue;
      pairs.push({ item: run.item + i, document: run.document + i });
      score += weights[run.item + i];
    }
    if (score < LEAST_RUN_BITS) continue;
    for (const pair of pairs) {
      takenItem[pair.item] = 1;
      takenDocument[pair.document] = 1;
    }
    pieces.push({ score, pairs });
  }
  return pieces;
}

function runsOf(item: Uint32Array, weights: Uint8Array, document: Uint32Array): Run[] {
  const places = startsOf(item);
  const runs: Run[] = [];
  // How far each diagonal (document − item) has been followed: a run is found once, from its start.
  const followed = new Map<number, number>();
  for (let d = 0; d + START <= document.length; d++) {
    for (const i of places.get(startAt(document, d)) ?? []) {
      if ((followed.get(d - i) ?? 0) > d) continue;
      let length = 0;
      let bits = 0;
      while (i + length < item.length && d + length < document.length && item[i + length] === document[d + length]) {
        bits += weights[i + length];
        length++;
      }
      if (length < START) continue;
      followed.set(d - i, d + length);
      if (bits >= LEAST_RUN_BITS) runs.push({ item: i, document: d, length, bits });
    }
  }
  return runs;
}

function startsOf(item: Uint32Array): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (let i = 0; i + START <= item.length; i++) {
    const start = startAt(item, i);
    const list = places.get(start);
    if (!list) places.set(start, [i]);
    else if (list.length < MOST_PLACES) list.push(i);
  }
  return places;
}

/** Three token hashes mixed into one number; equal runs are compared token by token, so a collision costs time only. */
function startAt(tokens: Uint32Array, at: number): number {
  return (Math.imul(tokens[at], 0x9e3779b1) ^ Math.imul(tokens[at + 1], 0x85ebca6b) ^ tokens[at + 2]) >>> 0;
}
