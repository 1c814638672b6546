import { PART_NAMES } from '../model/benchmark.js';
import type { PartName } from '../model/benchmark.js';
import type { GateReport } from '../model/gate-report.js';
import type { MatchedPart } from '../model/match.js';
import type { NearRecordSummary } from '../model/near-record.js';
import type { ScanRequest } from '../model/plan.js';
import type { Redaction } from '../model/redaction.js';
import type { BenchmarkResult, FileResult, ItemResult, ScanResult } from '../model/result.js';
import type { Settings } from '../model/settings.js';
import type { Verdict } from '../model/verdict.js';
import { digestOf } from './digest.js';
import type { Digester } from './digest.js';
import { guarantee } from './guarantee.js';
import type { Guarantee } from './guarantee.js';
import { reportedSummary } from './near-text.js';
import { fileJson, outputJson, rateJson, skipJson } from './shared-json.js';
import type { OutputFile, SkipJson } from './shared-json.js';
import { addCounts, checkedOf, NO_COUNTS, undecidedOf } from './tally.js';
import type { Counts } from './tally.js';
import { wilson } from './wilson.js';
import type { Rate } from './wilson.js';

/** Goes up when a reader of the old form would misread the new one. */
export const REPORT_SCHEMA = 'heldout-report/1';

interface Totals {
  readonly items: number;
  readonly checked: number;
  readonly verdicts: Counts;
  readonly rate: Rate;
}

/**
 * report.json. Holds nothing about when, where or how fast it was made: the same inputs and settings give the same bytes
 * on any machine with any number of workers.
 */
export interface ReportJson {
  readonly schema: typeof REPORT_SCHEMA;
  readonly tool: { readonly name: 'heldout'; readonly version: string };
  readonly profile: number;
  readonly partial: boolean;
  /** Present where the report holds no text: what its digests were made with. */
  readonly redaction?: Redaction;
  readonly settings: Settings & { readonly id: string };
  readonly guarantee: Guarantee;
  readonly totals: Totals & ScanResult['totals'] & { readonly corpusFiles: number; readonly matches: number };
  readonly benchmarks: readonly BenchmarkJson[];
  /** Of a scan of an index that keeps records; the records are in items.jsonl. */
  readonly nearRecords?: NearRecordSummary;
  readonly skipped: readonly SkipJson[];
  /** What the policy said; absent in a report of a library, which has none. */
  readonly gate?: GateReport;
  readonly provenance: {
    /** What was asked for, as it was typed: with the settings, all that it takes to scan again. */
    readonly asked?: Asked;
    readonly benchmarks: readonly FileResult[];
    readonly corpus: readonly FileResult[];
  };
  readonly outputs: readonly OutputFile[];
}

/** Files, folders and globs that a scan was given. */
export type Asked = Pick<ScanRequest, 'benchmarks' | 'against' | 'corpusRoot'>;

/** What a report says beside the result. */
export interface Context {
  readonly gate?: GateReport;
  readonly asked?: Asked;
}

interface BenchmarkJson extends Totals {
  readonly name: string;
  readonly files: readonly string[];
  readonly fields: BenchmarkResult['fields'];
  /** Contaminated items by what was found of them, worst first. */
  readonly contaminatedBy: Readonly<Partial<Record<MatchedPart, number>>>;
  /** Each part on its own: of the items that have it. */
  readonly parts: Readonly<Partial<Record<PartName, Totals>>>;
}

export function reportJson(
  result: ScanResult,
  toolVersion: string,
  digester: Digester,
  outputs: readonly OutputFile[],
  { gate, asked }: Context = {},
): ReportJson {
  const { settings } = result;
  return {
    schema: REPORT_SCHEMA,
    tool: { name: 'heldout', version: toolVersion },
    profile: settings.profile,
    partial: result.partial,
    ...(result.redaction ? { redaction: result.redaction } : {}),
    settings: { id: digestOf(settings, digester), ...inSettingsOrder(settings) },
    guarantee: guarantee(result),
    totals: {
      ...totalsOf(result.benchmarks.reduce<Counts>((sum, benchmark) => addCounts(sum, benchmark.counts), NO_COUNTS)),
      corpusFiles: result.corpus.length,
      documents: result.totals.documents,
      skippedDocuments: result.totals.skippedDocuments,
      unreadableFiles: result.totals.unreadableFiles,
      textBytes: result.totals.textBytes,
      matches: result.matches.length,
    },
    benchmarks: result.benchmarks.map((benchmark) => benchmarkJson(benchmark, result.items)),
    ...(result.nearRecords ? { nearRecords: reportedSummary(result.nearRecords) } : {}),
    skipped: result.skips.map(skipJson),
    ...(gate ? { gate } : {}),
    provenance: {
      ...(asked ? { asked: askedJson(asked) } : {}),
      benchmarks: result.benchmarks.flatMap((benchmark) => benchmark.files.map(fileJson)),
      corpus: result.corpus.map(fileJson),
    },
    outputs: outputs.map(outputJson),
  };
}

function askedJson({ benchmarks, against, corpusRoot }: Asked): Asked {
  return { benchmarks, against, ...(corpusRoot === undefined ? {} : { corpusRoot }) };
}

/** Key order is part of the bytes: written out, not inherited from whoever built the object. */
function inSettingsOrder(settings: Settings): Settings {
  const map: Partial<Record<PartName | 'id', string>> = {};
  for (const key of ['id', ...PART_NAMES] as const) {
    const field = settings.map[key];
    if (field !== undefined) map[key] = field;
  }
  return {
    profile: settings.profile,
    textFields: settings.textFields,
    idField: settings.idField,
    map,
    maxRecordBytes: settings.maxRecordBytes,
    limit: settings.limit,
    maxSkippedRate: settings.maxSkippedRate,
    maxContaminated: settings.maxContaminated,
  };
}

function benchmarkJson(benchmark: BenchmarkResult, items: readonly ItemResult[]): BenchmarkJson {
  const fields: Partial<Record<PartName | 'id', readonly string[]>> = {};
  for (const key of ['id', ...PART_NAMES] as const) {
    const from = benchmark.fields[key];
    if (from) fields[key] = from;
  }
  const contaminatedBy: Partial<Record<MatchedPart, number>> = {};
  for (const part of ['question+answer', ...PART_NAMES] as const) {
    const n = benchmark.byPart[part];
    if (n) contaminatedBy[part] = n;
  }
  return {
    name: benchmark.name,
    files: benchmark.files.map((file) => file.path),
    fields,
    ...totalsOf(benchmark.counts),
    contaminatedBy,
    parts: partTotals(items.filter((item) => item.benchmark === benchmark.name)),
  };
}

function partTotals(items: readonly ItemResult[]): Partial<Record<PartName, Totals>> {
  const parts: Partial<Record<PartName, Totals>> = {};
  for (const name of PART_NAMES) {
    const counts: Record<Verdict, number> = { ...NO_COUNTS };
    for (const item of items) {
      const verdict = item.parts[name];
      if (verdict) counts[verdict]++;
    }
    const totals = totalsOf(counts);
    if (totals.items > 0) parts[name] = totals;
  }
  return parts;
}

/** What report.json counts of a benchmark, from its items. */
export function countsOf(items: readonly ItemResult[]): Totals & Pick<BenchmarkJson, 'parts'> {
  const counts: Record<Verdict, number> = { ...NO_COUNTS };
  for (const { verdict } of items) counts[verdict]++;
  return { ...totalsOf(counts), parts: partTotals(items) };
}

function totalsOf(counts: Counts): Totals {
  const checked = checkedOf(counts);
  return {
    items: checked + undecidedOf(counts),
    checked,
    verdicts: {
      contaminated: counts.contaminated,
      suspect: counts.suspect,
      // Only an index has these.
      ...(counts.unconfirmed ? { unconfirmed: counts.unconfirmed } : {}),
      clean: counts.clean,
      unchecked: counts.unchecked,
    },
    rate: rateJson(wilson(counts.contaminated, checked)),
  };
}
