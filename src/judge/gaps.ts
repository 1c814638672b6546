import type { SkipReason } from '../model/input.js';
import type { Policy } from '../model/policy.js';
import type { BenchmarkResult, FileResult, ScanResult, SkipSummary } from '../model/result.js';

/** What of a result is held against a policy: a report that was read again has as much. */
export type Judged = Pick<ScanResult, 'settings' | 'corpus' | 'items' | 'matches' | 'skips'> & {
  readonly benchmarks: readonly Pick<BenchmarkResult, 'name' | 'counts' | 'files'>[];
  readonly totals: Pick<ScanResult['totals'], 'documents'>;
};

/** Something that was not looked at, and that the policy does not allow to be left out. */
export type Gap =
  /** More skips of a reason than are allowed; of files that are unreadable or damaged, none are unless it is said. */
  | { readonly kind: 'reason'; readonly skip: SkipSummary; readonly allowed: number }
  /** Too large a share of the records. */
  | {
      readonly kind: 'rate';
      readonly of: 'corpus' | 'benchmark';
      readonly skipped: number;
      readonly records: number;
      readonly maxRate: number;
      /** The file that more were skipped of than of any other. */
      readonly worst: FileResult;
    }
  /** So many files came up to the limit of records: what follows in them was not looked at. */
  | { readonly kind: 'limit'; readonly files: number; readonly limit: number }
  /** So many items are in the index that was scanned, but could not be confirmed in the corpus. */
  | { readonly kind: 'unconfirmed'; readonly items: number }
  /** The policy has rules for a benchmark that was not scanned: a slip of the pen would leave the one that was without them. */
  | { readonly kind: 'no-such-benchmark'; readonly name: string; readonly scanned: readonly string[] }
  | { readonly kind: 'nothing-read' }
  | { readonly kind: 'nothing-checked' };

/** A whole file, or the rest of one, is missing. */
const OF_FILE: readonly SkipReason[] = ['unreadable-file', 'corrupt-file'];
/** No record is missing. */
const REPAIRS: readonly SkipReason[] = ['not-utf8', 'duplicate-id', 'empty-file', 'hidden-file'];

export function gapsOf(result: Judged, policy: Policy): Gap[] {
  const gaps: Gap[] = [];
  if (result.totals.documents === 0) gaps.push({ kind: 'nothing-read' });
  const atLimit = filesAtLimit(result);
  if (atLimit > 0) gaps.push({ kind: 'limit', files: atLimit, limit: result.settings.limit });
  for (const skip of result.skips) {
    const allowed = policy.skips[skip.reason] ?? (OF_FILE.includes(skip.reason) ? 0 : Infinity);
    if (skip.count > allowed) gaps.push({ kind: 'reason', skip, allowed });
  }
  gaps.push(...rateGaps(result, policy));
  const unconfirmed = result.benchmarks.reduce((n, { counts }) => n + (counts.unconfirmed ?? 0), 0);
  if (unconfirmed > 0) gaps.push({ kind: 'unconfirmed', items: unconfirmed });
  const checked = result.benchmarks.reduce((n, { counts: c }) => n + c.contaminated + c.suspect + c.clean, 0);
  const scanned = result.benchmarks.map(({ name }) => name);
  for (const name of Object.keys(policy.benchmarks))
    if (!scanned.includes(name)) gaps.push({ kind: 'no-such-benchmark', name, scanned });
  // Nothing looked at must not pass for nothing found.
  if (result.items.length > 0 && checked + unconfirmed === 0) gaps.push({ kind: 'nothing-checked' });
  return gaps;
}

/**
 * Corpus files of which the limit of records may have left something out: those that came up to it. (Whether one ends right
 * there nobody looked.)
 */
export function filesAtLimit({ settings, corpus }: Pick<ScanResult, 'settings' | 'corpus'>): number {
  return settings.limit === 0 ? 0 : corpus.filter(({ records }) => records >= settings.limit).length;
}

function rateGaps(result: Judged, policy: Policy): Gap[] {
  // Reasons with a limit of their own are judged by that. Which files they were of is not known: as many as can be are left in.
  const judged = result.skips
    .filter(({ reason }) => !OF_FILE.includes(reason) && !REPAIRS.includes(reason))
    .filter(({ reason }) => policy.skips[reason] === undefined)
    .reduce((sum, { count }) => sum + count, 0);
  const hasOwn = Object.keys(policy.skips).length > 0;
  const groups: ['corpus' | 'benchmark', readonly FileResult[]][] = [
    ['corpus', result.corpus],
    ['benchmark', result.benchmarks.flatMap((benchmark) => benchmark.files)],
  ];
  return groups.flatMap(([of, files]) => {
    const records = files.reduce((sum, file) => sum + file.records, 0);
    const all = files.reduce((sum, file) => sum + file.skipped, 0);
    const skipped = hasOwn ? Math.min(all, judged) : all;
    if (records === 0 || skipped / records <= policy.maxSkippedRate) return [];
    const worst = files.reduce((most, file) => (file.skipped > most.skipped ? file : most));
    return [{ kind: 'rate', of, skipped, records, maxRate: policy.maxSkippedRate, worst }];
  });
}
