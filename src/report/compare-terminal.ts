import type { CompareResult, NearPair, Overlap, PlacedText } from '../model/comparison.js';
import { asked } from './compare-words.js';
import { differences } from './differences.js';
import { shown } from './escape.js';
import { flow, prose } from './flow.js';
import { leftOut } from './left-out.js';
import { bytes, count, counted, percent } from './numbers.js';
import { twoTexts } from './side-by-side.js';
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
/** Pairs shown side by side, and lines of text each gets. */
const SHOWN_PAIRS = 3;
const ROWS = 7;
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
    overlapTable(result, look, width),
    pairSection(result, look, width),
    leftOut({ skips: result.skips, totals }, look, width),
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
  const rows = overlaps.map((overlap) => [
    name(overlap.of),
    ...(settings.within ? [] : [name(overlap.in)]),
    { text: count(overlap.compared) },
    number(overlap.records),
    { text: rateText(overlap) },
    number(overlap.byKind.exact),
    number(overlap.byKind.normalised),
    number(overlap.byKind.near),
    ...(settings.within || !roomy ? [] : [{ text: containmentText(overlap) }]),
  ]);
  const lines = table(columns, rows, (text) => look.paint('faint', text));
  if (!settings.within && !roomy)
    for (const overlap of overlaps)
      lines.push(
        look.paint('faint', `wording of ${shown(overlap.of)} in ${shown(overlap.in)}: ${containmentText(overlap)}`),
      );
  return lines;
}

function rateText({ rate: { value, low, high } }: Overlap): string {
  return `${percent(value)}% (${percent(low)}–${percent(high)})`;
}

/** Share of the set's distinct grams that the other one has, and its standard error where they were sampled. */
function containmentText({ containment }: Overlap): string {
  if (!containment || containment.sampled === 0) return 'no gram';
  const { value, standardError, share } = containment;
  return share >= 1 ? `${percent(value)}%` : `${percent(value)}% ± ${(standardError * 100).toFixed(2)}`;
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
function closest(pairs: Iterable<NearPair>): NearPair[] {
  const chosen: NearPair[] = [];
  const key = ({ file, record }: PlacedText): string => `${record} ${file}`;
  for (const pair of pairs) {
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

function pairLines({ jaccard, leftInRight, rightInLeft, left, right }: NearPair, look: Style, width: number): string[] {
  const [inLeft, inRight] = differences(left.text, right.text);
  const title = ({ set, id }: PlacedText): string => `${shown(set)} ${shown(id)}`;
  const what = [
    { text: `Jaccard ${jaccard.toFixed(3)}`, paint: (text: string) => look.paint('suspect', text) },
    { text: `${percent(leftInRight)}% of the left in the right` },
    { text: `${percent(rightInLeft)}% of the right in the left` },
  ];
  const where = [left, right].map(({ file, record }) => ({ text: `${shown(file)} record ${count(record)}` }));
  return [
    ...flow(what, width, '  '),
    ...flow(where, width, '  ').map((line) => look.paint('faint', line)),
    ...twoTexts(
      [
        { title: title(left), text: left.text, ...inLeft },
        { title: title(right), text: right.text, ...inRight },
      ],
      look,
      width,
      ROWS,
      '    ',
    ),
  ];
}

function written({ totals }: CompareResult, outDir: string, look: Style): string[] {
  const dir = shown(outDir).replace(/\/+$/, '');
  const files: [path: string, what: string][] = [
    [`${dir}/report.json`, 'totals, settings, digests of every input'],
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
    [`${dir}/pairs.jsonl`, `${counted(totals.pairs, 'near-duplicate pair')} with both texts`],
  ];
  const wide = Math.max(...files.map(([path]) => path.length));
  return [
    look.paint('strong', 'Report'),
    ...files.map(([path, what]) => `  ${path.padEnd(wide)}  ${look.paint('faint', what)}`),
  ];
}
