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
const MOST_PIECES = 8;

/** Cells of the table, above which the document's stretch is cut short. */
const MOST_CELLS = 8_000_000;

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

/** Working memory for alignments; one a thread. */
export class Aligner {
  private directions = new Uint8Array(1 << 16);
  private row = new Int32Array(1 << 10);
  private item: Uint32Array = new Uint32Array(0);
  private document: Uint32Array = new Uint32Array(0);
  private freeItem = new Uint8Array(0);
  private freeDocument = new Uint8Array(0);

  /**
   * Pieces of `item` (token hashes and their bits) found in `document` (token hashes), the best first. No token of either
   * side is in two pieces.
   */
  align(item: Uint32Array, weights: Uint8Array, document: Uint32Array, most = MOST_PIECES): Piece[] {
    const columns = Math.min(document.length, Math.floor(MOST_CELLS / Math.max(1, item.length)));
    this.item = item;
    this.document = document.subarray(0, columns);
    this.freeItem = new Uint8Array(item.length).fill(1);
    this.freeDocument = new Uint8Array(columns).fill(1);
    const pieces: Piece[] = [];
    let left = weights.reduce((a, b) => a + b, 0);
    while (pieces.length < most && left >= LEAST_PIECE_BITS) {
      const piece = this.best(weights);
      if (!piece) break;
      for (const pair of piece.pairs) {
        this.freeItem[pair.item] = 0;
        this.freeDocument[pair.document] = 0;
        left -= weights[pair.item];
      }
      pieces.push(piece);
    }
    return pieces;
  }

  private best(weights: Uint8Array): Piece | undefined {
    const { item, document, freeItem, freeDocument } = this;
    const width = document.length + 1;
    if (this.directions.length < width * (item.length + 1)) this.directions = new Uint8Array(width * (item.length + 1) * 2);
    if (this.row.length < width) this.row = new Int32Array(width * 2);
    const { directions, row } = this;
    row.fill(0, 0, width);
    let best = 0;
    let bestCell = 0;
    for (let i = 0; i < item.length; i++) {
      const token = item[i];
      const free = freeItem[i];
      const weight = weights[i];
      let diagonal = 0;
      let left = 0;
      const base = (i + 1) * width;
      for (let j = 0; j < document.length; j++) {
        const up = row[j + 1];
        let score = 0;
        let direction = STOP;
        if (document[j] === token && free & freeDocument[j]) {
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
        directions[base + j + 1] = direction;
        diagonal = up;
        left = score;
        row[j + 1] = score;
        if (score > best) {
          best = score;
          bestCell = base + j + 1;
        }
      }
    }
    return best < LEAST_PIECE_BITS ? undefined : { score: best, pairs: this.trace(bestCell, width) };
  }

  private trace(from: number, width: number): Pair[] {
    const pairs: Pair[] = [];
    for (let cell = from; this.directions[cell] !== STOP && cell >= width; ) {
      const direction = this.directions[cell];
      if (direction === DIAGONAL) {
        pairs.push({ item: Math.floor(cell / width) - 1, document: (cell % width) - 1 });
      }
      cell -= direction === LEFT ? 1 : direction === UP ? width : width + 1;
    }
    return pairs.reverse();
  }
}
