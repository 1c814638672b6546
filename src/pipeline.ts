import { excuseCommonPassages } from './judge/common.js';
import { filesAtLimit } from './judge/gaps.js';
import { judgeItems } from './judge/items.js';
import { HeldoutError } from './model/errors.js';
import type { Skip } from './model/input.js';
import type { FilePlan, ScanPlan, ScanRequest } from './model/plan.js';
import type { BenchmarkResult, FileResult, ItemResult, ScanResult } from './model/result.js';
import { unlessAborted } from './read/abort.js';
import { readBenchmarks } from './read/benchmark.js';
import { expandPaths } from './read/paths.js';
import { planFile } from './read/plan-file.js';
import { loadDigester } from './report/digest.js';
import { benchmarkFiles } from './workers/benchmark-files.js';
import { matchesOf, mergeResults } from './workers/merge.js';
import { scanUnits } from './workers/pool.js';
import { ProgressMeter } from './workers/progress-meter.js';
import { prepare } from './workers/setup.js';
import { benchmarkResult, checkabilityOf, totalsOf } from './workers/summary.js';
import { RANGE_BYTES, unitsOf } from './workers/unit.js';

/** How the work is cut; no result depends on it. */
export interface Grain {
  readonly rangeBytes: number;
  readonly chunkBytes: number;
}

const GRAIN: Grain = { rangeBytes: RANGE_BYTES, chunkBytes: 1 << 20 };

/** What a scan would read, and how it understands it. */
export async function plan(request: ScanRequest): Promise<ScanPlan> {
  const { settings, signal } = request;
  const skips: Skip[] = [];
  const note = (skip: Skip): void => void skips.push(skip);
  const options = { maxRecordBytes: settings.maxRecordBytes, limit: 0, map: settings.map };
  const reading = readBenchmarks(await expandPaths(request.benchmarks, note), options, note);
  const benchmarks = await unlessAborted(reading, signal);
  if (!benchmarks)
    throw new HeldoutError('interrupted', 'interrupted before any document was read; no report was written.');
  const corpus: ScanPlan['corpus'][number][] = [];
  for (const path of await expandPaths(request.against, note)) {
    const planned = await unlessAborted(planFile(path, settings.textFields, note), signal);
    if (signal?.aborted) break;
    if (planned) corpus.push(planned);
  }
  return { benchmarks, corpus, skips };
}

/** Streams the corpus past the benchmarks. The result is the same for any number of workers. */
export async function scan(request: ScanRequest, grain: Grain = GRAIN): Promise<ScanResult> {
  const { settings, signal } = request;
  const progress = new ProgressMeter(request);
  progress.enter('benchmarks');
  const planned = await plan(request);
  if (planned.corpus.length === 0 && !signal?.aborted) throw nothingToScan(planned);
  progress.expect(planned.corpus);

  const items = planned.benchmarks.flatMap((benchmark) => benchmark.items);
  const prepared = prepare(items, settings, grain.chunkBytes);
  const units = unitsOf(planned.corpus, settings, grain.rangeBytes);
  const results = await scanUnits(units, prepared.setup, { ...request, onProgress: progress.add });

  progress.enter('judge');
  const { files, hits, skips, textBytes } = mergeResults(units, results, planned.skips);
  const matches = matchesOf(hits, files, items, prepared).map(excuseCommonPassages);
  const judged = judgeItems(items, matches, checkabilityOf(prepared.setup.catalog));
  return {
    settings,
    benchmarks: await benchmarkResults(planned, judged),
    corpus: files.map((file, i) => withNotRead(file, planned.corpus[i])),
    items: judged,
    matches: matches.flat(),
    skips,
    totals: totalsOf(files, skips, textBytes),
    partial: filesAtLimit({ settings, corpus: files }) > 0 || (signal?.aborted ?? false),
  };
}

/** `judged`: the items of all benchmarks, one benchmark behind another. */
async function benchmarkResults(planned: ScanPlan, judged: readonly ItemResult[]): Promise<BenchmarkResult[]> {
  const digester = await loadDigester();
  const results: BenchmarkResult[] = [];
  let first = 0;
  for (const benchmark of planned.benchmarks) {
    const own = judged.slice(first, (first += benchmark.items.length));
    const files = await benchmarkFiles(benchmark, planned.skips, digester);
    results.push(benchmarkResult(benchmark, own, files));
  }
  return results;
}

function withNotRead(file: FileResult, { notRead }: FilePlan): FileResult {
  return notRead ? { ...file, notRead } : file;
}

function nothingToScan({ skips }: ScanPlan): HeldoutError {
  const damaged = skips.find(({ reason }) => reason === 'unreadable-file' || reason === 'corrupt-file');
  if (damaged) return new HeldoutError('unreadable', `nothing to scan: ${damaged.detail}`);
  const empty = skips.find(({ reason }) => reason === 'empty-file');
  const what = empty ? `${empty.file}: ${empty.detail}` : 'no file is left';
  return new HeldoutError('no-input', `nothing to scan: ${what}.`);
}
