import type { BenchmarkFigures, Changes, ItemChange } from './changes.js';
import { rateText } from './benchmark-table.js';
import { shown } from './escape.js';
import { count, counted, percent } from './numbers.js';
import type { Style, Tone } from './style.js';
import { table } from './table.js';

/** Items named of each kind, and conditions; `--json` has all. */
const NAMED = 20;

/** What changed between two reports, as a person reads it. */
export function changesText(changes: Changes, look: Style): string {
  const { conditions, worse, better, other, same } = changes;
  const sections = [
    [
      `${look.paint('strong', `${counted(worse.length, 'item')} worse`)}, ${count(better.length)} better, ` +
        `${count(other.length)} otherwise changed, ${count(same)} the same`,
    ],
    list('Compared otherwise than before', conditions.map(shown), look),
    rates(changes, look),
    list(
      'Worse',
      worse.map((one) => line(one)),
      look,
      'contaminated',
    ),
    list(
      'Better',
      better.map((one) => line(one)),
      look,
      'clean',
    ),
    list(
      'Otherwise changed',
      other.map((one) => line(one)),
      look,
    ),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((text) => `${text}\n`).join(''))
    .join('\n');
}

function rates({ benchmarks }: Changes, look: Style): string[] {
  const rate = (figures: BenchmarkFigures | undefined): string =>
    figures
      ? `${count(figures.contaminated)} of ${count(figures.checked)}, ${rateText(figures.contaminated, figures.checked)}`
      : '–';
  return table(
    [
      { title: 'benchmark', align: 'left' },
      { title: 'contaminated before', align: 'left' },
      { title: 'now', align: 'left' },
    ],
    benchmarks.map(({ name, before, after }) => [
      { text: shown(name) },
      { text: rate(before) },
      {
        text: rate(after),
        paint: (text: string) => (before?.contaminated === after?.contaminated ? text : look.paint('strong', text)),
      },
    ]),
    (title) => look.paint('faint', title),
  );
}

function list(title: string, lines: readonly string[], look: Style, tone: Tone = 'strong'): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - NAMED;
  return [
    look.paint(tone, title),
    ...lines.slice(0, NAMED).map((text) => `  ${text}`),
    ...(more > 0 ? [look.paint('faint', `  and ${count(more)} more`)] : []),
  ];
}

function line({ benchmark, item, before, after }: ItemChange): string {
  const verdict = `${before?.verdict ?? 'not there'} → ${after?.verdict ?? 'not there'}`;
  const { bestMatch, part, coverage } = after ?? {};
  const where = bestMatch
    ? ` · ${part ?? 'item'} ${percent(coverage ?? 0)}% in ${shown(bestMatch.file)} record ${count(bestMatch.record)}`
    : '';
  return `${shown(benchmark)} ${shown(item)}  ${verdict}${where}`;
}
