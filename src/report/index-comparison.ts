import * as nodeFs from 'node:fs/promises';
import type { IndexComparison } from '../model/comparison.js';
import { containmentJson } from './compare-json.js';
import { loadDigester } from './digest.js';
import { safeJsonPage, shown } from './escape.js';
import { fillFolder } from './folder-writer.js';
import { ALL_FILES } from './known-files.js';
import { count, counted, percent } from './numbers.js';
import type { Style } from './style.js';
import { table } from './table.js';

const ASKED =
  'How much of the wording of one corpus is in another: the share of its distinct grams (8 words, or 13 code points of scripts without spaces)?';

/** report.json of indexes compared. */
export interface IndexComparisonJson extends IndexComparison {
  readonly schema: 'heldout-compare/1';
  readonly tool: { readonly name: 'heldout'; readonly version: string };
  readonly question: { readonly asked: string; readonly measure: 'containment'; readonly limits: readonly string[] };
}

export function indexComparisonJson(result: IndexComparison, version: string): IndexComparisonJson {
  const missing = result.sets.reduce((sum, { skipped, unread }) => sum + skipped + unread, 0);
  return {
    schema: 'heldout-compare/1',
    tool: { name: 'heldout', version },
    question: {
      asked: ASKED,
      measure: 'containment',
      limits: [
        'Estimated from the grams that every index keeps. Which records share them is not said: an index has no text. "heldout compare" of the texts does.',
        ...(missing > 0 ? ['Not everything was read when the indexes were made: see skipped and unread.'] : []),
      ],
    },
    sets: result.sets,
    overlaps: result.overlaps.map(({ containment, chance, ...names }) => ({
      ...names,
      containment: containmentJson(containment),
      chance,
    })),
  };
}

/** Writes report.json alone: there is nothing else to be told of an index. */
export async function writeIndexComparison(
  dir: string,
  result: IndexComparison,
  version: string,
): Promise<IndexComparisonJson> {
  const report = indexComparisonJson(result, version);
  await fillFolder(
    dir,
    (files) => files.write('report.json', [safeJsonPage(report)]),
    ALL_FILES,
    await loadDigester(),
    nodeFs,
  );
  return report;
}

export function indexComparisonText(result: IndexComparison, version: string, look: Style): string {
  const head = `${look.paint('strong', `heldout ${version}`)} · ${counted(result.sets.length, 'index', 'indexes')} · ${result.sets
    .map(({ name, records }) => `${shown(name)} ${counted(records, 'record')}`)
    .join(' · ')}`;
  const rows = result.overlaps.map(({ of, in: other, containment: { value, standardError, low, high, sampled } }) => [
    { text: shown(of) },
    { text: shown(other) },
    {
      text: sampled === 0 ? 'no gram' : `${percent(value)}% ± ${(standardError * 100).toFixed(2)}`,
      paint: (text: string) => look.paint('strong', text),
    },
    { text: `${percent(low)}–${percent(high)}%` },
    { text: count(sampled) },
  ]);
  const lines = table(
    [
      { title: 'wording of', align: 'left' },
      { title: 'that is in', align: 'left' },
      { title: 'share', align: 'left' },
      { title: '95% interval', align: 'left' },
      { title: 'grams looked at', align: 'right' },
    ],
    rows,
    (text) => look.paint('faint', text),
  );
  return [head, look.paint('faint', ASKED), '', ...lines].map((line) => `${line}\n`).join('');
}
