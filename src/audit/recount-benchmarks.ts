import path from 'node:path';
import type { Item } from '../model/benchmark.js';
import { HeldoutError } from '../model/errors.js';
import type { Match } from '../model/match.js';
import type { ItemResult } from '../model/result.js';
import { readBenchmarks } from '../read/benchmark.js';
import { hasStandIn } from '../report/name-or-text.js';
import type { ReportJson } from '../report/report-json.js';
import type { Contradictions } from './contradictions.js';

/** Items as their benchmarks have them, told by what items.jsonl calls them. */
export type ReadItems = ReadonlyMap<ItemResult, Item>;

/**
 * Reads the benchmarks again, as a scan reads them, and holds the items against them: names, records, parts. For benchmarks that
 * are as they were. In a report without text a name that has a stand-in is not compared.
 */
export async function recountBenchmarks(
  { settings, provenance, redaction }: ReportJson,
  items: readonly ItemResult[],
  root: string,
  found: Contradictions,
): Promise<ReadItems> {
  const { maxRecordBytes, map } = settings;
  const options = { maxRecordBytes, limit: 0, map, at: (file: string): string => path.resolve(root, file) };
  const known = new Map<ItemResult, Item>();
  const paths = provenance.benchmarks.map((file) => file.path);
  const read = await readBenchmarks(paths, options, () => undefined).catch((error: unknown) => {
    if (!(error instanceof HeldoutError)) throw error;
    found.add(`report.json, settings: the benchmarks cannot be read with these (${error.message})`);
  });
  const all = (read ?? []).flatMap((benchmark) => benchmark.items);
  // Another number of items is told by the records of the files.
  if (all.length !== items.length) return known;
  for (const [i, item] of items.entries()) {
    const one = all[i];
    const where = `items.jsonl line ${i + 1}`;
    const isStated = (name: string): boolean => !redaction || !hasStandIn(name);
    const names = {
      ...(isStated(item.benchmark) ? { benchmark: [item.benchmark, one.benchmark] } : {}),
      ...(isStated(item.item) ? { item: [item.item, one.id] } : {}),
    };
    const parts = one.parts.map(({ name }) => name);
    const before = found.count;
    found.expect(
      where,
      { ...sideOf(names, 0), file: item.file, record: item.record, parts: Object.keys(item.parts) },
      { ...sideOf(names, 1), file: one.file, record: one.record, parts },
      'the benchmark gives',
    );
    if (found.count === before) known.set(item, one);
  }
  return known;
}

function sideOf(pairs: Readonly<Record<string, readonly string[]>>, side: 0 | 1): Record<string, string> {
  return Object.fromEntries(Object.entries(pairs).map(([key, pair]) => [key, pair[side]]));
}

/** Holds what a match quotes of its item against the benchmark. */
export function recountItemText(match: Match, item: Item, where: string, found: Contradictions): void {
  const { part, itemText, redacted } = match;
  const own = item.parts.filter(({ name }) =>
    part === 'question+answer' ? name === 'question' || name === 'code' : name === part,
  );
  if (own.length === 0) found.add(`${where} it is of the ${part} of ${match.item}, which has none`);
  else if (!own.some(({ text }) => (redacted ? redacted.item.length === text.length : itemText === text)))
    found.add(`${where} its itemText is not the ${part} that the benchmark has`);
}
