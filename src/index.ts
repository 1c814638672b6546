/**
 * heldout, as a library: `scan` finds the items of benchmarks inside training corpora, `plan` says what a scan would read,
 * `compareCorpora` finds the records that several sets share.
 *
 * ```js
 * import { scan, DEFAULT_SETTINGS } from 'heldout';
 * const result = await scan({
 *   benchmarks: ['bench/*.jsonl'],
 *   against: ['corpus/'],
 *   settings: DEFAULT_SETTINGS,
 *   workers: 4,
 * });
 * ```
 */
import { compare as compareRequested } from './compare.js';
import { compareIndexes as compareRequestedIndexes } from './compare-indexes.js';
import {
  buildIndex as buildRequested,
  mergeIndexes as mergeRequested,
  openIndex as openRequested,
} from './indexing.js';
import type { OpenIndex } from './indexing.js';
import type { CompareRequest, CompareResult, IndexComparison, NamedPaths } from './model/comparison.js';
import type { BuildRequest, BuiltIndex, MergeRequest } from './model/index-request.js';
import { plan as planRequest, scan as scanRequest } from './pipeline.js';
import type { ScanPlan, ScanRequest } from './model/plan.js';
import type { ScanResult } from './model/result.js';

/**
 * Streams the corpus past the benchmarks and judges every item. The result depends on the inputs and the settings alone,
 * not on the number of workers. Rejects with a `HeldoutError` where the request cannot be met at all; what can be skipped
 * is skipped, and counted in the result.
 */
export function scan(request: ScanRequest): Promise<ScanResult> {
  return scanRequest(request);
}

/** Reads the benchmarks and looks at the corpus files, without scanning them: what is there, and how it is understood. */
export function plan(request: ScanRequest): Promise<ScanPlan> {
  return planRequest(request);
}

/**
 * Reads a corpus once and writes its index, a folder, by which any benchmark can be scanned later: `scan` takes it in `against`
 * in place of the corpus. Same corpus and options, same bytes, whatever the order of files and the number of workers.
 * `memoryBytes` is kept to but for single documents that are larger. Rejects with a `HeldoutError`: `usage` or `no-input` for what
 * cannot be done, `output` where the disk is full or something is at `out` already (what is done is kept for `resume`),
 * `interrupted` when the signal was aborted.
 */
export function buildIndex(request: BuildRequest): Promise<BuiltIndex> {
  return buildRequested(request);
}

/**
 * Puts indexes of one guarantee together into another: the bytes that indexing all inputs at once would have given, in
 * whatever order and steps. Rejects with a `HeldoutError` of code `index` where one is damaged, of another version, or does
 * not go with the others.
 */
export function mergeIndexes(request: MergeRequest): Promise<BuiltIndex> {
  return mergeRequested(request);
}

/** What an index says of itself: what it holds, what it guarantees, how often it may be wrong. Reads its manifest and directories. */
export function openIndex(path: string): Promise<OpenIndex> {
  return openRequested(path);
}

/**
 * Scans an index for benchmarks: `scan` with one index in `against`. Where the corpus can be read (`corpusRoot`, or the current
 * folder), every hit is confirmed there and judged as a streaming scan judges it; items that could not be confirmed are
 * `unconfirmed`. The result's `certificate` says what was promised.
 */
export function scanIndex(index: string, request: Omit<ScanRequest, 'against'>): Promise<ScanResult> {
  return scanRequest({ ...request, against: [index] });
}

/**
 * Finds the records that stand in several sets, or with `settings.within` several times in one: with the same text, the same
 * words, or a Jaccard similarity of their shingles of at least `settings.threshold` (0 to 1). Says also how much of each set's
 * wording, in distinct grams of eight words, is in each other one, with its standard error. Start from `DEFAULT_COMPARE`.
 *
 * The input is read twice: standard input (`-`, once) is put into the scratch folder whole. `memoryBytes` is what keys may take before
 * they go there, too; `duplicates()`, `clusters()` and `pairs()` of the result read it again, as often as they are called: so
 * the result must be closed, which removes the folder. Positions in texts are UTF-16 units, offsets bytes, records count from 1.
 *
 * Rejects with a `HeldoutError`: `usage` for what cannot be asked (standard input twice, a set to keep that is not there), `no-input`
 * or `unreadable` where nothing is left to compare, `output` where the scratch folder cannot be written. Records that cannot
 * be read are skipped and counted in `skips`. When `signal` is aborted it resolves with what was found, `partial`.
 */
export function compareCorpora(request: CompareRequest): Promise<CompareResult> {
  return compareRequested(request);
}

/**
 * How much of the wording of each index is in each other one, from the grams that all of them keep: shares of distinct grams with
 * their standard errors. Each set's `paths` is the folder of one index, or files of text. Which records share them an index cannot say. Rejects with a
 * `HeldoutError` of code `index` where one is damaged or does not go with the others.
 */
export function compareIndexes(sets: readonly NamedPaths[]): Promise<IndexComparison> {
  return compareRequestedIndexes(sets);
}

export { HeldoutError } from './model/errors.js';
export type { ErrorCode } from './model/errors.js';
/** What a scan does unless told otherwise. */
export { DEFAULT_SETTINGS } from './model/settings.js';
export type { Settings } from './model/settings.js';
/** What a comparison does unless told otherwise. */
export { DEFAULT_COMPARE } from './model/comparison.js';
export type {
  ClusterSummary,
  CompareRequest,
  CompareResult,
  CompareSettings,
  Containment,
  DuplicateKind,
  DuplicateRecord,
  IndexComparison,
  KindCounts,
  NamedPaths,
  Overlap,
  Pair,
  Place,
  PlacedText,
  SetResult,
} from './model/comparison.js';
export type { Redaction, RedactedText } from './model/redaction.js';
export type { Shingle } from './model/sketch.js';
export type { OpenIndex } from './indexing.js';
export type { BuildRequest, BuiltIndex, MergeRequest } from './model/index-request.js';
export type { Fingerprints, IndexedFile, IndexManifest } from './model/index-manifest.js';
export type { IndexCertificate } from './model/certificate.js';
export type { FilePlan, ScanPlan, ScanRequest } from './model/plan.js';
export type { Progress } from './model/progress.js';
export type { BenchmarkResult, FileResult, ItemResult, ScanResult, SkipSummary } from './model/result.js';
export type { Benchmark, FieldMap, Item, Part, PartName } from './model/benchmark.js';
export type { Match, MatchedPart, Span } from './model/match.js';
export type { Origin } from './model/document.js';
export type { Verdict } from './model/verdict.js';
export type { Compression, Container, InputFile, NotRead, Skip, SkipReason, TextPaths } from './model/input.js';
