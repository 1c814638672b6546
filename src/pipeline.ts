import { LEAST_BITS } from './judge/thresholds.js';
import { HeldoutError } from './model/errors.js';
import type { Skip } from './model/input.js';
import type { ScanPlan, ScanRequest } from './model/plan.js';
import type { ScanResult, SkipSummary } from './model/result.js';
import { readBenchmarks } from './read/benchmark.js';
import { expandPaths } from './read/paths.js';
import { planFile } from './read/plan-file.js';
import { loadDigester } from './report/digest.js';
import type { Catalog } from './seeds/catalog.js';
import { benchmarkFiles } from './workers/benchmark-files.js';
import { matchesOf, mergeResults } from './workers/merge.js';
import { scanUnits } from './workers/pool.js';
import { ProgressMeter } from './workers/progress-meter.js';
import { prepare } from './workers/setup.js';
import { benchmarkResult, judgeItems } from './workers/summary.js';
import { SkipTally } from './workers/tally.js';
import { RANGE_BYTES, unitsOf } from './workers/unit.js';

/** How the work is cut; no result depends on it. */
export interface Grain {
  readonly rangeBytes: number;
  readonly chunkBytes: number;
}

const GRAIN: Grain = { rangeBytes: RANGE_BYTES, chunkBytes: 1 << 20 };

/** What a scan would read, and how it understands it. */
export async function plan(request: ScanRequest): Promise<ScanPlan> {
  const { settings } = request;
  const skips: Skip[] = [];
  const note = (skip: Skip): void => void skips.push(skip);
  const options = { maxRecordBytes: settings.maxRecordBytes, limit: 0, map: settings.map };
  const benchmarks = await readBenchmarks(await expandPaths(request.benchmarks, note), options, note);
  const corpus: ScanPlan['corpus'][number][] = [];
  for (const path of await expandPaths(request.against, note)) {
    if (request.signal?.aborted) break;
    const planned = await planFile(path, settings.textFields, note);
    if (planned) corpus.push(planned);
  }
  return { benchmarks, corpus, skips };
}

/** Streams the corpus past the benchmarks. The result is the same for any number of workers. */
export async function scan(request: ScanRequest, grain: Grain = GRAIN): Promise<ScanResult> {
  const { settings } = request;
  const planned = await plan(request);
  const { benchmarks, corpus } = planned;
  if (corpus.length === 0 && !request.signal?.aborted) throw nothingToScan(planned);
  const bytesTotal = corpus.some(({ file }) => file.path === '-')
    ? 0
    : corpus.reduce((sum, { file }) => sum + file.bytes, 0);
  const progress = new ProgressMeter(request, bytesTotal);
  progress.enter('benchmarks');
  const items = benchmarks.flatMap((benchmark) => benchmark.items);
  const { setup, texts } = prepare(items, settings, grain.chunkBytes);
  const units = unitsOf(corpus, settings, grain.rangeBytes);
  const results = await scanUnits(units, setup, { ...request, onProgress: progress.add });
  progress.enter('judge');
  const skips = new SkipTally();
  planned.skips.forEach(skips.add);
  const { files, hits, textBytes } = mergeResults(units, results, skips);
  const matches = matchesOf(hits, files, items, setup.catalog, texts);
  const judged = judgeItems(items, matches, isCheckable(setup.catalog));
  const digester = await loadDigester();
  let first = 0;
  return {
    settings,
    benchmarks: await Promise.all(
      benchmarks.map(async (benchmark) => {
        const own = judged.slice(first, (first += benchmark.items.length));
        return benchmarkResult(benchmark, own, await benchmarkFiles(benchmark, planned.skips, digester));
      }),
    ),
    corpus: files,
    items: judged,
    matches: matches.flat(),
    skips: skips.summaries(),
    totals: { ...totalsOf(files), unreadableFiles: unreadable(skips.summaries()), textBytes },
    partial: settings.limit > 0 || (request.signal?.aborted ?? false),
  };
}

function nothingToScan({ skips }: ScanPlan): HeldoutError {
  const damaged = skips.find(({ reason }) => reason === 'unreadable-file' || reason === 'corrupt-file');
  if (damaged) return new HeldoutError('unreadable', `nothing to scan: ${damaged.detail}`);
  const empty = skips.find(({ reason }) => reason === 'empty-file');
  return new HeldoutError(
    'no-input',
    `nothing to scan: ${empty ? `${empty.file}: ${empty.detail}` : 'no file is left'}.`,
  );
}

/** Whether a part of an item, by its position, has the bits that any rule asks for. */
function isCheckable({
  partOffsets,
  partTexts,
  textOffsets,
  weights,
}: Catalog): (item: number, part: number) => boolean {
  return (item, part) => {
    const text = partTexts[partOffsets[item] + part];
    let bits = 0;
    for (let i = textOffsets[text]; i < textOffsets[text + 1] && bits < LEAST_BITS; i++) bits += weights[i];
    return bits >= LEAST_BITS;
  };
}

function totalsOf(files: ScanResult['corpus']): { documents: number; skippedDocuments: number } {
  const records = files.reduce((sum, file) => sum + file.records, 0);
  const skippedDocuments = files.reduce((sum, file) => sum + file.skipped, 0);
  return { documents: records - skippedDocuments, skippedDocuments };
}

function unreadable(skips: readonly SkipSummary[]): number {
  return skips
    .filter(({ reason }) => reason === 'unreadable-file' || reason === 'corrupt-file')
    .reduce((sum, { count }) => sum + count, 0);
}
