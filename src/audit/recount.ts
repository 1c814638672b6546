import type { Match } from '../model/match.js';
import type { ItemResult } from '../model/result.js';
import { itemFromLine } from '../report/item-from-line.js';
import { itemLine, matchLine } from '../report/lines.js';
import { matchFromLine } from '../report/match-from-line.js';
import { itemKey } from '../report/matches-by-item.js';
import { objectOf } from '../report/parsed-json.js';
import { faultOf } from '../report/report-shape.js';
import { Contradictions } from './contradictions.js';
import { recountBenchmarks, recountItemText } from './recount-benchmarks.js';
import type { ReadItems } from './recount-benchmarks.js';
import { recountForm } from './recount-form.js';
import { recountGate } from './recount-gate.js';
import { recountItem } from './recount-items.js';
import { recountMatch } from './recount-match.js';
import { recountGuarantee, recountReport } from './recount-report.js';
import { reportLines, withForm } from './report-lines.js';
import { outputOf } from './saved-report.js';
import type { SavedReport } from './saved-report.js';
import { tokenCounter } from './token-count.js';

/** Where and by whom a report is counted again. */
export interface Recounting {
  readonly toolVersion: string;
  /** Where relative paths begin. */
  readonly root: string;
  /** Whether the benchmarks are as they were, so that the items can be read again. */
  readonly hasBenchmarks: boolean;
}

/**
 * Counts again whatever can be counted from the lines of a report that are whole. Nothing has a digest of report.json itself, and who
 * edits a line can put its new digest there: so what is said twice in a report is compared, and what is said of
 * the benchmarks with these. The form of a line, the words of a guarantee and the reading are compared where this version wrote it.
 */
export async function recount(
  saved: SavedReport,
  { toolVersion, root, hasBenchmarks }: Recounting,
): Promise<Contradictions> {
  const { report } = saved;
  const found = new Contradictions();
  const fault = faultOf(objectOf(report) ?? {});
  if (fault !== undefined) {
    found.add(`report.json: ${fault}`);
    return found;
  }
  const isOurs = report.tool.version === toolVersion;
  const items = await itemsOf(saved, isOurs, found);
  const read =
    isOurs && hasBenchmarks
      ? await recountBenchmarks(report, [...items.values()], root, found)
      : new Map<never, never>();
  const matches = await matchesOf(saved, isOurs, { items, read }, found);
  for (const [key, item] of items) recountItem(item, matches.byItem.get(key) ?? [], found);
  found.expect('report.json, totals.matches', report.totals.matches, matches.lines, 'matches.jsonl gives');
  recountReport(report, [...items.values()], found);
  if (isOurs) recountForm(report, found);
  if (isOurs) recountGuarantee(report, [...items.values()], found);
  const all = { report, items: [...items.values()], matches: [...matches.byItem.values()].flat() };
  if (report.gate) await recountGate(all, report.gate, { isOurs, root }, found);
  else found.open.push('what the policy said: the report does not say');
  return found;
}

type Items = ReadonlyMap<string, ItemResult>;

async function itemsOf(saved: SavedReport, isOurs: boolean, found: Contradictions): Promise<Items> {
  const items = new Map<string, ItemResult>();
  const output = outputOf(saved, 'items.jsonl');
  let lines = 0;
  const parse = withForm(itemFromLine, itemLine);
  for await (const { value, hasForm } of reportLines(saved.dir, output, parse)) {
    lines++;
    if (isOurs && !hasForm) found.add(`items.jsonl line ${lines}: it is not as heldout writes it`);
    if (items.has(itemKey(value)))
      found.add(`items.jsonl line ${lines}: ${value.benchmark} ${value.item} is there twice`);
    items.set(itemKey(value), value);
  }
  found.expect('report.json, outputs: lines of items.jsonl', output.lines, lines, 'the file has');
  return items;
}

/** The matches without their texts, by item. */
async function matchesOf(
  saved: SavedReport,
  isOurs: boolean,
  { items, read }: { readonly items: Items; readonly read: ReadItems },
  found: Contradictions,
): Promise<{ byItem: ReadonlyMap<string, readonly Match[]>; lines: number }> {
  const corpus = new Set(saved.report.provenance.corpus.map(({ path }) => path));
  const byItem = new Map<string, Match[]>();
  const output = outputOf(saved, 'matches.jsonl');
  const tokensIn = isOurs ? tokenCounter() : undefined;
  let lines = 0;
  for await (const { value, hasForm } of reportLines(saved.dir, output, withForm(matchFromLine, matchLine))) {
    lines++;
    const { benchmark, item, document, verdict } = value;
    const where = `matches.jsonl line ${lines}:`;
    if (isOurs && !hasForm) found.add(`${where} it is not as heldout writes it`);
    if (verdict !== 'contaminated' && verdict !== 'suspect') found.add(`${where} it is ${verdict}; a match is more`);
    if (!items.has(itemKey(value))) found.add(`${where} it is of ${benchmark} ${item}; items.jsonl has no such item`);
    if ((value.redacted === undefined) !== (saved.report.redaction === undefined))
      found.add(`${where} it has ${value.redacted ? 'no text' : 'text'}; report.json says otherwise`);
    if (!corpus.has(document.file))
      found.add(`${where} it is in ${document.file}; report.json has no such corpus file`);
    recountMatch(value, where, tokensIn, found);
    const known = items.get(itemKey(value));
    const asRead = known && read.get(known);
    if (asRead) recountItemText(value, asRead, where, found);
    const own = byItem.get(itemKey(value)) ?? [];
    own.push({ ...value, itemText: '', documentText: '' });
    byItem.set(itemKey(value), own);
  }
  found.expect('report.json, outputs: lines of matches.jsonl', output.lines, lines, 'the file has');
  return { byItem, lines };
}
