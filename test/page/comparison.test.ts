import type { Page } from 'playwright-core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { CompareResult } from '../../dist/model/comparison.js';
import { writeIndexComparison } from '../../dist/report/index-comparison.js';
import { redactedResult } from '../../dist/report/redact-comparison.js';
import { Redactor } from '../../dist/report/redact.js';
import { comparisonResult, hostileComparison, pairOf, placed } from '../report/comparison-fixture.js';
import { HOSTILE_TEXTS } from '../report/hostile.js';
import { violationsOf } from './axe.js';
import { CHROMIUM, NO_CHROMIUM, PageBench } from './browser.js';
import { expectHarmless } from './harmless.js';

const bench = new PageBench();
afterAll(() => bench.close());
beforeEach(() => void bench.complaints.splice(0));

const rowsOf = (page: Page): Promise<string[]> => page.locator('.rows .c-left bdi.path').allInnerTexts();
const marked = (page: Page, side: number): Promise<string[]> =>
  page.locator('.collation .text').nth(side).locator('mark').allInnerTexts();

/** Near pairs in clusters of three. */
function manyPairs(n: number): CompareResult {
  return comparisonResult(
    Array.from({ length: n }, (_, i) =>
      pairOf(
        1 + Math.floor(i / 3),
        'near',
        placed('train', i + 1, `Record ${i} of the kelp harvest was counted twice.`),
        placed('test', 1 + Math.floor(i / 3), `Record ${i} of the kelp harvest was counted once.`),
        0.8 + (i % 100) / 1000,
      ),
    ),
  );
}

describe.skipIf(CHROMIUM === undefined)(
  `the page of a comparison in a browser${CHROMIUM === undefined ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    it('shows what was found, the strongest first, and marks what differs on either side', async () => {
      const page = await bench.openComparison(comparisonResult());
      expect(await page.locator('h1').innerText()).toBe('3 of 40 records of train are in test too');
      expect(await rowsOf(page)).toEqual(['train-3', 'train-9', 'train-4']);
      expect(await page.locator('.evidence h3').innerText()).toBe('Pair 2');
      expect([await marked(page, 0), await marked(page, 1)]).toEqual([[], []]);
      await page.locator('.rows .row', { hasText: 'near' }).click();
      expect(await page.locator('.evidence h3').innerText()).toBe('Pair 1');
      expect([await marked(page, 0), await marked(page, 1)]).toEqual([['cellar.'], ['vault.']]);
      expect(await page.locator('.whose').first().innerText()).toMatch(
        /train-4 of train\s+data\/train.jsonl record 4 · byte 400\s+to drop/,
      );
      await page.locator('.rows .row', { hasText: 'normalised' }).click();
      expect([await marked(page, 0), await marked(page, 1)]).toEqual([
        ['harbour', 'noon.'],
        ['HARBOUR', 'noon!'],
      ]);
      expect(bench.complaints).toEqual([]);
    });

    it('filters by words of ids and texts, by kind, by sets, by cluster, and says how many are left', async () => {
      const page = await bench.openComparison(comparisonResult());
      await page.getByRole('searchbox').fill('VAULT weight');
      expect(await rowsOf(page)).toEqual(['train-4']);
      expect(await page.getByRole('status').innerText()).toBe('1 of 3');
      await page.getByRole('searchbox').fill('cluster:3');
      expect(await rowsOf(page)).toEqual(['train-9']);
      await page.getByRole('searchbox').fill('');
      await page.getByRole('button', { name: /^exact/ }).click();
      expect(await rowsOf(page)).toEqual(['train-9', 'train-4']);
      await page.getByRole('button', { name: 'record', exact: true }).click();
      expect(await rowsOf(page)).toEqual(['train-4', 'train-9']);
      expect(bench.complaints).toEqual([]);
    });

    it('goes from a cluster to its pairs, from one of them to the next, and links to each', async () => {
      const page = await bench.openComparison(manyPairs(30));
      await page.locator('#clusters').getByRole('link', { name: '4', exact: true }).click();
      await expect.poll(() => rowsOf(page)).toHaveLength(3);
      await page.locator('.list').focus();
      await page.keyboard.press('Home');
      expect(await page.locator('.turn').innerText()).toMatch(/of 3/);
      await page.locator('.rows .row', { hasText: 'train-10' }).click();
      expect(page.url()).toContain('#pair=10');
      await page.keyboard.press('ArrowRight');
      expect(await page.locator('.evidence h3').innerText()).toBe('Pair 11');
      const again = await bench.openUrl(page.url());
      expect(await again.locator('.evidence h3').innerText()).toBe('Pair 10');
      expect(bench.complaints).toEqual([]);
    });

    it('keeps a few dozen rows in the document, however many pairs there are', async () => {
      const page = await bench.openComparison(manyPairs(9000));
      expect(await page.locator('.rows .row').count()).toBeLessThan(80);
      await page.keyboard.press('/');
      await page.keyboard.type('8999');
      await expect.poll(() => rowsOf(page)).toEqual(['train-9000', 'train-8999']);
      await page.keyboard.press('Escape');
      await page.locator('.list').focus();
      await page.keyboard.press('End');
      expect(await page.locator('.rows .row').last().getAttribute('aria-rowindex')).toBe('9001');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('evidence');
    });

    it('shows lengths and digests where the texts were taken out', async () => {
      const page = await bench.openComparison(redactedResult(comparisonResult(), new Redactor()));
      await page.locator('.rows .row').first().click();
      expect(await page.locator('.evidence').innerText()).toMatch(/45 characters, redacted/);
      expect(await page.locator('.warning').first().innerText()).toContain('Redacted.');
    });

    it('shows the list or the evidence where there is no room for both, and prints the list as a table', async () => {
      const page = await bench.openComparison(manyPairs(900), { viewport: { width: 390, height: 800 } });
      await page.locator('.rows .row').first().click();
      expect(await page.locator('.list').isVisible()).toBe(false);
      expect(await page.locator('.collation').isVisible()).toBe(true);
      await page.getByRole('button', { name: '← Pairs' }).click();
      expect(await page.locator('.list').isVisible()).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await page.evaluate(() => void dispatchEvent(new Event('beforeprint')));
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.printed tbody tr').count()).toBe(200);
      expect(await page.locator('.printed').innerText()).toContain('700 more are in pairs.jsonl');
    });

    it.each(HOSTILE_TEXTS.map((text) => [text]))('runs, loads and hides nothing with %j', async (text) => {
      const page = await bench.openComparison(hostileComparison(text));
      await page.locator('.rows .row').first().click();
      await page.getByRole('searchbox').fill('before');
      await expectHarmless(page);
      expect(await page.locator('.evidence .text').nth(1).isVisible()).toBe(true);
      expect(bench.complaints).toEqual([]);
      await page.close();
    });

    it.each([
      ['light', { colorScheme: 'light' as const }],
      ['dark', { colorScheme: 'dark' as const }],
      ['narrow', { viewport: { width: 390, height: 800 } }],
    ])('passes the audit of axe, %s', async (_what, options) => {
      const page = await bench.openComparison(comparisonResult(), { ...options, bypassCSP: true });
      expect(await violationsOf(page), 'list').toEqual([]);
      await page.locator('.rows .row', { hasText: 'near' }).click();
      expect(await violationsOf(page), 'evidence').toEqual([]);
    });

    it('of indexes has the wording of each in each other, is harmless, and passes the audit of axe', async () => {
      const name = HOSTILE_TEXTS.join(' ');
      const containment = { value: 0.25, standardError: 0.011, low: 0.23, high: 0.27, sampled: 900, share: 0.1 };
      const known = { name, folder: name, id: 'abc', records: 7, skipped: 1, unread: 0, keyBits: 64, grams: 9000 };
      const set = { kind: 'index' as const, ...known };
      const overlaps = [
        { of: name, in: 'b', containment, chance: 0 },
        { of: 'b', in: name, containment: { ...containment, value: 0.5 }, chance: 0 },
      ];
      await writeIndexComparison(bench.path('indexes'), { sets: [set, { ...set, name: 'b' }], overlaps }, '0.1.0');
      const page = await bench.openFile(bench.path('indexes/index.html'), { bypassCSP: true });
      expect(await page.locator('h1').innerText()).toMatch(/^50.0% of the wording of b is in /);
      expect(await page.locator('tbody tr').first().innerText()).toContain('25.0% ± 1.10');
      await expectHarmless(page);
      expect(await violationsOf(page)).toEqual([]);
      expect(bench.complaints).toEqual([]);
    });
  },
);
