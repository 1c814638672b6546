/**
 * heldout, as a library: `scan` finds the items of benchmarks inside training corpora, `plan` says what a scan would read.
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
import {
  buildIndex as buildRequested,
  mergeIndexes as mergeRequested,
  openIndex as openRequested,
} from './indexing.js';
import type { OpenIndex } from './indexing.js';
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

export { HeldoutError } from './model/errors.js';
export type { ErrorCode } from './model/errors.js';
/** What a scan does unless told otherwise. */
export { DEFAULT_SETTINGS } from './model/settings.js';
export type { Settings } from './model/settings.js';
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
