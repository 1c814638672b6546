import type { IndexRecords } from './index-records.js';
import { decodeSignature, similarityOf } from './signature-code.js';
import type { Similarity } from './signature-code.js';

/** A text as records are: what it is looked up by, and what it is compared by. */
export interface TextSketch {
  /** The first 32 bits of its bands' keys. */
  readonly keys: readonly number[];
  /** See decodeSignature. */
  readonly values: Uint8Array;
}

/** A record that may be like a text. */
export interface RecordCandidate extends Similarity {
  readonly text: number;
  /** Its row in the index. */
  readonly row: number;
}

/** Texts looked up together: their number and a key make one exact number. */
const TEXT_BITS = 20;
/** Of more records than this with one key, the first are compared: they are copies of each other. */
const MOST_ROWS = 4096;

/**
 * The records that share a band with a text and seem `like` it, by row, then text. Keys are sorted and met with the index's
 * block by block: a block that holds none is not read.
 */
export function lookUpRecords(
  records: IndexRecords,
  texts: readonly TextSketch[],
  isLike: (similarity: Similarity) => boolean,
): RecordCandidate[] {
  const found: RecordCandidate[] = [];
  for (let from = 0; from < texts.length; from += 2 ** TEXT_BITS) {
    const some = texts.slice(from, from + 2 ** TEXT_BITS);
    for (const { text, row, similarity } of compared(records, some, pairsOf(records, some)))
      if (isLike(similarity)) found.push({ text: from + text, row, ...similarity });
  }
  return found.sort((a, b) => a.row - b.row || a.text - b.text);
}

/** Row × 2^20 + text of all that share a band, ascending and once each. */
function pairsOf(records: IndexRecords, texts: readonly TextSketch[]): Float64Array {
  const queries = Float64Array.from(texts.flatMap(({ keys }, text) => keys.map((key) => key * 2 ** TEXT_BITS + text)));
  queries.sort();
  const pairs = new Pairs();
  let query = 0;
  for (let block = 0; block < records.bandBlocks && query < queries.length; block++) {
    // The rows of a key may go on in the next block, whose first key it is then.
    const next = block + 1 < records.bandBlocks ? records.firstKey(block + 1) : 2 ** 32;
    while (query < queries.length && keyOf(queries[query]) < records.firstKey(block)) query++;
    if (query === queries.length || keyOf(queries[query]) > next) continue;
    join(records, block, queries, query, pairs);
  }
  return pairs.distinct();
}

function keyOf(query: number): number {
  return Math.floor(query / 2 ** TEXT_BITS);
}

function join(records: IndexRecords, block: number, queries: Float64Array, from: number, pairs: Pairs): void {
  const { keys, rows, count } = records.bandsOf(block);
  let at = 0;
  for (let query = from; query < queries.length && at < count; query++) {
    const key = keyOf(queries[query]);
    while (at < count && keys[at] < key) at++;
    const text = queries[query] % 2 ** TEXT_BITS;
    // Another text may have the same key: `at` stays.
    for (let i = at; i < count && keys[i] === key && i < at + MOST_ROWS; i++)
      pairs.add(rows[i] * 2 ** TEXT_BITS + text);
  }
}

/** Numbers, as many as come. */
class Pairs {
  private list = new Float64Array(1 << 12);
  private length = 0;

  add(pair: number): void {
    if (this.length === this.list.length) {
      this.settle();
      if (2 * this.length > this.list.length) {
        const wider = new Float64Array(2 * this.list.length);
        wider.set(this.list);
        this.list = wider;
      }
    }
    this.list[this.length++] = pair;
  }

  distinct(): Float64Array {
    this.settle();
    return this.list.subarray(0, this.length);
  }

  private settle(): void {
    const all = this.list.subarray(0, this.length).sort();
    this.length = 0;
    for (const pair of all) if (this.length === 0 || all[this.length - 1] !== pair) all[this.length++] = pair;
  }
}

function* compared(
  records: IndexRecords,
  texts: readonly TextSketch[],
  pairs: Float64Array,
): Generator<{ text: number; row: number; similarity: Similarity }> {
  let last = -1;
  let values: Uint8Array = new Uint8Array(0);
  for (const pair of pairs) {
    const row = Math.floor(pair / 2 ** TEXT_BITS);
    if (row !== last) values = decodeSignature(records.row(row).code);
    last = row;
    const text = pair % 2 ** TEXT_BITS;
    yield { text, row, similarity: similarityOf(texts[text].values, values) };
  }
}
