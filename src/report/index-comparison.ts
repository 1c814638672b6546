import * as nodeFs from 'node:fs/promises';
import type { IndexComparison } from '../model/comparison.js';
import { loadDigester } from './digest.js';
import { safeJsonPage, shown } from './escape.js';
import { fillFolder } from './folder-writer.js';
import type { NewFiles } from './folder-writer.js';
import { ALL_FILES } from './known-files.js';
import { indexComparisonJson, WORDING_ASKED } from './index-comparison-json.js';
import type { IndexComparisonJson } from './index-comparison-json.js';
import { loadAssets } from './page/assets.js';
import { indexComparisonPage } from './page/index-comparison-page.js';
import { count, counted, percent } from './numbers.js';
import type { Style } from './style.js';
import { table } from './table.js';

/** Writes report.json and the page: there is nothing else to be told of an index. */
export async function writeIndexComparison(
  dir: string,
  result: IndexComparison,
  version: string,
): Promise<IndexComparisonJson> {
  const report = indexComparisonJson(result, version);
  const assets = await loadAssets('comparison');
  const fill = async (files: NewFiles): Promise<void> => {
    await files.write('index.html', indexComparisonPage(report, assets));
    await files.write('report.json', [safeJsonPage(report)]);
  };
  await fillFolder(dir, fill, ALL_FILES, await loadDigester(), nodeFs);
  return report;
}

/** `2 indexes`, `1 index and 1 set of text` */
function setsText({ sets }: IndexComparison): string {
  const indexes = sets.filter(({ kind }) => kind === 'index').length;
  const texts = sets.length - indexes;
  const all = counted(indexes, 'index', 'indexes');
  return texts > 0 ? `${all} and ${counted(texts, 'set of text', 'sets of text')}` : all;
}

export function indexComparisonText(result: IndexComparison, version: string, look: Style): string {
  const head = `${look.paint('strong', `heldout ${version}`)} · ${setsText(result)} · ${result.sets
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
  return [head, look.paint('faint', WORDING_ASKED), '', ...lines].map((line) => `${line}\n`).join('');
}
