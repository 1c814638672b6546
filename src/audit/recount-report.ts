import { filesAtLimit } from '../judge/gaps.js';
import { PART_NAMES } from '../model/benchmark.js';
import type { SkipReason } from '../model/input.js';
import type { MatchedPart } from '../model/match.js';
import type { ItemResult } from '../model/result.js';
import { guarantee } from '../report/guarantee.js';
import { countsOf } from '../report/report-json.js';
import type { ReportJson } from '../report/report-json.js';
import type { Contradictions } from './contradictions.js';

type Sums = Pick<ReportJson['totals'], 'items' | 'checked' | 'verdicts' | 'rate'>;

/** Skips that leave out a record; one that is no text may be broken as well, and is then counted once. */
const LEFT_OUT: readonly SkipReason[] = ['broken-record', 'record-too-long', 'no-text', 'no-question'];
/** Skips of a whole file, or of the rest of one. */
const OF_FILE: readonly SkipReason[] = ['unreadable-file', 'corrupt-file'];

/** Holds what report.json counts against the items, and its sums against what they are sums of. */
export function recountReport(report: ReportJson, items: readonly ItemResult[], found: Contradictions): void {
  recountVerdicts(report, items, found);
  recountFiles(report, items, found);
  recountNear(report, items, found);
  recountSkips(report, found);
  const { settings, partial } = report;
  const atLimit = filesAtLimit({ settings, corpus: report.provenance.corpus });
  if (report.guarantee.method === 'streaming' && atLimit > 0)
    found.expect(
      'report.json, partial',
      partial,
      true,
      `the limit of ${settings.limit} records, which ${atLimit} of its files came up to, gives`,
    );
}

/** The words of a guarantee are those of the version that gave it: only the same one can tell whether they are the right ones. */
export function recountGuarantee(report: ReportJson, items: readonly ItemResult[], found: Contradictions): void {
  const { totals, partial, provenance } = report;
  const { index } = report.guarantee;
  const again = guarantee({
    totals,
    partial,
    items,
    corpus: provenance.corpus,
    ...(index ? { certificate: index } : {}),
  });
  found.expect('report.json, guarantee', report.guarantee, again, 'the rest of the report gives');
}

function recountVerdicts(report: ReportJson, items: readonly ItemResult[], found: Contradictions): void {
  const expect = (path: string, stated: unknown, counted: unknown): void =>
    found.expect(`report.json, ${path}`, stated, counted, 'the items give');
  expect('totals', sumsOf(report.totals), sumsOf(countsOf(items)));
  const known = new Set(report.benchmarks.map(({ name }) => name));
  const strangers = new Set(items.map(({ benchmark }) => benchmark).filter((name) => !known.has(name)));
  for (const name of strangers) found.add(`report.json, benchmarks has no ${name}; the items give one`);
  for (const benchmark of report.benchmarks) {
    const own = items.filter((item) => item.benchmark === benchmark.name);
    const { contaminatedBy, parts } = benchmark;
    const stated = { ...sumsOf(benchmark), parts, contaminatedBy };
    expect(`benchmarks.${benchmark.name}`, stated, { ...countsOf(own), contaminatedBy: byPart(own) });
  }
}

function sumsOf({ items, checked, verdicts, rate }: Sums): Sums {
  return { items, checked, verdicts, rate };
}

function byPart(items: readonly ItemResult[]): Partial<Record<MatchedPart, number>> {
  const counts: Partial<Record<MatchedPart, number>> = {};
  for (const part of ['question+answer', ...PART_NAMES] as const) {
    const n = items.filter((item) => item.verdict === 'contaminated' && item.part === part).length;
    if (n > 0) counts[part] = n;
  }
  return counts;
}

function recountNear({ nearRecords }: ReportJson, items: readonly ItemResult[], found: Contradictions): void {
  const near = items.flatMap((item) => item.nearRecords ?? []);
  if (!nearRecords) {
    if (near.length > 0) found.add(`report.json has no nearRecords; ${near.length} items have some`);
    return;
  }
  const { itemsWithRecords, itemsConfirmed } = nearRecords;
  const counted = {
    itemsWithRecords: near.filter((one) => one.found > 0).length,
    itemsConfirmed: near.filter(({ closest }) => closest.some((one) => one.confirmed)).length,
  };
  found.expect('report.json, nearRecords', { itemsWithRecords, itemsConfirmed }, counted, 'the items give');
}

function recountFiles(report: ReportJson, items: readonly ItemResult[], found: Contradictions): void {
  const { corpus, benchmarks } = report.provenance;
  const { documents, skippedDocuments, corpusFiles } = report.totals;
  const records = corpus.reduce((sum, file) => sum + file.records, 0);
  const skipped = corpus.reduce((sum, file) => sum + file.skipped, 0);
  found.expect(
    'report.json, totals',
    { documents, skippedDocuments, corpusFiles },
    { documents: records - skipped, skippedDocuments: skipped, corpusFiles: corpus.length },
    'the corpus files give',
  );
  const named = report.benchmarks.flatMap(({ files }) => files);
  found.expect(
    'report.json, provenance.benchmarks',
    benchmarks.map(({ path }) => path),
    named,
    'the benchmarks give',
  );
  for (const path of new Set(named)) {
    const read = benchmarks
      .filter((file) => file.path === path)
      .reduce((sum, file) => sum + file.records - file.skipped, 0);
    const own = items.filter(({ file }) => file === path).length;
    if (read !== own)
      found.add(`report.json, provenance: ${path} has ${read} records that are items; items.jsonl has ${own}`);
  }
}

function recountSkips({ skipped, provenance, totals }: ReportJson, found: Contradictions): void {
  const sumOf = (reasons: readonly SkipReason[]): number =>
    skipped.filter(({ reason }) => reasons.includes(reason)).reduce((sum, { count }) => sum + count, 0);
  found.expect('report.json, totals.unreadableFiles', totals.unreadableFiles, sumOf(OF_FILE), 'skipped gives');
  const inFiles = [...provenance.benchmarks, ...provenance.corpus].reduce((sum, file) => sum + file.skipped, 0);
  const [leftOut, notText] = [sumOf(LEFT_OUT), sumOf(['not-text'])];
  if (inFiles < Math.max(leftOut, notText) || inFiles > leftOut + notText)
    found.add(`report.json, skipped: it gives reasons for ${leftOut + notText} records; the files give ${inFiles}`);
  const files = new Set([...provenance.benchmarks, ...provenance.corpus].map(({ path }) => path));
  for (const { reason, examples } of skipped)
    for (const { file, record } of examples)
      if (record > 0 && !files.has(file))
        found.add(`report.json, skipped.${reason}: it names record ${record} of ${file}, which is none of its files`);
  for (const { reason, count, examples } of skipped)
    if (examples.length > count)
      found.add(`report.json, skipped.${reason}: the count is ${count}; it has ${examples.length} examples`);
}
