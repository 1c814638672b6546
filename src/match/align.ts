/**
 * Weighted local alignment of a text's tokens with a stretch of a document's: what is the same, in order, with gaps and
 * substitutions that cost. Smith and Waterman's recurrence with the text's token weights as scores, repeated on what is left
 * so that sentences in another order, and halves far apart, are found piece by piece.
 */

/** Costs in bits. A rare word (18) outweighs a short gap, a common one (6–8) does not. */
const SUBSTITUTION = 7;
const SKIP_DOCUMENT_TOKEN = 4;
const SKIP_ITEM_TOKEN = 5;

/** A piece that scores less is chance. */
const LEAST_PIECE_BITS = 22;
/** Pieces are sought best first; behind one that scores less than this, what is left is chance too. */
const LAST_PIECE_BITS = 40;
/** Nor is more sought when this share of the text's bits is aligned. */
const ENOUGH = 0.92;
const MOST_PIECES = 8;

/** Cells of the table; longer texts and stretches are for align-runs.ts. */
export const MOST_CELLS = 8_000_000;

/** One aligned pair of tokens, by index. */
export interface Pair {
  readonly item: number;
  readonly document: number;
}

export interface Piece {
  /** Bits of the aligned tokens less the cost of gaps and substitutions. */
  readonly score: number;
  /** Ascending on both sides. */
  readonly pairs: readonly Pair[];
}

const STOP = 0;
const DIAGONAL = 1;
const MISMATCH = 2;
const UP = 3;
const LEFT = 4;

/** A token that equals none: taken by an earlier piece. (Hashes are 32 bits of 64; one in four billion is this one.) */
const TAKEN_ITEM = 0xfffffffe;
const TAKEN_DOCUMENT = 0xffffffff;

/** Working memory for alignments; one a thread. */
export class Aligner {
  private directions = new Uint8Array(1 << 16);
  private row = new Int32Array(1 << 10);
  private item = new Uint32Array(1 << 10);
  private document = new Uint32Array(1 << 12);

  /**
   * Pieces of `item` (token hashes and their bits) found in `document` (token hashes), the best first. No token of either
   * side is in two pieces.
   */
  align(item: Uint32Array, weights: Uint8Array, document: Uint32Array): Piece[] {
    const columns = Math.min(document.length, Math.floor(MOST_CELLS / Math.max(1, item.length)));
    this.reserve(item.length, columns);
    this.item.set(item);
    this.document.set(document.subarray(0, columns));
    const pieces: Piece[] = [];
    const all = weights.reduce((a, b) => a + b, 0);
    let left = all;
    while (pieces.length < MOST_PIECES && left >= LEAST_PIECE_BITS && left > all * (1 - ENOUGH)) {
      const piece = this.best(item.length, columns, weights);
      if (!piece) break;
      for (const pair of piece.pairs) {
        this.item[pair.item] = TAKEN_ITEM;
        this.document[pair.document] = TAKEN_DOCUMENT;
        left -= weights[pair.item];
      }
      pieces.push(piece);
      if (piece.score < LAST_PIECE_BITS) break;
    }
    return pieces;
  }

  private reserve(rows: number, columns: number): void {
    const cells = (rows + 1) * (columns + 1);
    if (this.directions.length < cells) this.directions = new Uint8Array(cells * 2);
    if (this.row.length < columns + 1) this.row = new Int32Array(columns * 2 + 2);
    if (this.item.length < rows) this.item = new Uint32Array(rows * 2);
    if (this.document.length < columns) this.document = new Uint32Array(columns * 2);
  }

  private best(rows: number, columns: number, weights: Uint8Array): Piece | undefined {
    const { item, document, directions, row } = this;
    const width = columns + 1;
    row.fill(0, 0, width);
    let best = 0;
    let bestCell = 0;
    for (let i = 0; i < rows; i++) {
      const token = item[i];
      const weight = weights[i];
      const base = (i + 1) * width + 1;
      let diagonal = 0;
      let left = 0;
      for (let j = 0; j < columns; j++) {
        const up = row[j + 1];
        let score = 0;
        let direction = STOP;
        if (document[j] === token) {
          score = diagonal + weight;
          direction = DIAGONAL;
        } else if (diagonal > SUBSTITUTION) {
          score = diagonal - SUBSTITUTION;
          direction = MISMATCH;
        }
        if (up - SKIP_ITEM_TOKEN > score) {
          score = up - SKIP_ITEM_TOKEN;
          direction = UP;
        }
        if (left - SKIP_DOCUMENT_TOKEN > score) {
          score = left - SKIP_DOCUMENT_TOKEN;
          direction = LEFT;
        }
        directions[base + j] = direction;
        diagonal = up;
        left = score;
        row[j + 1] = score;
        if (score > best) {
          best = score;
          bestCell = base + j;
        }
      }
    }
    return best < LEAST_PIECE_BITS ? undefined : { score: best, pairs: this.trace(bestCell, width) };
  }

  private trace(from: number, width: number): Pair[] {
    const pairs: Pair[] = [];
    for (let cell = from; this.directions[cell] !== STOP && cell >= width;) {
      const direction = this.directions[cell];
      if (direction === DIAGONAL) {
        pairs.push({ item: Math.floor(cell / width) - 1, document: (cell % width) - 1 });
      }
      cell -= direction === LEFT ? 1 : direction === UP ? width : width + 1;
    }
    return pairs.reverse();
  }
}
