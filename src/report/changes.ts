import type { FileResult, ItemResult } from '../model/result.js';
import { canonicalJson } from './digest.js';
import { itemKey } from './matches-by-item.js';
import type { ReportJson } from './report-json.js';
import type { Report } from './report.js';
import type { Rate } from './wilson.js';

/** An item whose verdict is another than before; a side is absent where the item is in one report alone. */
export interface ItemChange {
  readonly benchmark: string;
  readonly item: string;
  readonly before?: ItemResult;
  readonly after?: ItemResult;
}

export interface BenchmarkChange {
  readonly name: string;
  readonly before?: BenchmarkFigures;
  readonly after?: BenchmarkFigures;
}

export interface BenchmarkFigures {
  readonly checked: number;
  readonly contaminated: number;
  readonly rate: Rate;
}

/** What is other between two reports, the older first. */
export interface Changes {
  /** What was compared otherwise: where this is not empty, verdicts may differ for that alone. */
  readonly conditions: readonly string[];
  readonly benchmarks: readonly BenchmarkChange[];
  /** Nearer to contaminated than before, or found and new; further from it, or gone; decided before and not now, or the other way. */
  readonly worse: readonly ItemChange[];
  readonly better: readonly ItemChange[];
  readonly other: readonly ItemChange[];
  /** Items of both reports with the same verdict. */
  readonly same: number;
}

export function changesBetween(before: Report, after: Report): Changes {
  const older = new Map(before.items.map((item) => [itemKey(item), item]));
  const groups: Record<'worse' | 'better' | 'other', ItemChange[]> = { worse: [], better: [], other: [] };
  let same = 0;
  for (const item of after.items) {
    const key = itemKey(item);
    const known = older.get(key);
    older.delete(key);
    if (known?.verdict === item.verdict) same++;
    else
      groups[direction(known, item)].push({
        benchmark: item.benchmark,
        item: item.item,
        ...(known ? { before: known } : {}),
        after: item,
      });
  }
  for (const gone of older.values())
    groups[direction(gone, undefined)].push({ benchmark: gone.benchmark, item: gone.item, before: gone });
  return {
    conditions: conditions(before.report, after.report),
    benchmarks: benchmarks(before.report, after.report),
    ...groups,
    same,
  };
}

/** How bad a verdict is; what is not decided is no better than clean. */
const RANK: Readonly<Record<string, number>> = { contaminated: 2, suspect: 1, unconfirmed: 1 };

function direction(before: ItemResult | undefined, after: ItemResult | undefined): 'worse' | 'better' | 'other' {
  const was = before ? (RANK[before.verdict] ?? 0) : 0;
  const is = after ? (RANK[after.verdict] ?? 0) : 0;
  return is > was ? 'worse' : is < was ? 'better' : 'other';
}

function benchmarks(before: ReportJson, after: ReportJson): BenchmarkChange[] {
  const older = new Map(before.benchmarks.map((one) => [one.name, one]));
  const newer = new Map(after.benchmarks.map((one) => [one.name, one]));
  const figures = (one: ReportJson['benchmarks'][number] | undefined): BenchmarkFigures | undefined =>
    one && { checked: one.checked, contaminated: one.verdicts.contaminated, rate: one.rate };
  return [...new Set([...newer.keys(), ...older.keys()])].map((name) => {
    const was = figures(older.get(name));
    const is = figures(newer.get(name));
    return { name, ...(was ? { before: was } : {}), ...(is ? { after: is } : {}) };
  });
}

/** Versions, settings and inputs that differ, a line each. */
function conditions(before: ReportJson, after: ReportJson): string[] {
  const lines: string[] = [];
  const differs = (what: string, was: unknown, is: unknown): void => {
    if (canonicalJson(was ?? null) !== canonicalJson(is ?? null))
      lines.push(`${what}: ${canonicalJson(was ?? null)} before, ${canonicalJson(is ?? null)} now`);
  };
  differs('heldout', before.tool.version, after.tool.version);
  differs('profile', before.profile, after.profile);
  differs('partial', before.partial, after.partial);
  lines.push(...otherBenchmarks(before, after));
  const was = new Map(Object.entries(before.settings));
  const is = new Map(Object.entries(after.settings));
  for (const key of new Set([...was.keys(), ...is.keys()]))
    if (key !== 'id') differs(`setting ${key}`, was.get(key), is.get(key));
  lines.push(
    ...inputs('benchmark file', before.provenance.benchmarks, after.provenance.benchmarks),
    ...inputs('corpus file', before.provenance.corpus, after.provenance.corpus),
  );
  return lines;
}

/** Told before all else of inputs: an item of a benchmark that one run alone has is neither better nor worse. */
function otherBenchmarks(before: ReportJson, after: ReportJson): string[] {
  const [was, is] = [before, after].map(({ benchmarks: all }) => all.map(({ name }) => name));
  const gone = was.filter((name) => !is.includes(name));
  const fresh = is.filter((name) => !was.includes(name));
  if (gone.length === was.length && fresh.length === is.length && was.length + is.length > 0)
    return [`benchmarks: none in common; ${was.join(', ')} before, ${is.join(', ')} now`];
  return [...fresh.map((name) => `benchmark ${name}: new`), ...gone.map((name) => `benchmark ${name}: gone`)];
}

function inputs(what: string, before: readonly FileResult[], after: readonly FileResult[]): string[] {
  const older = new Map(before.map((file) => [file.path, file]));
  const lines: string[] = [];
  for (const file of after) {
    const was = older.get(file.path);
    older.delete(file.path);
    if (!was) lines.push(`${what} ${file.path}: new`);
    else if (was.xxh64 !== file.xxh64)
      lines.push(`${what} ${file.path}: changed, xxh64 ${was.xxh64} before, ${file.xxh64} now`);
  }
  for (const gone of older.keys()) lines.push(`${what} ${gone}: gone`);
  return lines;
}
