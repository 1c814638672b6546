import { PART_NAMES } from '../model/benchmark.js';
import type { Benchmark } from '../model/benchmark.js';
import type { InputFile, Skip, TextPaths } from '../model/input.js';
import type { ScanPlan } from '../model/plan.js';
import { shown } from './escape.js';
import { flow } from './flow.js';
import { skipLine } from './left-out.js';
import { notReadLines } from './not-read.js';
import { bytes, count, counted } from './numbers.js';
import { skipLabel } from './skip-words.js';
import type { Style } from './style.js';
import { table } from './table.js';
import type { Column, TableCell } from './table.js';

/** Corpus files listed one by one; a corpus of thousands is summed up. */
const LISTED = 20;

/** Skips named. */
const NAMED = 5;

/** What a scan would read, and how it is understood. */
export function planText(plan: ScanPlan, look: Style, width: number): string {
  const sections = [
    [
      look.paint('strong', 'Benchmarks'),
      ...plan.benchmarks.flatMap((benchmark) => benchmarkLines(benchmark, look, width)),
    ],
    [look.paint('strong', 'Corpus'), ...corpusLines(plan, look)],
    notReadLines(plan.corpus, look),
    skipLines(plan.skips, look, width),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

/** For `--dry-run --json`: the plan without the items' texts. */
export function planJson(plan: ScanPlan): unknown {
  return {
    schema: 'heldout-plan/1',
    benchmarks: plan.benchmarks.map(({ name, files, fields, items, records }) => ({
      name,
      files,
      fields,
      records,
      items: items.length,
    })),
    corpus: plan.corpus.map(({ file, ...rest }) => ({ ...file, ...rest })),
    skipped: plan.skips,
  };
}

export function benchmarkLines(benchmark: Benchmark, look: Style, width: number): string[] {
  const head = `${shown(benchmark.name)}: ${counted(benchmark.items.length, 'item')} from ${counted(benchmark.records, 'record')}`;
  const fields = (['id', ...PART_NAMES] as const).flatMap((key) => {
    const from = benchmark.fields[key];
    return from ? [{ text: `${key} ← ${from.map(shown).join(', ')}` }] : [];
  });
  return [`  ${head}`, ...flow(fields, width, '    ').map((line) => look.paint('faint', line))];
}

function corpusLines(plan: ScanPlan, look: Style): string[] {
  const total = plan.corpus.reduce((sum, { file }) => sum + file.bytes, 0);
  const columns: Column[] = [
    { title: '  file', align: 'left' },
    { title: 'size', align: 'right' },
    { title: 'read as', align: 'left' },
    { title: 'text from', align: 'left' },
  ];
  const rows = plan.corpus
    .slice(0, LISTED)
    .map(({ file, textPaths }): TableCell[] => [
      { text: `  ${shown(file.path)}` },
      { text: file.path === '-' ? '–' : bytes(file.bytes) },
      { text: containerText(file) },
      { text: textPathsText(textPaths) },
    ]);
  const lines = table(columns, rows, (text) => look.paint('faint', text));
  if (plan.corpus.length > LISTED) lines.push(look.paint('faint', `  and ${count(plan.corpus.length - LISTED)} more`));
  lines.push(`  ${counted(plan.corpus.length, 'file')}, ${bytes(total)} on disk`);
  return lines;
}

export function containerText(file: InputFile): string {
  return file.compression === 'none' ? file.container : `${file.container}, ${file.compression}`;
}

/** `messages[].content`; several fields with a plus between, as they are read together. */
export function textPathsText(paths: TextPaths): string {
  return paths
    .map((path) => (path.length === 0 ? 'the whole file' : path.map(shown).join('.').replaceAll('.*', '[]')))
    .join(' + ');
}

/** Skips by reason, the first few of each named. */
export function skipLines(skips: readonly Skip[], look: Style, width: number): string[] {
  if (skips.length === 0) return [];
  const lines = [look.paint('strong', 'Skipped or repaired')];
  for (const reason of new Set(skips.map((skip) => skip.reason))) {
    const same = skips.filter((skip) => skip.reason === reason);
    lines.push(`  ${look.paint('suspect', `${count(same.length)} ${skipLabel(reason, same.length)}`)}`);
    for (const skip of same.slice(0, NAMED)) lines.push(look.paint('faint', skipLine(skip, width)));
    if (same.length > NAMED) lines.push(look.paint('faint', `    and ${count(same.length - NAMED)} more`));
  }
  return lines;
}
