import type { Bits } from './bits.js';
import { breathe } from './breathe.js';
import { BUCKETS } from './buckets.js';
import type { Buckets } from './buckets.js';
import { KEY_SPREAD, KeyRuns, setOfKeyWord } from './key-runs.js';

/** Words of an entry: key, record. */
export const BAND_WORDS = 3;

/** Of larger buckets (records that share a band's key) not all pairs are candidates: their number grows with the square. */
const WHOLE_BUCKET = 64;
/** There, each record meets the first one and this many behind it; it has as many chances again in every other band. */
const NEIGHBOURS = 8;

type TakePair = (first: number, second: number) => void;

/** Pairs of records that share a band, `first` < `second`; the same pair may come more than once. Returns the large buckets. */
export async function findCandidates(
  bands: Buckets,
  within: boolean,
  collapsed: Bits,
  pair: TakePair,
): Promise<number> {
  let large = 0;
  const runs = new KeyRuns();
  const members = new Members();
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    await breathe();
    for (const entries of bands.pieces(bucket, KEY_SPREAD))
      for (const run of runs.of(entries, BAND_WORDS)) {
        members.take(entries, run, collapsed);
        if (members.length < 2) continue;
        if (members.length > WHOLE_BUCKET) large++;
        if (within) pairUp(members.all(), pair);
        else pairAcross(members.bySet(), members.length <= WHOLE_BUCKET, pair);
      }
  }
  return large;
}

/** The records of a run that are not collapsed, in their order. Their room is kept from one run to the next. */
class Members {
  length = 0;
  private records = new Uint32Array(64);
  private sets = new Uint8Array(64);
  private dealt = new Uint32Array(64);

  take(entries: Uint32Array, run: Uint32Array, collapsed: Bits): void {
    if (run.length > this.records.length) {
      this.records = new Uint32Array(2 * run.length);
      this.sets = new Uint8Array(2 * run.length);
      this.dealt = new Uint32Array(2 * run.length);
    }
    this.length = 0;
    for (const i of run) {
      const record = entries[i * BAND_WORDS + 2];
      if (collapsed.has(record)) continue;
      this.records[this.length] = record;
      this.sets[this.length] = setOfKeyWord(entries[i * BAND_WORDS + 1]);
      this.length++;
    }
  }

  all(): Uint32Array {
    return this.records.subarray(0, this.length);
  }

  /** The records of each set that there are any of. */
  bySet(): Uint32Array[] {
    const counts: number[] = [];
    for (let i = 0; i < this.length; i++) counts[this.sets[i]] = (counts[this.sets[i]] ?? 0) + 1;
    const lists: Uint32Array[] = [];
    const ends: number[] = [];
    let end = 0;
    counts.forEach((count, set) => {
      ends[set] = end;
      lists.push(this.dealt.subarray(end, end + count));
      end += count;
    });
    for (let i = 0; i < this.length; i++) this.dealt[ends[this.sets[i]]++] = this.records[i];
    return lists;
  }
}

function pairUp(records: Uint32Array, pair: TakePair): void {
  const whole = records.length <= WHOLE_BUCKET;
  for (let i = 0; i < records.length; i++) {
    const end = whole ? records.length : Math.min(records.length, i + 1 + NEIGHBOURS);
    for (let j = i + 1; j < end; j++) pair(records[i], records[j]);
    if (!whole && i > NEIGHBOURS) pair(records[0], records[i]);
  }
}

function pairAcross(sets: readonly Uint32Array[], whole: boolean, pair: TakePair): void {
  sets.forEach((own, set) =>
    sets.forEach((others, other) => {
      if (whole ? other <= set : other === set) return;
      own.forEach((record, i) => {
        const from = whole ? 0 : Math.floor((i * others.length) / own.length);
        const end = whole ? others.length : Math.min(others.length, from + NEIGHBOURS);
        for (let j = from; j < end; j++) pair(Math.min(record, others[j]), Math.max(record, others[j]));
        if (from > 0) pair(Math.min(record, others[0]), Math.max(record, others[0]));
      });
    }),
  );
}

/** The pairs among entries of {first, second}, ascending and once each. The firsts must be less than 2^21 apart. */
export class DistinctPairs {
  length = 0;
  private least = 0;
  private keys = new Float64Array(0);

  /** Instead of those before. */
  take(entries: Uint32Array): void {
    const count = entries.length / 2;
    if (this.keys.length < count) this.keys = new Float64Array(Math.ceil(1.1 * count));
    this.least = Infinity;
    for (let i = 0; i < entries.length; i += 2) this.least = Math.min(this.least, entries[i]);
    const keys = this.keys.subarray(0, count);
    for (let i = 0; i < count; i++) keys[i] = (entries[2 * i] - this.least) * 2 ** 32 + entries[2 * i + 1];
    keys.sort();
    this.length = 0;
    for (let i = 0; i < count; i++)
      if (this.length === 0 || keys[this.length - 1] !== keys[i]) keys[this.length++] = keys[i];
  }

  first(i: number): number {
    return this.least + Math.floor(this.keys[i] / 2 ** 32);
  }

  second(i: number): number {
    return this.keys[i] % 2 ** 32;
  }
}
