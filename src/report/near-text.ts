import type { NearRecord, NearRecords, NearRecordSummary } from '../model/near-record.js';
import type { ItemResult, ScanResult } from '../model/result.js';
import { shown } from './escape.js';
import { prose } from './flow.js';
import { count, counted, percent, round } from './numbers.js';
import { numberOf, objectOf, textOf } from './parsed-json.js';
import type { Style } from './style.js';
import { table } from './table.js';

/** Records named on the terminal; items.jsonl has more. */
const SHOWN = 6;

/** As a report holds them: figures rounded, keys in order. */
export function reportedNear({ found, closest }: NearRecords): NearRecords {
  return {
    found,
    closest: closest.map(({ file, record, parts, jaccard, standardError, confirmed, reason }) => ({
      ...{ file, record, parts, jaccard: round(jaccard, 4), standardError: round(standardError, 4), confirmed },
      ...(reason === undefined ? {} : { reason }),
    })),
  };
}

/** What a line of items.jsonl says of them; undefined where it says nothing. */
export function nearFromJson(value: unknown): NearRecords | undefined {
  const given = objectOf(value);
  const closest: unknown = given?.['closest'];
  if (!given || !Array.isArray(closest)) return undefined;
  const records = closest.flatMap((entry): NearRecord[] => {
    const one = objectOf(entry);
    if (!one) return [];
    const figures = { jaccard: numberOf(one['jaccard']), standardError: numberOf(one['standardError']) };
    const place = { file: textOf(one['file']), record: numberOf(one['record']), parts: textOf(one['parts']) };
    const reason = typeof one['reason'] === 'string' ? { reason: one['reason'] } : {};
    return [{ ...place, ...figures, confirmed: one['confirmed'] === true, ...reason }];
  });
  return { found: numberOf(given['found']), closest: records };
}

export function reportedSummary(near: NearRecordSummary): NearRecordSummary {
  const { shingle, records, threshold, recall, itemsCompared, itemsWithRecords, itemsConfirmed } = near;
  const { atThreshold, at80, at90 } = recall;
  return {
    ...{ shingle: { unit: shingle.unit, size: shingle.size }, records, threshold },
    recall: { atThreshold: round(atThreshold, 3), at80: round(at80, 3), at90: round(at90, 3) },
    ...{ itemsCompared, itemsWithRecords, itemsConfirmed },
  };
}

/** What the comparison asked, and what it does not say. */
export function nearQuestion({ threshold, records, shingle, recall }: NearRecordSummary): string {
  const found = `${percent(recall.atThreshold)}% of those at the threshold and ${percent(recall.at80)}% at .8 are found`;
  return (
    `Which of ${counted(records, 'record')} has ${percent(threshold)}% or more of its ${shingle.size}-${shingle.unit === 'words' ? 'word' : 'character'} shingles in common with a whole ` +
    `item (its question, choices, answer or passage, alone or together)? ${found}. Beside the verdict: a near-duplicate may be another item of the same template.`
  );
}

export interface NearRow {
  readonly item: ItemResult;
  readonly near: NearRecords;
}

/** Items with records like them, the most alike first. */
export function nearRows(items: readonly ItemResult[]): NearRow[] {
  const rows = items.flatMap((item) => (item.nearRecords?.closest[0] ? [{ item, near: item.nearRecords }] : []));
  return rows.sort((a, b) => b.near.closest[0].jaccard - a.near.closest[0].jaccard);
}

/** `0.912`, `0.85 ± 0.03` */
export function jaccardText({ jaccard, standardError, confirmed }: NearRecord): string {
  return confirmed ? jaccard.toFixed(3) : `${jaccard.toFixed(2)} ± ${standardError.toFixed(2)}`;
}

export function nearLines(result: Pick<ScanResult, 'items' | 'nearRecords'>, look: Style, width: number): string[] {
  const { nearRecords: summary } = result;
  if (!summary) return [];
  const rows = nearRows(result.items);
  const title = look.paint('strong', 'Near-duplicate records');
  const head = `${counted(rows.length, 'item')} of ${count(summary.itemsCompared)}, ${count(summary.itemsConfirmed)} confirmed by the text`;
  const lines = [`${title} ${look.paint('faint', head)}`];
  for (const line of prose(nearQuestion(summary), width, '  ')) lines.push(look.paint('faint', line));
  if (rows.length === 0) return lines;
  const cells = rows.slice(0, SHOWN).map(({ item, near }) => {
    const [best] = near.closest;
    const more = near.found > 1 ? `, ${count(near.found - 1)} more` : '';
    return [
      { text: `  ${jaccardText(best)}` },
      { text: `${shown(item.benchmark)} ${shown(item.item)}` },
      { text: best.parts },
      { text: `${shown(best.file)} record ${count(best.record)}${more}${best.confirmed ? '' : ', unconfirmed'}` },
    ];
  });
  const columns = ['  Jaccard', 'item', 'its', 'record'].map((name) => ({ title: name, align: 'left' as const }));
  lines.push(...table(columns, cells, (text) => look.paint('faint', text)));
  if (rows.length > SHOWN)
    lines.push(look.paint('faint', `  and ${count(rows.length - SHOWN)} more items in items.jsonl`));
  for (const [reason, n] of reasonsOf(rows))
    lines.push(...prose(`${counted(n, 'item')} unconfirmed: ${shown(reason)}`, width, '  '));
  return lines;
}

/** Why the closest records could not be confirmed, and for how many items: by the index's word alone a place may be another by now. */
function reasonsOf(rows: readonly NearRow[]): Map<string, number> {
  const reasons = new Map<string, number>();
  for (const { near } of rows) {
    const { reason } = near.closest[0];
    if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return reasons;
}
