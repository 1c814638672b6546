import type { ItemResult } from '../model/result.js';
import { canonicalJson } from '../report/digest.js';
import { itemFromLine } from '../report/item-from-line.js';
import { objectOf } from '../report/parsed-json.js';
import { countsOf } from '../report/report-json.js';
import { faultOf } from '../report/report-shape.js';
import { reportLines } from './report-lines.js';
import { outputOf } from './saved-report.js';
import type { SavedReport } from './saved-report.js';

/**
 * Whether report.json counts the items that stand beside it, in all and for each benchmark and part. Nothing has a digest of
 * report.json itself, so that an edited count would go unseen. Asks for an items.jsonl that is whole.
 */
export async function countsHold(saved: SavedReport): Promise<boolean> {
  const { report } = saved;
  if (faultOf(objectOf(report) ?? {}) !== undefined) return false;
  const items: ItemResult[] = [];
  for await (const item of reportLines(saved.dir, outputOf(saved, 'items.jsonl'), itemFromLine)) items.push(item);
  const { items: number, checked, verdicts, rate } = countsOf(items);
  const known = new Set(report.benchmarks.map(({ name }) => name));
  return (
    items.every(({ benchmark }) => known.has(benchmark)) &&
    agree(report.totals, { items: number, checked, verdicts, rate }) &&
    report.benchmarks.every((one) => agree(one, countsOf(items.filter(({ benchmark }) => benchmark === one.name))))
  );
}

/** Whether `stated` has all of `counted`, and the same. */
function agree(stated: object, counted: object): boolean {
  const given = new Map(Object.entries(stated));
  return Object.entries(counted).every(([key, value]) => canonicalJson(given.get(key)) === canonicalJson(value));
}
