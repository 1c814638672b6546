import * as nodeFs from 'node:fs/promises';
import type { CompareResult, DuplicateRecord } from '../model/comparison.js';
import { compareJson } from './compare-json.js';
import type { CompareJson } from './compare-json.js';
import { clusterLine, dropLine, duplicateLine, pairLine } from './compare-lines.js';
import { comparisonOf } from './comparison.js';
import type { Comparison } from './comparison.js';
import { loadDigester } from './digest.js';
import { safeJsonPage } from './escape.js';
import { fillFolder } from './folder-writer.js';
import type { NewFiles, ReportFs } from './folder-writer.js';
import { comparisonRenderings } from './formats/compare-format.js';
import type { Format } from './formats/format-names.js';
import { ALL_FILES } from './known-files.js';
import { mapped } from './mapped.js';
import type { OutputFile } from './shared-json.js';

/** Writes the report of a comparison, whole or not at all; records and pairs are written as they are read. */
export async function writeComparison(
  dir: string,
  result: CompareResult,
  toolVersion: string,
  formats: readonly Format[] = [],
  fs: ReportFs = nodeFs,
): Promise<CompareJson> {
  const digester = await loadDigester();
  const fill = async (files: NewFiles): Promise<CompareJson> => {
    const outputs = await writeLines(files, result);
    const report = compareJson(result, toolVersion, digester, outputs);
    await writeDerived(files, comparisonOf(result, report), ['html', ...formats]);
    await files.write('report.json', [safeJsonPage(report)]);
    return report;
  };
  return fillFolder(dir, fill, ALL_FILES, digester, fs);
}

/** Writes a comparison that was read again, with what is made from it, to a folder of its own; the names of its files. */
export async function writeComparisonCopy(
  dir: string,
  comparison: Comparison,
  formats: readonly Format[],
  fs: ReportFs = nodeFs,
): Promise<string[]> {
  const fill = async (files: NewFiles): Promise<string[]> => {
    const report = { ...comparison.report, outputs: await writeLines(files, comparison) };
    await writeDerived(files, { ...comparison, report }, ['html', ...formats]);
    await files.write('report.json', [safeJsonPage(report)]);
    return files.names;
  };
  return fillFolder(dir, fill, ALL_FILES, await loadDigester(), fs);
}

/** Writes what is made from a comparison beside it; the report itself, and what was not asked for, stays as it is. */
export async function writeComparisonRenderings(
  dir: string,
  comparison: Comparison,
  formats: readonly Format[],
  fs: ReportFs = nodeFs,
): Promise<string[]> {
  const fill = async (files: NewFiles): Promise<string[]> => {
    await writeDerived(files, comparison, formats);
    return files.names;
  };
  return fillFolder(dir, fill, [], await loadDigester(), fs);
}

async function writeLines(files: NewFiles, found: Omit<Comparison, 'report'>): Promise<OutputFile[]> {
  return [
    await files.write('duplicates.jsonl', mapped(found.duplicates(), duplicateLine)),
    await files.write('drop.jsonl', mapped(dropped(found.duplicates()), dropLine)),
    await files.write('clusters.jsonl', mapped(found.clusters(), clusterLine)),
    await files.write('pairs.jsonl', mapped(found.pairs(), pairLine)),
  ];
}

async function writeDerived(files: NewFiles, comparison: Comparison, formats: readonly Format[]): Promise<void> {
  for (const { path, pieces } of await comparisonRenderings(comparison, formats)) await files.write(path, pieces);
}

function* dropped(duplicates: Iterable<DuplicateRecord>): Generator<DuplicateRecord> {
  for (const found of duplicates) if (found.drop) yield found;
}
