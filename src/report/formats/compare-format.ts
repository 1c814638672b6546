import { HeldoutError } from '../../model/errors.js';
import type { Comparison } from '../comparison.js';
import { loadAssets } from '../page/assets.js';
import { comparisonPage } from '../page/comparison-page.js';
import { duplicatesCsv, pairsCsv } from './compare-csv.js';
import { comparisonJunit } from './compare-junit.js';
import { comparisonMarkdown } from './compare-markdown.js';
import type { Rendering } from './format.js';
import { COMPARISON_FORMATS } from './format-names.js';
import type { Format } from './format-names.js';

type Pieces = (comparison: Comparison) => Iterable<string> | Promise<Iterable<string>>;

const FILES: Readonly<Record<(typeof COMPARISON_FORMATS)[number], Readonly<Record<string, Pieces>>>> = {
  html: { 'index.html': async (comparison) => comparisonPage(comparison, await loadAssets('comparison')) },
  markdown: { 'summary.md': comparisonMarkdown },
  junit: { 'junit.xml': comparisonJunit },
  csv: { 'duplicates.csv': duplicatesCsv, 'pairs.csv': pairsCsv },
};

export const COMPARISON_FILES: readonly string[] = Object.values(FILES).flatMap((files) => Object.keys(files));

/** Fails for a format that a comparison has not: asked before a run that may take hours. */
export function checkComparisonFormats(formats: readonly Format[]): void {
  const other = formats.find((format) => !COMPARISON_FORMATS.some((one) => one === format));
  if (other !== undefined)
    throw new HeldoutError(
      'usage',
      `--format: a comparison is not shown as ${other}. What it has: ${COMPARISON_FORMATS.join(', ')}.`,
    );
}

/** The files that show a comparison in these formats, from what its JSON holds and nothing else. */
export async function comparisonRenderings(comparison: Comparison, formats: readonly Format[]): Promise<Rendering[]> {
  checkComparisonFormats(formats);
  const made: Rendering[] = [];
  for (const format of COMPARISON_FORMATS.filter((one) => formats.includes(one)))
    for (const [path, pieces] of Object.entries(FILES[format])) made.push({ path, pieces: await pieces(comparison) });
  return made;
}
