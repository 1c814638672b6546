import { HeldoutError } from '../model/errors.js';
import { itemFromLine } from '../report/item-from-line.js';
import { matchFromLine } from '../report/match-from-line.js';
import { objectOf } from '../report/parsed-json.js';
import type { Report } from '../report/report.js';
import { faultOf } from '../report/report-shape.js';
import { reportLines } from './report-lines.js';
import { outputOf, savedReport } from './saved-report.js';

/** A report with all its items and matches, held in memory as a scan holds them. */
export async function readReport(name: string): Promise<Report> {
  const saved = await savedReport(name);
  const fault = faultOf(objectOf(saved.report) ?? {});
  if (fault !== undefined)
    throw new HeldoutError('unreadable', `${saved.dir}/report.json: damaged: ${fault}. Scan again.`);
  const items: Report['items'][number][] = [];
  for await (const item of reportLines(saved.dir, outputOf(saved, 'items.jsonl'), itemFromLine)) items.push(item);
  const matches: Report['matches'][number][] = [];
  for await (const match of reportLines(saved.dir, outputOf(saved, 'matches.jsonl'), matchFromLine))
    matches.push(match);
  return { report: saved.report, items, matches };
}
