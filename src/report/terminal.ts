import type { ScanResult } from '../model/result.js';
import { benchmarkTable, foundByPart } from './benchmark-table.js';
import { quoted, shown } from './escape.js';
import { indexLines } from './certificate.js';
import { flow } from './flow.js';
import { leftOut, notChecked } from './left-out.js';
import { nearLines } from './near-text.js';
import { notReadLines } from './not-read.js';
import { bytes, counted } from './numbers.js';
import { style } from './style.js';
import type { Style } from './style.js';
import { worstMatches, worstSection } from './worst.js';

export interface TerminalOptions {
  readonly version: string;
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
  /** Where the report was written; absent where it could not be. */
  readonly outDir?: string;
  /** Matches shown side by side. */
  readonly worst: number;
}

/** Narrower than this nothing would be readable side by side; wider, lines are hard to follow. */
const MIN_WIDTH = 60;
const MAX_WIDTH = 140;

/** The result as a person reads it, without the verdict of the policy (see cli/exit-code.ts). */
export function terminalReport(result: ScanResult, options: TerminalOptions): string {
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, options.width));
  const look = style(options.colour);
  const sections = [
    head(result, options.version, look, width),
    [...benchmarkTable(result.benchmarks, look, width), ...foundByPart(result.benchmarks, look, width)],
    worstSection(result, worstMatches(result.matches, options.worst), look, width),
    indexLines(result, look, width),
    nearLines(result, look, width),
    leftOut(result, look, width),
    notReadLines(result.corpus, look),
    notChecked(result.items, look, width),
    options.outDir === undefined ? [] : next(result, options.outDir, look),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

function head(result: ScanResult, version: string, look: Style, width: number): string[] {
  const { totals } = result;
  const pieces = [
    { text: `heldout ${version}`, paint: (text: string) => look.paint('strong', text) },
    {
      text:
        `${counted(result.items.length, 'item')} of ` +
        (result.benchmarks.length === 1
          ? shown(result.benchmarks[0].name)
          : counted(result.benchmarks.length, 'benchmark')),
    },
    {
      text: `${counted(totals.documents, 'document')} (${bytes(totals.textBytes)}) in ${counted(result.corpus.length, 'file')}`,
    },
  ];
  const lines = flow(pieces, width, '');
  if (result.partial)
    lines.push(
      ...flow(
        [
          {
            text: 'PARTIAL: interrupted or limited. What is reported is true; what is absent says nothing.',
            paint: (text) => look.paint('suspect', text),
          },
        ],
        width,
        '',
      ),
    );
  return lines;
}

function next(result: ScanResult, outDir: string, look: Style): string[] {
  const dir = shown(outDir).replace(/\/+$/, '');
  const files: [path: string, what: string][] = [
    [`${dir}/index.html`, 'all of it as a page to look at'],
    [`${dir}/report.json`, 'totals, settings, digests of every input'],
    [`${dir}/items.jsonl`, `${counted(result.items.length, 'item')}: verdict, part, coverage, best match`],
    [
      `${dir}/matches.jsonl`,
      `${counted(result.matches.length, 'match', 'matches')} ${result.redaction ? 'without their texts' : 'with both texts'}`,
    ],
  ];
  const wide = Math.max(...files.map(([path]) => path.length));
  const lines = [look.paint('strong', 'Report')];
  for (const [path, what] of files) lines.push(`  ${path.padEnd(wide)}  ${look.paint('faint', what)}`);
  const first = result.matches.length > 0 ? worstMatches(result.matches, 1)[0] : undefined;
  if (first) {
    lines.push(`  See every match:  heldout show ${quoted(outDir)}`);
    lines.push(`  One item alone:   heldout show ${quoted(outDir)} --item ${quoted(first.item)}`);
  }
  return lines;
}
