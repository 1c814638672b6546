import * as nodeFs from 'node:fs/promises';
import type { CompareResult, DuplicateRecord } from '../model/comparison.js';
import { compareJson } from './compare-json.js';
import type { CompareJson } from './compare-json.js';
import { clusterLine, dropLine, duplicateLine, pairLine } from './compare-lines.js';
import { loadDigester } from './digest.js';
import { safeJsonPage } from './escape.js';
import { fillFolder } from './folder-writer.js';
import type { ReportFs } from './folder-writer.js';

/** Of a scan's report in the same folder. */
const OBSOLETE = ['items.jsonl', 'matches.jsonl', 'index.html'];

/** Writes the report of a comparison, whole or not at all; records and pairs are written as they are read. */
export async function writeComparison(
  dir: string,
  result: CompareResult,
  toolVersion: string,
  fs: ReportFs = nodeFs,
): Promise<CompareJson> {
  const digester = await loadDigester();
  return fillFolder(
    dir,
    async (files) => {
      const outputs = [
        await files.write('duplicates.jsonl', lines(result.duplicates(), duplicateLine)),
        await files.write('drop.jsonl', lines(dropped(result), dropLine)),
        await files.write('clusters.jsonl', lines(result.clusters(), clusterLine)),
        await files.write('pairs.jsonl', lines(result.pairs(), pairLine)),
      ];
      const report = compareJson(result, toolVersion, digester, outputs);
      await files.write('report.json', [safeJsonPage(report)]);
      return report;
    },
    OBSOLETE,
    digester,
    fs,
  );
}

function* lines<T>(values: Iterable<T>, line: (value: T) => string): Generator<string> {
  for (const value of values) yield line(value);
}

function* dropped(result: CompareResult): Generator<DuplicateRecord> {
  for (const found of result.duplicates()) if (found.drop) yield found;
}
