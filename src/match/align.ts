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

/** Not a token of the other side: never was, or taken by an earlier piece. */
const NO_ITEM_TOKEN = -2;
const NO_DOCUMENT_TOKEN = -1;

/**
 * Columns are looked at in blocks: one in which no cell of the row above has a score and the row's token does not stand holds
 * nothing, and is passed over.
 */
const BLOCK = 16;
const BLOCK_BITS = 4;

/** Working memory for alignments; one a thread. */
export class Aligner {
  private directions = new Uint8Array(1 << 16);
  private row = new Int32Array(1 << 10);
  /** Tokens as numbers: equal tokens of either side have the same. */
  private item = new Int32Array(1 << 10);
  private document = new Int32Array(1 << 12);
  /** Open addressing over the text's distinct tokens: number + 1 of each; and by number its hash. */
  private slots = new Int32Array(1 << 11);
  private hashes = new Uint32Array(1 << 10);
  /** By token number, a bit for every block that it stands in; then one for every block of the row above that holds a score. */
  private blocks = new Int32Array(1 << 12);

  /**
   * Pieces of `item` (token hashes and their bits) found in `document` (token hashes), the best first. No token of either
   * side is in two pieces.
   */
  align(item: Uint32Array, weights: Uint8Array, document: Uint32Array): Piece[] {
    const columns = Math.min(document.length, Math.floor(MOST_CELLS / Math.max(1, item.length)));
    this.reserve(item.length, columns);
    this.number(item, document, columns);
    const pieces: Piece[] = [];
    const all = weights.reduce((a, b) => a + b, 0);
    let left = all;
    while (pieces.length < MOST_PIECES && left >= LEAST_PIECE_BITS && left > all * (1 - ENOUGH)) {
      const piece = this.best(item.length, columns, weights);
      if (!piece) break;
      for (const pair of piece.pairs) {
        this.item[pair.item] = NO_ITEM_TOKEN;
        this.document[pair.document] = NO_DOCUMENT_TOKEN;
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
    if (this.document.length < columns) this.document = new Int32Array(columns * 2);
    if (this.item.length < rows) {
      this.item = new Int32Array(rows * 2);
      this.hashes = new Uint32Array(rows * 2);
    }
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, rows * 2)));
    if (this.slots.length !== slots) this.slots = new Int32Array(slots);
    const bits = (rows + 1) * wordsOf(columns);
    if (this.blocks.length < bits) this.blocks = new Int32Array(bits * 2);
  }

  /** Gives the tokens of both sides numbers. */
  private number(item: Uint32Array, document: Uint32Array, columns: number): void {
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    slots.fill(0);
    let count = 0;
    for (let i = 0; i < item.length; i++) {
      const hash = item[i];
      let slot = (hash >>> 1) & mask;
      while (slots[slot] !== 0 && hashes[slots[slot] - 1] !== hash) slot = (slot + 1) & mask;
      if (slots[slot] === 0) {
        hashes[count] = hash;
        slots[slot] = ++count;
      }
      this.item[i] = slots[slot] - 1;
    }
    for (let j = 0; j < columns; j++) {
      const hash = document[j];
      let slot = (hash >>> 1) & mask;
      while (slots[slot] !== 0 && hashes[slots[slot] - 1] !== hash) slot = (slot + 1) & mask;
      this.document[j] = slots[slot] - 1;
    }
  }

  private best(rows: number, columns: number, weights: Uint8Array): Piece | undefined {
    if (this.noteBlocks(rows, columns, weights) < LEAST_PIECE_BITS) return undefined;
    const { item, document, directions, row, blocks } = this;
    const words = wordsOf(columns);
    const above = rows * words;
    const width = columns + 1;
    row.fill(0, 0, width);
    directions.fill(STOP, 0, (rows + 1) * width);
    let best = 0;
    let bestCell = 0;
    for (let i = 0; i < rows; i++) {
      const token = item[i];
      const weight = weights[i];
      const base = (i + 1) * width + 1;
      // A bit for the first block of the next word.
      let carry = 0;
      let left = 0;
      let diagonal = 0;
      let before = -1;
      for (let w = 0; w < words; w++) {
        const scored = blocks[above + w];
        let waiting = scored | (scored << 1) | carry;
        carry = scored >>> 31;
        if (token >= 0) waiting |= blocks[token * words + w];
        let nonzero = 0;
        while (waiting !== 0) {
          const lowest = waiting & -waiting;
          waiting ^= lowest;
          const block = (w << 5) + 31 - Math.clz32(lowest);
          const from = block << BLOCK_BITS;
          const to = Math.min(from + BLOCK, columns);
          if (from >= columns) break;
          if (before !== block - 1) {
            // The block before was passed over: it holds nothing, nor does the one above it.
            left = 0;
            diagonal = 0;
          }
          before = block;
          let any = 0;
          for (let j = from; j < to; j++) {
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
            any |= score;
            row[j + 1] = score;
            if (score > best) {
              best = score;
              bestCell = base + j;
            }
          }
          if (any !== 0) nonzero |= lowest;
          if (left > SKIP_DOCUMENT_TOKEN) {
            if (lowest < 0) carry = 1;
            else waiting |= lowest << 1;
          }
        }
        blocks[above + w] = nonzero;
      }
    }
    return best < LEAST_PIECE_BITS ? undefined : { score: best, pairs: this.trace(bestCell, width) };
  }

  /** Notes in which blocks each of the text's tokens stands; returns the most that a piece can score. */
  private noteBlocks(rows: number, columns: number, weights: Uint8Array): number {
    const { item, document, blocks } = this;
    const words = wordsOf(columns);
    blocks.fill(0, 0, (rows + 1) * words);
    for (let j = 0; j < columns; j++) {
      const token = document[j];
      if (token < 0) continue;
      blocks[token * words + (j >> (BLOCK_BITS + 5))] |= 1 << ((j >> BLOCK_BITS) & 31);
    }
    let most = 0;
    for (let i = 0; i < rows; i++) if (this.standsInDocument(item[i], words)) most += weights[i];
    return most;
  }

  private standsInDocument(token: number, words: number): boolean {
    if (token < 0) return false;
    for (let w = token * words; w < (token + 1) * words; w++) if (this.blocks[w] !== 0) return true;
    return false;
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

/** 32-bit words that hold a bit for every block of the columns. */
function wordsOf(columns: number): number {
  return (columns >> (BLOCK_BITS + 5)) + 1;
}
