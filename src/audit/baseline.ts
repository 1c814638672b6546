import { keyOf } from '../judge/gate.js';
import type { Baseline } from '../judge/gate.js';
import type { BaselineReport } from '../model/gate-report.js';
import type { BenchmarkResult } from '../model/result.js';
import { VERDICTS } from '../model/verdict.js';
import type { Verdict } from '../model/verdict.js';
import { reportLines } from './report-lines.js';
import { outputOf, savedReport } from './saved-report.js';
import type { SavedReport } from './saved-report.js';

/** An earlier report that excuses what it had. */
export interface SavedBaseline {
  readonly path: string;
  readonly saved: SavedReport;
  readonly items: Baseline;
}

/** The items of an earlier report with their verdicts: report.json and items.jsonl are all it takes. */
export async function readBaseline(path: string): Promise<SavedBaseline> {
  const saved = await savedReport(path);
  const items = new Map<string, Verdict>();
  for await (const { key, verdict } of reportLines(saved.dir, outputOf(saved, 'items.jsonl'), knownItem))
    if (verdict === 'contaminated' || verdict === 'suspect') items.set(key, verdict);
  return { path, saved, items };
}

/** What a report says of the baseline that it was held against. */
export function baselineReport(
  { path, saved, items }: SavedBaseline,
  benchmarks: readonly Pick<BenchmarkResult, 'name' | 'files'>[],
): BaselineReport {
  const { xxh64 } = outputOf(saved, 'items.jsonl');
  return { path, xxh64, items: items.size, notes: benchmarks.flatMap((one) => noteOf(one, saved)) };
}

/** An item is told by its benchmark's name and its id: where the benchmark is another one, so may the item be. */
function noteOf({ name, files }: Pick<BenchmarkResult, 'name' | 'files'>, { report }: SavedReport): string[] {
  const before = report.benchmarks.find((one) => one.name === name);
  if (!before) {
    const had = report.benchmarks.map((one) => one.name).join(', ');
    return [`benchmark ${name} is not in the baseline (it has ${had}): whatever is found of it is new`];
  }
  const digests = report.provenance.benchmarks
    .filter(({ path }) => before.files.includes(path))
    .map((file) => file.xxh64);
  if (
    [...digests].sort().join() ===
    files
      .map(({ xxh64 }) => xxh64)
      .sort()
      .join()
  )
    return [];
  return [
    `benchmark ${name} has changed since the baseline: an item passes as known if one of the same id was there before, ` +
      `whatever it asked`,
  ];
}

function knownItem(line: string): { key: string; verdict: Verdict } | undefined {
  try {
    const { benchmark, item, verdict } = Object(JSON.parse(line)) as Readonly<Record<string, unknown>>;
    const known = VERDICTS.find((one) => one === verdict);
    if (typeof benchmark !== 'string' || typeof item !== 'string' || known === undefined) return undefined;
    return { key: keyOf({ benchmark, item }), verdict: known };
  } catch {
    return undefined;
  }
}
