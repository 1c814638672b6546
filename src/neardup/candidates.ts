import type { Buckets } from './buckets.js';
import { KeyRuns } from './key-runs.js';
import type { Bits, RecordTable } from './record-table.js';

/** Words of an entry: key, record. */
export const BAND_WORDS = 3;

/** Of larger buckets (records that share a band's key) not all pairs are candidates: their number grows with the square. */
const WHOLE_BUCKET = 64;
/** There, each record meets the first one and this many behind it; it has as many chances again in every other band. */
const NEIGHBOURS = 8;

/** Pairs of records that share a band, `first` < `second`; the same pair may come more than once. Returns the large buckets. */
export function findCandidates(
  bands: Buckets,
  table: RecordTable,
  within: boolean,
  collapsed: Bits,
  pair: (first: number, second: number) => void,
): number {
  let large = 0;
  const runs = new KeyRuns();
  for (let bucket = 0; bucket < bands.count; bucket++) {
    const entries = bands.read(bucket);
    for (const run of runs.of(entries, BAND_WORDS)) {
      const records = Array.from(run, (i) => entries[i * BAND_WORDS + 2]).filter((record) => !collapsed.has(record));
      if (records.length < 2) continue;
      if (records.length > WHOLE_BUCKET) large++;
      if (within) pairUp(records, pair);
      else pairAcross(records, table, pair);
    }
  }
  return large;
}

function pairUp(records: readonly number[], pair: (first: number, second: number) => void): void {
  const whole = records.length <= WHOLE_BUCKET;
  for (let i = 0; i < records.length; i++) {
    const end = whole ? records.length : Math.min(records.length, i + 1 + NEIGHBOURS);
    for (let j = i + 1; j < end; j++) pair(records[i], records[j]);
    if (!whole && i > NEIGHBOURS) pair(records[0], records[i]);
  }
}

function pairAcross(
  records: readonly number[],
  table: RecordTable,
  pair: (first: number, second: number) => void,
): void {
  const bySet = new Map<number, number[]>();
  for (const record of records) {
    const own = bySet.get(table.setOf(record));
    if (own) own.push(record);
    else bySet.set(table.setOf(record), [record]);
  }
  const whole = records.length <= WHOLE_BUCKET;
  for (const [set, own] of bySet)
    for (const [other, others] of bySet) {
      if (whole ? other <= set : other === set) continue;
      own.forEach((record, i) => {
        const from = whole ? 0 : Math.floor((i * others.length) / own.length);
        const end = whole ? others.length : Math.min(others.length, from + NEIGHBOURS);
        for (let j = from; j < end; j++) pair(Math.min(record, others[j]), Math.max(record, others[j]));
        if (from > 0) pair(Math.min(record, others[0]), Math.max(record, others[0]));
      });
    }
}

/** Pairs of one bucket of candidates, ascending and once each. Both numbers are below 2^32, the bucket's width below 2^21. */
export function distinctPairs(entries: Uint32Array): {
  length: number;
  first(i: number): number;
  second(i: number): number;
} {
  let least = Infinity;
  for (let i = 0; i < entries.length; i += 2) least = Math.min(least, entries[i]);
  const keys = new Float64Array(entries.length / 2);
  for (let i = 0; i < keys.length; i++) keys[i] = (entries[2 * i] - least) * 2 ** 32 + entries[2 * i + 1];
  keys.sort();
  let length = 0;
  for (const key of keys) if (length === 0 || keys[length - 1] !== key) keys[length++] = key;
  return {
    length,
    first: (i) => least + Math.floor(keys[i] / 2 ** 32),
    second: (i) => keys[i] % 2 ** 32,
  };
}
