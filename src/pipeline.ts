import { excuseCommonPassages } from './judge/common.js';
import { filesAtLimit } from './judge/gaps.js';
import { judgeItems } from './judge/items.js';
import { uncompared } from './judge/uncompared.js';
import { HeldoutError } from './model/errors.js';
import type { Benchmark } from './model/benchmark.js';
import type { OnSkip, Skip } from './model/input.js';
import type { ScanPlan, ScanRequest } from './model/plan.js';
import type { ScanResult } from './model/result.js';
import { unlessAborted } from './read/abort.js';
import { readBenchmarks } from './read/benchmark.js';
import { expandPaths } from './read/paths.js';
import { planFile } from './read/plan-file.js';
import { askIndex, filesOfIndex, indexAmong } from './workers/ask-index.js';
import { benchmarkResults } from './workers/benchmark-files.js';
import { filesWithNotRead, matchesOf, mergeResults } from './workers/merge.js';
import { scanUnits } from './workers/pool.js';
import { ProgressMeter } from './workers/progress-meter.js';
import { prepare } from './workers/setup.js';
import { checkabilityOf, totalsOf } from './workers/summary.js';
import { RANGE_BYTES, unitsOf } from './workers/unit.js';

/** How the work is cut; no result depends on it. */
export interface Grain {
  readonly rangeBytes: number;
  readonly chunkBytes: number;
}

/** A range, and what is left of its last line as a rule, are one chunk. */
const GRAIN: Grain = { rangeBytes: RANGE_BYTES, chunkBytes: RANGE_BYTES + (1 << 16) };

/** What a scan would read, and how it understands it. */
export async function plan(request: ScanRequest): Promise<ScanPlan> {
  const { settings, signal } = request;
  const skips: Skip[] = [];
  const note = (skip: Skip): void => void skips.push(skip);
  const benchmarks = await benchmarksOf(request, note);
  const index = indexAmong(request.against);
  if (index !== undefined) return { benchmarks, corpus: await filesOfIndex(index), skips };
  const corpus: ScanPlan['corpus'][number][] = [];
  for (const path of await expandPaths(request.against, note)) {
    const planned = await unlessAborted(planFile(path, settings.textFields, note), signal);
    if (signal?.aborted) break;
    if (planned) corpus.push(planned);
  }
  return { benchmarks, corpus, skips };
}

async function benchmarksOf(
  { benchmarks, settings, signal }: ScanRequest,
  note: OnSkip,
): Promise<readonly Benchmark[]> {
  const options = { maxRecordBytes: settings.maxRecordBytes, limit: 0, map: settings.map };
  const reading = readBenchmarks(await expandPaths(benchmarks, note), options, note);
  const read = await unlessAborted(reading, signal);
  if (!read) throw new HeldoutError('interrupted', 'interrupted before any document was read; no report was written.');
  return read;
}

/** Streams the corpus past the benchmarks, or looks them up in its index. The result is the same for any number of workers. */
export async function scan(request: ScanRequest, grain: Grain = GRAIN): Promise<ScanResult> {
  const index = indexAmong(request.against);
  return index === undefined ? scanCorpus(request, grain) : scanIndex(index, request, grain.chunkBytes);
}

async function scanCorpus(request: ScanRequest, grain: Grain): Promise<ScanResult> {
  const { settings, signal } = request;
  const progress = new ProgressMeter(request);
  progress.enter('benchmarks');
  const planned = await plan(request);
  if (planned.corpus.length === 0 && !signal?.aborted) throw nothingToScan(planned);
  progress.expect(planned.corpus);

  const items = planned.benchmarks.flatMap((benchmark) => benchmark.items);
  const units = unitsOf(planned.corpus, settings, grain.rangeBytes, true);
  const options = { ...request, onProgress: progress.add };
  const { prepared, results } = await scanUnits(units, () => prepare(items, settings, grain.chunkBytes), options);

  progress.enter('judge');
  const merged = mergeResults(units, results, planned.skips);
  const { files, hits, skips, textBytes } = merged;
  const matches = matchesOf(hits, files, items, prepared).map(excuseCommonPassages);
  const totals = totalsOf(files, skips, textBytes);
  const judged = uncompared(judgeItems(items, matches, checkabilityOf(prepared.setup.catalog)), totals.documents);
  return {
    settings,
    benchmarks: await benchmarkResults(planned.benchmarks, planned.skips, judged),
    corpus: filesWithNotRead(planned.corpus, merged),
    items: judged,
    matches: matches.flat(),
    skips,
    totals,
    partial: filesAtLimit({ settings, corpus: files }) > 0 || (signal?.aborted ?? false),
  };
}

/** The result is a streaming scan's for every match with a run as long as the index guarantees (FORMAT.md), or says what is not confirmed. */
async function scanIndex(index: string, request: ScanRequest, chunkBytes: number): Promise<ScanResult> {
  const progress = new ProgressMeter(request);
  progress.enter('benchmarks');
  const skips: Skip[] = [];
  const benchmarks = await benchmarksOf(request, (skip) => void skips.push(skip));
  const found = await askIndex(index, benchmarks, skips, request, chunkBytes, progress);
  return { ...found, benchmarks: await benchmarkResults(benchmarks, skips, found.items) };
}

function nothingToScan({ skips }: ScanPlan): HeldoutError {
  const damaged = skips.find(({ reason }) => reason === 'unreadable-file' || reason === 'corrupt-file');
  if (damaged) return new HeldoutError('unreadable', `nothing to scan: ${damaged.detail}`);
  const empty = skips.find(({ reason }) => reason === 'empty-file');
  const what = empty ? `${empty.file}: ${empty.detail}` : 'no file is left';
  return new HeldoutError('no-input', `nothing to scan: ${what}.`);
}
