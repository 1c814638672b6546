import type { Benchmark, Item } from '../model/benchmark.js';
import type { TextRecord } from '../model/document.js';
import type { InputFile, NotRead, Skip, TextPaths } from '../model/input.js';
import { cellsOf, wrap } from './cells.js';
import { shown } from './escape.js';
import { notReadLines } from './not-read.js';
import { bytes, count, counted } from './numbers.js';
import { benchmarkLines, containerText, skipLines, textPathsText } from './plan-text.js';
import type { Style } from './style.js';

/** Examples shown. */
export const EXAMPLES = 3;

/** Lines an example's text gets. */
const ROWS = 4;

/** How one file was understood. */
export type Inspection = { readonly file: InputFile; readonly skips: readonly Skip[]; readonly limit: number } & (
  | { readonly kind: 'benchmark'; readonly benchmark: Benchmark }
  | {
      readonly kind: 'corpus';
      readonly textPaths: TextPaths;
      readonly notRead?: NotRead;
      readonly documents: readonly TextRecord[];
    }
);

export function inspectText(inspection: Inspection, look: Style, width: number): string {
  const { file, kind } = inspection;
  const size = file.path === '-' ? '' : `, ${bytes(file.bytes)}`;
  const lines = [`${look.paint('strong', shown(file.path))}  ${containerText(file)}${size}, read as a ${kind}`];
  if (inspection.kind === 'benchmark') {
    const { benchmark } = inspection;
    const head = benchmarkLines(benchmark, look, width);
    if (benchmark.records >= inspection.limit) head[0] += ` (the first ${count(inspection.limit)} looked at)`;
    lines.push(...head);
    for (const item of benchmark.items.slice(0, EXAMPLES)) lines.push('', ...itemLines(item, look, width));
    lines.push(
      '',
      look.paint(
        'faint',
        `Not as you meant it? --map question=FIELD,answer=FIELD names fields; --as corpus reads it as one.`,
      ),
    );
  } else {
    lines.push(`  text from ${textPathsText(inspection.textPaths)}`);
    for (const document of inspection.documents.slice(0, EXAMPLES))
      lines.push('', ...documentLines(document, look, width));
    lines.push(
      '',
      look.paint('faint', `Not as you meant it? --text-field FIELD names the text; --as benchmark reads it as one.`),
    );
  }
  if (inspection.kind === 'corpus' && inspection.notRead) lines.push('', ...notReadLines([inspection], look));
  const left = skipLines(inspection.skips, look, width);
  if (left.length > 0) lines.push('', ...left);
  return lines.map((line) => `${line}\n`).join('');
}

/** For `--json`. */
export function inspectJson(inspection: Inspection): unknown {
  const { file, kind, skips } = inspection;
  const common = { ...file, readAs: kind };
  if (inspection.kind === 'corpus')
    return {
      ...common,
      textPaths: inspection.textPaths,
      ...(inspection.notRead ? { notRead: inspection.notRead } : {}),
      examples: inspection.documents.slice(0, EXAMPLES),
      skipped: skips,
    };
  const { benchmark } = inspection;
  return {
    ...common,
    name: benchmark.name,
    fields: benchmark.fields,
    records: benchmark.records,
    items: benchmark.items.length,
    examples: benchmark.items.slice(0, EXAMPLES).map(({ id, record, parts }) => ({ id, record, parts })),
    skipped: skips,
  };
}

function itemLines(item: Item, look: Style, width: number): string[] {
  const lines = [`  ${look.paint('strong', shown(item.id))}${look.paint('faint', `  record ${count(item.record)}`)}`];
  const label = Math.max(...item.parts.map((part) => part.name.length));
  for (const part of item.parts)
    textLines(part.text, width - label - 6).forEach((line, i) =>
      lines.push(`    ${look.paint('faint', (i === 0 ? part.name : '').padEnd(label))}  ${line}`),
    );
  return lines;
}

function documentLines(document: TextRecord, look: Style, width: number): string[] {
  const id = document.id === undefined ? '' : `  id ${shown(document.id)}`;
  const head = `record ${count(document.record)}${id}  ${counted(document.text.length, 'character')}`;
  return [`  ${look.paint('faint', head)}`, ...textLines(document.text, width - 4).map((line) => `    ${line}`)];
}

/** The first lines of a text, escaped. */
function textLines(text: string, width: number): string[] {
  const cells = cellsOf(text, { marks: [], from: 0, cutBefore: false, brackets: false, limit: width * ROWS - 8 });
  const lines = wrap(cells, width).map((line) => line.map((cell) => cell.text).join(''));
  return lines.length === 0 ? ['(empty)'] : lines.slice(0, ROWS);
}
