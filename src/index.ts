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

export { HeldoutError } from './model/errors.js';
export type { ErrorCode } from './model/errors.js';
/** What a scan does unless told otherwise. */
export { DEFAULT_SETTINGS } from './model/settings.js';
export type { Settings } from './model/settings.js';
export type { FilePlan, ScanPlan, ScanRequest } from './model/plan.js';
export type { Progress } from './model/progress.js';
export type { BenchmarkResult, FileResult, ItemResult, ScanResult, SkipSummary } from './model/result.js';
export type { Benchmark, FieldMap, Item, Part, PartName } from './model/benchmark.js';
export type { Match, MatchedPart, Span } from './model/match.js';
export type { Origin } from './model/document.js';
export type { Verdict } from './model/verdict.js';
export type { Compression, Container, InputFile, NotRead, Skip, SkipReason, TextPaths } from './model/input.js';
