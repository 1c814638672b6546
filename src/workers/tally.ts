import type { OnSkip, Skip, SkipReason } from '../model/input.js';
import { LaterFields } from '../read/later-fields.js';
import type { Hit, SkipCount, UnitProgress, UnitResult } from './protocol.js';

/** Skips named one by one, for each reason. */
export const EXAMPLES = 20;

/** Reasons for which a record is not given at all; the others concern whole files, or a record that is given. */
const MISSING: ReadonlySet<SkipReason> = new Set([
  'broken-record',
  'record-too-long',
  'no-text',
  'no-split',
  'no-question',
]);

export function isMissing(reason: SkipReason): boolean {
  return MISSING.has(reason);
}

/** Whether a whole file is missing, or the rest of it. */
export function isOfFile(reason: SkipReason): boolean {
  return reason === 'unreadable-file' || reason === 'corrupt-file';
}

/** Counts skips by reason and keeps the first few of each. */
export class SkipTally {
  private readonly counts = new Map<SkipReason, { count: number; examples: Skip[] }>();

  readonly add: OnSkip = (skip) => this.addAll({ reason: skip.reason, count: 1, examples: [skip] });

  addAll({ reason, count, examples }: SkipCount): void {
    const seen = this.counts.get(reason) ?? { count: 0, examples: [] };
    seen.count += count;
    seen.examples.push(...examples.slice(0, EXAMPLES - seen.examples.length));
    this.counts.set(reason, seen);
  }

  /** In order of first appearance. */
  summaries(): SkipCount[] {
    return [...this.counts].map(([reason, { count, examples }]) => ({ reason, count, examples }));
  }
}

/** Bytes on disk between two words about progress. */
const PROGRESS_BYTES = 2 * 1024 * 1024;

/** More records than any reader hands on at once. */
const MOST_AHEAD = 1 << 20;

/** What one unit comes to, while it is scanned. */
export class UnitTally {
  records = 0;
  skipped = 0;
  lines = 0;
  textBytes = 0;
  xxh64 = '';
  readonly hits: Hit[] = [];
  readonly later = new LaterFields();
  private readonly skips = new SkipTally();
  private readonly notText = new Set<number>();
  private readonly onProgress: (progress: UnitProgress) => void;
  private bytes = 0;
  private told = { documents: 0, hits: 0 };

  constructor(onProgress: (progress: UnitProgress) => void) {
    this.onProgress = onProgress;
  }

  readonly skip: OnSkip = (skip) => {
    if (this.isLeftOut(skip)) this.skipped++;
    this.skips.add(skip);
  };

  /** Whether a record does not count as read, and is not counted as such yet: one that is no text may be broken as well. */
  private isLeftOut({ reason, record }: Skip): boolean {
    if (MISSING.has(reason)) return !this.notText.delete(record);
    if (reason !== 'not-text') return false;
    // What else is wrong with a record is told at most a batch of records later.
    if (this.notText.size > MOST_AHEAD) this.notText.clear();
    this.notText.add(record);
    return true;
  }

  /** Notes bytes read from disk, and tells about them now and then. */
  advance(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes >= PROGRESS_BYTES) this.tell();
  }

  tell(): void {
    const documents = this.records - this.skipped;
    const hits = this.hits.length;
    this.onProgress({ bytes: this.bytes, documents: documents - this.told.documents, hits: hits - this.told.hits });
    this.told = { documents, hits };
    this.bytes = 0;
  }

  result(): UnitResult {
    const { records, skipped, lines, textBytes, xxh64, hits } = this;
    return { records, skipped, lines, textBytes, xxh64, skips: this.skips.summaries(), hits, later: this.later.all() };
  }
}
