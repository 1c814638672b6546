import { nearest } from '../config/nearest.js';
import type { Gap } from '../judge/gaps.js';
import type { GateOutcome } from '../judge/gate.js';
import type { Judged } from '../judge/gaps.js';
import type { CountedItem, Excess, Scope } from '../judge/ledger.js';
import type { Allowance, Waiver } from '../model/policy.js';
import { shown } from '../report/escape.js';
import { count, counted, percent } from '../report/numbers.js';
import { skipLabel } from '../report/skip-words.js';

/** Items named in a line; the report has them all. */
const MOST_NAMED = 3;

/** What, where, and what to do about it, in one line. */
export function excessText({ scope, allowance, counted: items, checked }: Excess): string {
  const named = items.slice(0, MOST_NAMED).map(itemText);
  const more = items.length > named.length ? ` and ${counted(items.length - named.length, 'more', 'more')}` : '';
  return (
    `${scopeText(scope)}${counted(items.length, 'item')} of ${count(checked)} checked; the policy allows ` +
    `${allowanceText(allowance)}: ${named.join(', ')}${more}. ` +
    `Take them out with "heldout clean", or waive them in heldout.config.json, or take this report as a --baseline`
  );
}

function itemText({ item, match }: CountedItem): string {
  const { file, record } = match.document;
  const where = record > 0 ? `${shown(file)} record ${count(record)}` : shown(file);
  const verdict = match.verdict === 'suspect' ? 'suspect ' : '';
  return `${shown(item.benchmark)} ${shown(item.item)} (${verdict}${match.part}, ${percent(match.coverage)}%) in ${where}`;
}

function scopeText({ benchmark, part }: Scope): string {
  if (benchmark === undefined) return '';
  return part === undefined ? `${shown(benchmark)}: ` : `${shown(benchmark)}, ${part}: `;
}

function allowanceText({ maxContaminated, maxContaminatedRate }: Allowance): string {
  const rate = maxContaminatedRate === undefined ? [] : [shareText(maxContaminatedRate)];
  const items = maxContaminated === undefined ? [] : [maxContaminated === 0 ? 'none' : count(maxContaminated)];
  return [...items, ...rate].join(' and ');
}

function shareText(share: number): string {
  return share === 0 ? 'none' : `${Number((share * 100).toPrecision(6))}%`;
}

export function gapText(gap: Gap): string {
  switch (gap.kind) {
    case 'nothing-read':
      return 'no document could be read. Look at --against and --text-field with --dry-run';
    case 'limit':
      return (
        `no more than the first ${counted(gap.limit, 'record')} of ${counted(gap.files, 'file')} were read (--limit); ` +
        'what follows them was not checked'
      );
    case 'unconfirmed':
      return `${counted(gap.items, 'item')} found in the index and not confirmed: items.jsonl has the reasons`;
    case 'no-such-benchmark':
      return strangerText(gap);
    case 'nothing-checked':
      return 'not one item has enough text to be checked. Look at the benchmark with "heldout inspect", and at --map';
    case 'reason':
      return reasonText(gap);
    case 'rate':
      return (
        `${count(gap.skipped)} of ${counted(gap.records, `${gap.of} record`)} skipped ` +
        `(${percent(gap.skipped / gap.records)}%); the policy allows ${shareText(gap.maxRate)}: most in ` +
        `${shown(gap.worst.path)} (${count(gap.worst.skipped)}). Mend them, or allow more with --max-skipped-rate`
      );
  }
}

function strangerText({ name, scanned }: Extract<Gap, { kind: 'no-such-benchmark' }>): string {
  const meant = nearest(name, scanned);
  const hint = meant === undefined ? `scanned were ${scanned.map(shown).join(', ')}` : `did you mean ${shown(meant)}?`;
  return `the policy has rules for benchmark ${shown(name)}, which was not scanned: ${hint}`;
}

function reasonText({ skip, allowed }: Extract<Gap, { kind: 'reason' }>): string {
  const { reason, count: n, examples } = skip;
  const first = examples.at(0);
  const where = first ? `: ${shown(first.file)}${first.record > 0 ? ` record ${count(first.record)}` : ''}` : '';
  const what =
    reason === 'unreadable-file'
      ? `${counted(n, 'file')} could not be read`
      : reason === 'corrupt-file'
        ? `${counted(n, 'file')} ${n === 1 ? 'is' : 'are'} damaged or cut short`
        : `${count(n)} ${skipLabel(reason, n)}`;
  const limit = allowed === 0 ? '' : `; the policy allows ${count(allowed)}`;
  return `${what}${limit}${where}. Mend it, or allow it with "skips": {"${reason}": ${n}} in heldout.config.json`;
}

export function passText(result: Judged, { counted: n, known, waived }: GateOutcome): string {
  const counts = result.benchmarks.map((benchmark) => benchmark.counts);
  const checked = counts.reduce((sum, c) => sum + c.contaminated + c.suspect + c.clean, 0);
  const suspects = counts.reduce((sum, { suspect }) => sum + suspect, 0);
  const contaminated = counts.reduce((sum, one) => sum + one.contaminated, 0);
  const notes = [
    ...(n > 0 ? [`${count(n)} within what the policy allows`] : []),
    ...(known > 0 ? [`${count(known)} known from the baseline`] : []),
    ...(waived > 0 ? [`${count(waived)} waived`] : []),
    ...(suspects > 0 ? [`${counted(suspects, 'suspect item')} to look at`] : []),
  ];
  const found =
    contaminated === 0
      ? `none of ${counted(checked, 'checked item')} is contaminated`
      : `${count(contaminated)} of ${counted(checked, 'checked item')} contaminated, none that the policy forbids`;
  return [found, ...notes].join('; ');
}

/** A waiver that waives nothing, in a line. */
export function strayText({ benchmark, item }: Waiver): string {
  return `the waiver of ${benchmark} ${item} waives nothing: no benchmark of this scan has this item. Mend or remove it.`;
}
