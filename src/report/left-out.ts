import type { ItemResult, ScanResult } from '../model/result.js';
import type { Skip } from '../model/input.js';
import { shown } from './escape.js';
import { flow } from './flow.js';
import { count, counted, percent } from './numbers.js';
import { isRepair, skipLabel } from './skip-words.js';
import type { Style } from './style.js';
import { fit } from './width.js';

/** Examples named on the terminal; report.json has more. */
const EXAMPLES = 2;

/** Item ids named for each reason. */
const IDS = 6;

/** What was skipped or repaired, why, and the first examples. */
export function leftOut(result: Pick<ScanResult, 'skips' | 'totals'>, look: Style, width: number): string[] {
  if (result.skips.length === 0) return [];
  const { skippedDocuments, documents } = result.totals;
  const share =
    skippedDocuments > 0 ? ` ${percent(skippedDocuments / (documents + skippedDocuments))}% of documents` : '';
  const lines = [look.paint('strong', 'Skipped or repaired') + look.paint('faint', share)];
  for (const { reason, count: n, examples } of result.skips) {
    const label = `${count(n)} ${skipLabel(reason, n)}`;
    lines.push(`  ${isRepair(reason) ? label : look.paint('suspect', label)}`);
    for (const example of examples.slice(0, EXAMPLES)) lines.push(look.paint('faint', skipLine(example, width)));
    const more = n - Math.min(EXAMPLES, examples.length);
    if (more > 0 && examples.length > 0) lines.push(look.paint('faint', `    and ${count(more)} more`));
  }
  return lines;
}

/** `    file record 17: why`; the reason is cut to the line, the file never. */
export function skipLine(skip: Skip, width: number): string {
  const where = `    ${shown(skip.file)}${skip.record > 0 ? ` record ${count(skip.record)}` : ''}`;
  const detail = shown(skip.detail);
  if (detail === '') return where;
  return `${where}: ${fit(detail, Math.max(24, width - where.length - 2))}`;
}

/** Items too short to decide, by reason: they must not pass for clean. */
export function notChecked(items: readonly ItemResult[], look: Style, width: number): string[] {
  const byReason = new Map<string, ItemResult[]>();
  for (const item of items)
    if (item.verdict === 'unchecked') {
      const group = byReason.get(item.reason);
      if (group) group.push(item);
      else byReason.set(item.reason, [item]);
    }
  if (byReason.size === 0) return [];
  const lines = [look.paint('strong', 'Unchecked') + look.paint('faint', ' neither clean nor contaminated')];
  const reasons = [...byReason].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  for (const [reason, group] of reasons) {
    lines.push(`  ${counted(group.length, 'item')}: ${shown(reason || 'no reason given')}`);
    const pieces = group.slice(0, IDS).map((item) => ({ text: `${shown(item.benchmark)} ${shown(item.item)}` }));
    if (group.length > IDS) pieces.push({ text: `${count(group.length - IDS)} more` });
    lines.push(...flow(pieces, width, '    ', ', ').map((line) => look.paint('faint', line)));
  }
  return lines;
}
