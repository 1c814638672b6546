import type { SketchCore } from '../hashcore/sketch-core.js';
import { MOST_GRAMS } from '../hashcore/sketch-core.js';
import { BAND_WORDS } from './candidates.js';
import { Buckets } from './buckets.js';
import { GramSample } from './gram-sample.js';
import { DIGEST_WORDS } from './identical.js';
import { keyWord } from './key-runs.js';
import { RecordTable } from './record-table.js';
import type { RecordPlace } from './record-table.js';
import type { Scratch } from './scratch.js';

/** Shares of the memory. */
const DIGESTS_SHARE = 1 / 8;
const BANDS_SHARE = 1 / 4;

/** What is counted of a set while its records pass. */
export interface SetTally {
  records: number;
  wordless: number;
  short: number;
  readonly sample: GramSample;
}

/** What the first pass leaves: where every record is, and the keys it is found by. Nothing of its text. */
export class Collector {
  readonly table: RecordTable;
  readonly digests: Buckets;
  readonly bands: Buckets;
  readonly sets: readonly SetTally[];
  private readonly core: SketchCore;
  private readonly limits = new Map<number, bigint>();

  constructor(core: SketchCore, sets: number, scratch: Scratch) {
    this.core = core;
    this.table = new RecordTable(scratch);
    this.digests = new Buckets(scratch, DIGEST_WORDS, DIGESTS_SHARE);
    this.bands = new Buckets(scratch, BAND_WORDS, BANDS_SHARE);
    this.sets = Array.from({ length: sets }, () => ({ records: 0, wordless: 0, short: 0, sample: new GramSample() }));
  }

  take(row: number, place: RecordPlace, set: number): void {
    const { core, sets } = this;
    const record = this.table.append(place, set);
    const { tokens, shingles } = core.row(row);
    sets[set].records++;
    if (tokens === 0) {
      sets[set].wordless++;
      return;
    }
    if (shingles === 1) sets[set].short++;
    const [exactLow, exactHigh, low, high] = core.digests(row);
    this.digests.add(high >>> 24, low, keyWord(high, set), exactLow, exactHigh, record);
    const keys = core.bandKeys(row);
    for (let i = 0; i < keys.length; i += 2)
      this.bands.add(keys[i + 1] >>> 24, keys[i], keyWord(keys[i + 1], set), record);
  }

  grams(set: number, words: Uint32Array): void {
    this.sets[set].sample.add(words);
  }

  /** A record of so many bytes has at most half as many tokens, which must not be more grams than there is room for. */
  gramsBelow(set: number, bytes: number): bigint {
    const { sample } = this.sets[set];
    sample.restrict((2 * MOST_GRAMS) / Math.max(bytes, 1));
    return this.limitOf(sample.share);
  }

  private limitOf(share: number): bigint {
    const known = this.limits.get(share);
    if (known !== undefined) return known;
    const limit = share >= 1 ? (1n << 64n) - 1n : BigInt(share * 2 ** 64);
    this.limits.set(share, limit);
    return limit;
  }
}
