import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readComparison } from '../../dist/audit/saved-comparison.js';
import { writeComparison, writeComparisonRenderings } from '../../dist/report/compare-writer.js';
import type { Comparison } from '../../dist/report/comparison.js';
import { comparisonMarkdown } from '../../dist/report/formats/compare-markdown.js';
import { pairsCsv } from '../../dist/report/formats/compare-csv.js';
import { loadAssets } from '../../dist/report/page/assets.js';
import { embeddedPairs } from '../../dist/report/page/comparison-data.js';
import { comparisonPage } from '../../dist/report/page/comparison-page.js';
import { writeReport } from '../../dist/report/writer.js';
import {
  comparisonReport,
  comparisonResult,
  hostileComparison,
  PAIRS,
  pairOf,
  placed,
  SAME,
} from './comparison-fixture.js';
import { cleanResult } from './fixture.js';
import { HOSTILE_TEXTS } from './hostile.js';
import { tagsOf } from './tags.js';

const assets = await loadAssets('comparison');
const pageOf = (comparison: Comparison): string => [...comparisonPage(comparison, assets)].join('');

async function inFolder(use: (dir: string) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'heldout-comparison-'));
  try {
    await use(home);
  } finally {
    await rm(home, { recursive: true });
  }
}

describe('what shows a comparison', () => {
  it.each([
    ['plain', comparisonResult()],
    ['hostile', hostileComparison(HOSTILE_TEXTS.join(' '))],
  ])('is the same made by compare and made again from the JSON it left: %s', (_what, result) =>
    inFolder(async (home) => {
      await writeComparison(home, result, '0.1.0', ['markdown', 'csv', 'junit']);
      const names = ['index.html', 'summary.md', 'duplicates.csv', 'pairs.csv', 'junit.xml'];
      const first = await Promise.all(names.map((name) => readFile(join(home, name), 'utf8')));
      for (const name of names) await rm(join(home, name));
      const made = await writeComparisonRenderings(home, await readComparison(home), [
        'csv',
        'junit',
        'markdown',
        'html',
      ]);
      expect(made).toEqual(names);
      expect(await Promise.all(names.map((name) => readFile(join(home, name), 'utf8')))).toEqual(first);
    }),
  );

  it('takes the place of a report of the other kind, and leaves nothing of it', () =>
    inFolder(async (home) => {
      await writeReport(home, cleanResult(), '0.1.0', ['markdown', 'csv', 'sarif', 'junit']);
      await writeComparison(home, comparisonResult(), '0.1.0');
      const own = ['clusters.jsonl', 'drop.jsonl', 'duplicates.jsonl', 'index.html', 'pairs.jsonl', 'report.json'];
      expect((await readdir(home)).sort()).toEqual(own);
      await writeReport(home, cleanResult(), '0.1.0');
      expect((await readdir(home)).sort()).toEqual(['index.html', 'items.jsonl', 'matches.jsonl', 'report.json']);
    }));
});

describe('the page of a comparison', () => {
  it.each(HOSTILE_TEXTS)('has the same tags whether names and texts are %j or plain words', async (text) => {
    const tags = tagsOf(pageOf(await comparisonReport(hostileComparison(text))));
    expect(tags).toEqual(tagsOf(pageOf(await comparisonReport(hostileComparison('plain words')))));
  });

  it('is one file that asks for nothing', async () => {
    const page = pageOf(await comparisonReport(comparisonResult()));
    expect(page).not.toMatch(/\b(src|srcset|action|formaction|data)=/);
    expect(page).not.toMatch(/@import|url\(|fetch\(|XMLHttpRequest|import\(/);
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(assets.script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
  });

  it('says first what the comparison came to, with the wording of each set in the other and its standard error', async () => {
    const page = pageOf(await comparisonReport(comparisonResult()))
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ');
    expect(page).toContain('3 of 40 records of train are in test too');
    expect(page).toContain('NOT CLEAN 3 of 40 records of train (7.5%) are in test too: 1 exact, 1 normalised, 1 near');
    expect(page).toContain('12.5% ± 1.23');
  });

  it('does not say that nothing was found of what was not all read', async () => {
    const page = pageOf(await comparisonReport(comparisonResult([], { partial: true })));
    expect(page).toContain('<b>Partial.</b>');
    expect(page).toContain('INTERRUPTED');
  });

  it('lists the first pairs and carries the texts there is room for, and says so', async () => {
    const comparison = await comparisonReport(comparisonResult());
    const cut = embeddedPairs(comparison, { mostPairs: 2, mostText: 200, mostClusters: 2 });
    expect([cut.found, cut.listed, cut.withText]).toEqual([3, 2, 1]);
    expect(cut.data.pairs.kind.map((kind) => cut.data.kinds[kind])).toEqual(['near', 'exact']);
    expect(cut.clusters.map(({ cluster }) => cluster)).toEqual([1, 2]);
    const page = [...comparisonPage(comparison, assets, { mostPairs: 2, mostText: 200 })].join('').replace(/\s+/g, ' ');
    expect(page).toContain('It lists the first 2 of 3 pairs');
    expect(page).toContain('It carries those of 1 of the 2 pairs listed');
  });

  it('holds a record once, however many pairs it is in', async () => {
    const hub = placed('test', 1, SAME);
    const pairs = Array.from({ length: 9 }, (_, i) => pairOf(1, 'near', placed('train', i, `${SAME} ${i}`), hub, 0.9));
    const { data, texts } = embeddedPairs(await comparisonReport(comparisonResult(pairs)), { mostClusters: 9 });
    expect(data.records.id).toHaveLength(10);
    expect(texts.flat()).toHaveLength(10);
  });
});

describe('the other forms of a comparison', () => {
  it('in Markdown no name is markup', async () => {
    const text = comparisonMarkdown(await comparisonReport(hostileComparison(HOSTILE_TEXTS.join(' ')))).join('');
    const outside = text.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '').replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/<(script|img|style)|\]\(https|^# Heading|@everyone/im);
  });

  it('in CSV has a line a pair, and nothing that a spreadsheet would run', async () => {
    const lines = [...pairsCsv(await comparisonReport(comparisonResult()))];
    expect(lines).toHaveLength(PAIRS.length + 1);
    const formula = placed('train', 1, '=HYPERLINK("x")');
    expect(
      [...pairsCsv(await comparisonReport(comparisonResult([pairOf(1, 'exact', formula, formula)])))].join(''),
    ).not.toContain('"=');
  });
});
