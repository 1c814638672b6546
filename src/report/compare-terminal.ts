import type { CompareResult, Pair, PlacedText } from '../model/comparison.js';
import { asked, comparedLess, containmentText, rateText } from './compare-words.js';
import { shown } from './escape.js';
import { flow, prose } from './flow.js';
import { leftOut } from './left-out.js';
import { notReadLines } from './not-read.js';
import { bytes, count, counted } from './numbers.js';
import { pairLines } from './pair-text.js';
import { style } from './style.js';
import type { Style } from './style.js';
import { table } from './table.js';
import type { TableCell } from './table.js';
import { fit } from './width.js';

export interface CompareScreen {
  readonly version: string;
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
  /** Where the report was written; absent where it could not be. */
  readonly outDir?: string;
}

const MIN_WIDTH = 60;
const MAX_WIDTH = 140;
/** Pairs shown side by side. */
const SHOWN_PAIRS = 3;
/** Lines of the table of sets: of twenty sets there are 380. */
const SHOWN_OVERLAPS = 30;
/** Columns that names of sets may take. */
const NAME_WIDTH = 20;

/** The result as a person reads it, without the verdict (see compareVerdict). */
export function compareReport(result: CompareResult, screen: CompareScreen): string {
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, screen.width));
  const look = style(screen.colour);
  const { records, skippedRecords, unreadableFiles, textBytes } = result.totals;
  const totals = { documents: records, skippedDocuments: skippedRecords, unreadableFiles, textBytes };
  const sections = [
    head(result, screen.version, look, width),
    [
      ...overlapTable(result, look, width),
      ...comparedLess(result).flatMap((text) => prose(text, width, '').map((line) => look.paint('faint', line))),
    ],
    pairSection(result, look, width),
    leftOut({ skips: result.skips, totals }, look, width),
    notReadLines(result.files, look),
    screen.outDir === undefined ? [] : written(result, screen.outDir, look),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

function head(
  { settings, sets, totals, files, partial }: CompareResult,
  version: string,
  look: Style,
  width: number,
): string[] {
  const pieces = [
    { text: `heldout ${version}`, paint: (text: string) => look.paint('strong', text) },
    { text: `${counted(totals.records, 'record')} (${bytes(totals.textBytes)}) in ${counted(files.length, 'file')}` },
    { text: counted(sets.length, 'set') },
  ];
  const lines = [
    ...flow(pieces, width, ''),
    ...prose(asked(settings), width, '').map((line) => look.paint('faint', line)),
  ];
  if (partial)
    lines.push(
      look.paint('suspect', 'PARTIAL: interrupted or limited. What is reported is true; what is absent says nothing.'),
    );
  return lines;
}

function overlapTable({ overlaps, settings }: CompareResult, look: Style, width: number): string[] {
  const number = (n: number): TableCell => ({
    text: count(n),
    paint: (text) => look.paint(n === 0 ? 'faint' : 'strong', text),
  });
  const name = (text: string): TableCell => ({ text: fit(shown(text), NAME_WIDTH) });
  const roomy = width >= 96;
  const columns = [
    { title: 'records of', align: 'left' as const },
    ...(settings.within ? [] : [{ title: 'that are in', align: 'left' as const }]),
    { title: 'compared', align: 'right' as const },
    { title: 'found', align: 'right' as const },
    { title: 'rate (95% interval)', align: 'left' as const },
    { title: 'exact', align: 'right' as const },
    { title: 'normalised', align: 'right' as const },
    { title: 'near', align: 'right' as const },
    ...(settings.within || !roomy ? [] : [{ title: 'its wording there', align: 'left' as const }]),
  ];
  const named = worstFirst(overlaps);
  const rows = named.map((overlap) => [
    name(overlap.of),
    ...(settings.within ? [] : [name(overlap.in)]),
    { text: count(overlap.compared) },
    number(overlap.records),
    { text: overlap.compared > 0 ? rateText(overlap.rate) : '–' },
    number(overlap.byKind.exact),
    number(overlap.byKind.normalised),
    number(overlap.byKind.near),
    ...(settings.within || !roomy ? [] : [{ text: containmentText(overlap.containment) }]),
  ]);
  const lines = table(columns, rows, (text) => look.paint('faint', text));
  if (!settings.within && !roomy)
    for (const overlap of named)
      lines.push(
        look.paint(
          'faint',
          `wording of ${shown(overlap.of)} in ${shown(overlap.in)}: ${containmentText(overlap.containment)}`,
        ),
      );
  const left = overlaps.length - named.length;
  if (left > 0)
    lines.push(look.paint('faint', `and ${counted(left, 'more pair')} of sets with no more found, in report.json`));
  return lines;
}

/** All in their order, or those with most found where there are many. */
function worstFirst(overlaps: CompareResult['overlaps']): CompareResult['overlaps'] {
  if (overlaps.length <= SHOWN_OVERLAPS) return overlaps;
  return [...overlaps].sort((a, b) => b.records - a.records).slice(0, SHOWN_OVERLAPS);
}

function pairSection(result: CompareResult, look: Style, width: number): string[] {
  const chosen = closest(result.pairs());
  if (chosen.length === 0) return [];
  const lines = [
    look.paint('strong', chosen.length === result.totals.pairs ? 'Near-duplicates' : 'Closest near-duplicates') +
      look.paint('faint', look.colour ? ' differences marked' : ' [differences]'),
  ];
  for (const pair of chosen) {
    if (lines.length > 1) lines.push('');
    lines.push(...pairLines(pair, look, width));
  }
  return lines;
}

/** The most alike, no record twice: copies of a copy say nothing new. */
function closest(pairs: Iterable<Pair>): Pair[] {
  const chosen: Pair[] = [];
  const key = ({ file, record }: PlacedText): string => `${record} ${file}`;
  for (const pair of pairs) {
    if (pair.kind !== 'near') break;
    if (chosen.length === SHOWN_PAIRS && pair.jaccard <= chosen[chosen.length - 1].jaccard) continue;
    const known = chosen.find(({ left, right }) =>
      [left, right].some((one) => key(one) === key(pair.left) || key(one) === key(pair.right)),
    );
    if (known && known.jaccard >= pair.jaccard) continue;
    if (known) chosen.splice(chosen.indexOf(known), 1);
    chosen.push(pair);
    chosen.sort((a, b) => b.jaccard - a.jaccard);
    if (chosen.length > SHOWN_PAIRS) chosen.pop();
  }
  return chosen;
}

function written({ totals }: CompareResult, outDir: string, look: Style): string[] {
  const dir = shown(outDir).replace(/\/+$/, '');
  const files: [path: string, what: string][] = [
    [`${dir}/report.json`, 'totals, settings, digests of every input'],
    [`${dir}/index.html`, 'all of it as a page to look at'],
    [
      `${dir}/duplicates.jsonl`,
      `${counted(totals.duplicates, 'record')} in ${counted(totals.clusters, 'cluster')}: kind, closest one`,
    ],
    [`${dir}/drop.jsonl`, `${counted(totals.drop, 'record')} to drop`],
    [
      `${dir}/clusters.jsonl`,
      totals.clusters === 0
        ? 'no cluster'
        : `size and the one that stays; the largest has ${count(totals.largestCluster)}`,
    ],
    [
      `${dir}/pairs.jsonl`,
      `${counted(totals.pairs, 'near-duplicate pair')}, and identical ones, with both texts; heldout show prints them`,
    ],
  ];
  const wide = Math.max(...files.map(([path]) => path.length));
  return [
    look.paint('strong', 'Report'),
    ...files.map(([path, what]) => `  ${path.padEnd(wide)}  ${look.paint('faint', what)}`),
  ];
}
