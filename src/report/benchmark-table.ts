import type { MatchedPart } from '../model/match.js';
import type { BenchmarkResult } from '../model/result.js';
import { shown } from './escape.js';
import { flow } from './flow.js';
import { count, percent } from './numbers.js';
import type { Style, Tone } from './style.js';
import { table } from './table.js';
import type { Column, TableCell } from './table.js';
import { addCounts, checkedOf, NO_COUNTS, undecidedOf } from './tally.js';
import type { Counts } from './tally.js';
import { fit, textWidth } from './width.js';
import { wilson } from './wilson.js';

/** From this width on there is room for every column and its whole title. */
const ROOMY = 100;

/** What was found, worst first, in words a reader needs no key for. */
const PARTS_WORST_FIRST: readonly MatchedPart[] = [
  'question+answer',
  'question',
  'code',
  'passage',
  'choices',
  'answer',
];

/** A line a benchmark, and one for all of them where there are several. */
export function benchmarkTable(benchmarks: readonly BenchmarkResult[], look: Style, width: number): string[] {
  const roomy = width >= ROOMY;
  const all = benchmarks.reduce<Counts>((sum, benchmark) => addCounts(sum, benchmark.counts), NO_COUNTS);
  const indexed = (all.unconfirmed ?? 0) > 0;
  const columns: Column[] = [
    { title: 'benchmark', align: 'left' },
    { title: 'items', align: 'right' },
    ...(roomy ? [{ title: 'checked', align: 'right' } as const] : []),
    { title: roomy ? 'contaminated' : 'contam.', align: 'right' },
    { title: roomy ? 'rate (95% interval)' : 'rate (95%)', align: 'left' },
    { title: 'suspect', align: 'right' },
    ...(indexed ? [{ title: roomy ? 'unconfirmed' : 'unconf.', align: 'right' } as const] : []),
    { title: 'clean', align: 'right' },
    { title: 'unchecked', align: 'right' },
  ];
  const lines = (names: readonly string[], paint: (text: string) => string): string[] => {
    const rows = benchmarks.map((benchmark, i) => row(names[i], benchmark.counts, look, roomy, indexed));
    if (benchmarks.length > 1) rows.push(row('all', all, look, roomy, indexed));
    return table(columns, rows, paint);
  };
  // Names give way where the line is too long; the unpainted title line shows by how much.
  const names = benchmarks.map((benchmark) => shown(benchmark.name));
  const excess = textWidth(lines(names, (text) => text)[0]) - width;
  const room = Math.max(12, Math.max(...names.map(textWidth)) - Math.max(0, excess));
  return lines(
    names.map((name) => fit(name, room)),
    (text) => look.paint('faint', text),
  );
}

function row(name: string, counts: Counts, look: Style, roomy: boolean, indexed: boolean): TableCell[] {
  const checked = checkedOf(counts);
  const number = (n: number, tone?: Tone): TableCell => ({
    text: count(n),
    paint: (text) => look.paint(n === 0 || tone === undefined ? (n === 0 ? 'faint' : 'strong') : tone, text),
  });
  const plain = (n: number): TableCell => ({ text: count(n) });
  return [
    { text: name, paint: (text) => (name === 'all' ? look.paint('strong', text) : text) },
    plain(checked + undecidedOf(counts)),
    ...(roomy ? [plain(checked)] : []),
    number(counts.contaminated, 'contaminated'),
    { text: rateText(counts.contaminated, checked) },
    number(counts.suspect, 'suspect'),
    ...(indexed ? [number(counts.unconfirmed ?? 0, 'suspect')] : []),
    number(counts.clean, 'clean'),
    number(counts.unchecked, 'faint'),
  ];
}

/** `3.2% (2.4–4.3)`: of checked items. */
export function rateText(contaminated: number, checked: number): string {
  if (checked === 0) return '–';
  const { value, low, high } = wilson(contaminated, checked);
  return `${percent(value)}% (${percent(low)}–${percent(high)})`;
}

/** What is contaminated by what: a question with its answer weighs more than a passage. */
export function foundByPart(benchmarks: readonly BenchmarkResult[], look: Style, width: number): string[] {
  const pieces = PARTS_WORST_FIRST.flatMap((part) => {
    const n = benchmarks.reduce((sum, benchmark) => sum + (benchmark.byPart[part] ?? 0), 0);
    return n > 0 ? [{ text: `${part} ${count(n)}` }] : [];
  });
  if (pieces.length === 0) return [];
  const [first, ...rest] = pieces;
  return ['', ...flow([{ text: `Found: ${first.text}` }, ...rest], width, '').map((line) => look.paint('faint', line))];
}
