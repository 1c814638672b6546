import path from 'node:path';
import { HeldoutError } from '../model/errors.js';
import { clusterFromLine, duplicateFromLine, pairFromLine } from '../report/compare-from-line.js';
import { COMPARE_SCHEMA } from '../report/compare-json.js';
import type { CompareJson } from '../report/compare-json.js';
import { comparisonFault } from '../report/compare-shape.js';
import type { Comparison } from '../report/comparison.js';
import { objectOf } from '../report/parsed-json.js';
import { reportLines } from './report-lines.js';
import { anyReport, outputOf } from './saved-report.js';
import type { Saved } from './saved-report.js';

/** A comparison that was written before. */
export type SavedComparison = Saved<CompareJson>;

/** Whether a folder, or a report.json, is a comparison's; what is no report at all is refused. */
export async function isComparison(name: string): Promise<boolean> {
  return (await anyReport(name)).schema.startsWith('heldout-compare/');
}

/** Reads the report.json of a comparison. Another version is refused, and one of indexes, which has no records. */
export async function savedComparison(name: string): Promise<SavedComparison> {
  const { dir, schema, value } = await anyReport(name);
  const file = path.join(dir, 'report.json');
  if (schema !== COMPARE_SCHEMA)
    throw new HeldoutError(
      'unreadable',
      `${file}: no comparison of this version (${schema}; this heldout reads ${COMPARE_SCHEMA}). ` +
        'Use the version that wrote it, or compare again.',
    );
  if (objectOf(value['question'])?.['measure'] === 'containment')
    throw new HeldoutError(
      'usage',
      `${file}: a comparison of indexes, which hold no text: report.json is all there is to it.`,
    );
  const fault = comparisonFault(value);
  if (fault !== undefined) throw new HeldoutError('unreadable', `${file}: damaged: ${fault}. Compare again.`);
  return { dir, report: value as Readonly<Record<string, unknown>> & CompareJson };
}

/** A comparison with all its lists, held in memory. */
export async function readComparison(name: string): Promise<Comparison> {
  const saved = await savedComparison(name);
  const all = async <T>(file: string, parse: (line: string) => T | undefined): Promise<T[]> => {
    const found: T[] = [];
    for await (const one of reportLines(saved.dir, outputOf(saved, file), parse)) found.push(one);
    return found;
  };
  const duplicates = await all('duplicates.jsonl', duplicateFromLine);
  const clusters = await all('clusters.jsonl', clusterFromLine);
  const pairs = await all('pairs.jsonl', pairFromLine);
  return {
    report: saved.report,
    duplicates: () => duplicates,
    clusters: () => clusters,
    pairs: () => pairs,
  };
}
