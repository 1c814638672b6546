import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { GateReport } from '../../dist/model/gate-report.js';
import { plainPolicy } from '../../dist/model/policy.js';
import type { ScanResult } from '../../dist/model/result.js';
import { changesBetween } from '../../dist/report/changes.js';
import { loadAssets } from '../../dist/report/page/assets.js';
import { pageText } from '../../dist/report/page/page.js';
import { Redactor } from '../../dist/report/redact.js';
import type { Report } from '../../dist/report/report.js';
import { cleanResult, fullResult, itemOf, matchOf, withNearRecords } from '../report/fixture.js';
import { HOSTILE_TEXTS, hostileResult, reportOf } from '../report/hostile.js';
import { violationsOf } from './axe.js';
import { CHROMIUM, NO_CHROMIUM, PageBench } from './browser.js';
import { expectHarmless } from './harmless.js';

const bench = new PageBench();
afterAll(() => bench.close());
beforeEach(() => void bench.complaints.splice(0));

const rowsOf = (page: Page): Promise<string[]> => page.locator('.rows .c-item').allInnerTexts();

/** Many items, every third found, one of them in many documents. */
function manyItems(n: number): ScanResult {
  const items = Array.from({ length: n }, (_, i) =>
    itemOf('tiny', `item ${i}`, i % 3 === 0 ? 'contaminated' : 'clean', '', i % 3 === 0 ? 'question' : undefined),
  );
  const matches = items
    .filter(({ verdict }) => verdict === 'contaminated')
    .flatMap(({ item }, i) =>
      Array.from({ length: i === 0 ? 120 : 1 }, (_, record) =>
        matchOf({
          benchmark: 'tiny',
          item,
          evidence: 50 + ((i * 37) % 900) + (i === 0 ? 1000 - record : 0),
          document: { id: `corpus/a.jsonl#${record + 1}`, file: 'corpus/a.jsonl', record: record + 1, offset: 0 },
          itemText: `Question ${i} of the kelp harvest`,
          documentText: `Here stands question ${i} of the kelp harvest, once more.`,
          shared: [`uestion ${i} of the kelp harvest`],
        }),
      ),
    );
  return { ...cleanResult(), items, matches };
}

describe.skipIf(CHROMIUM === undefined)(
  `the page in a browser${CHROMIUM === undefined ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    it('shows what was found, the worst first, and both texts with the shared words marked', async () => {
      const page = await bench.open(fullResult());
      expect(await page.locator('h1').innerText()).toBe('43 of 1,369 checked items are contaminated');
      expect(await rowsOf(page)).toEqual(['1', '物理/12', '7']);
      expect(await page.locator('.evidence h3').innerText()).toBe('1');
      const sides = page.locator('.collation .text');
      expect(await sides.nth(0).locator('mark').allInnerTexts()).toEqual([
        'Natalia sold clips to 48 of her friends in April, and then she sold half as many',
        'clips in May. How many clips did Natalia sell altogether in April and May?',
        '72',
      ]);
      expect(await sides.nth(1).locator('mark').count()).toBe(3);
      expect(await sides.nth(1).innerText()).toContain('half as many hair clips in May');
      expect(await page.locator('.place').innerText()).toContain('corpus/part-003.jsonl.zst record 12,034');
      expect(bench.complaints).toEqual([]);
    });

    it('shows which records are like whole items, where an index keeps them', async () => {
      const page = await bench.open(withNearRecords(fullResult(), '物理/12'));
      await page.getByRole('link', { name: 'Near-duplicates' }).click();
      const cells = page.locator('#near-records tbody tr').locator('th, td');
      expect((await cells.allInnerTexts()).slice(0, 2)).toEqual(['ceval-中文 物理/12', '0.91 ± 0.03']);
      expect(bench.complaints).toEqual([]);
    });

    it('opens the item that is clicked, lights the twin of a run, and links to it', async () => {
      const page = await bench.open(fullResult());
      await page.locator('.rows .row', { hasText: '物理/12' }).click();
      expect(await page.locator('.evidence h3').innerText()).toBe('物理/12');
      await page.locator('.text').nth(1).locator('mark').first().hover();
      expect(await page.locator('mark.lit').count()).toBe(2);
      const link = page.url();
      expect(link).toContain('#item=ceval-');
      const again = await bench.openUrl(link);
      expect(await again.locator('.evidence h3').innerText()).toBe('物理/12');
    });

    it('filters by words of ids, files and texts, by verdict, and says how many are left', async () => {
      const page = await bench.open(fullResult());
      await page.getByRole('searchbox').fill('natalia altogether');
      expect(await rowsOf(page)).toEqual(['1']);
      await page.getByRole('searchbox').fill('wiki.parquet');
      expect(await rowsOf(page)).toEqual(['物理/12']);
      expect(await page.getByRole('status').innerText()).toBe('1 of 6');
      await page.getByRole('searchbox').fill('no such words');
      expect(await page.getByText('No item is chosen').isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'clean' }).click();
      expect(await rowsOf(page)).toEqual(['1', '物理/12', '7', '物理/13']);
      await page.getByLabel('Benchmark', { exact: true }).selectOption({ label: 'ceval-中文' });
      expect(await rowsOf(page)).toEqual(['物理/12', '物理/13']);
      expect(bench.complaints).toEqual([]);
    });

    it('sorts by a column, and the other way round', async () => {
      const page = await bench.open(manyItems(31));
      await page.getByRole('button', { name: 'item', exact: true }).click();
      expect((await rowsOf(page)).slice(0, 4)).toEqual(['item 0', 'item 3', 'item 6', 'item 9']);
      expect(await page.locator('[aria-sort=ascending]').innerText()).toContain('item');
      await page.getByRole('button', { name: 'item', exact: true }).click();
      expect((await rowsOf(page)).slice(0, 4)).toEqual(['item 30', 'item 27', 'item 24', 'item 21']);
      expect(await page.locator('[aria-sort=descending]').innerText()).toContain('item');
    });

    it('works by keyboard alone: filter, rows, documents, evidence, back', async () => {
      const page = await bench.open(manyItems(3000));
      await page.keyboard.press('/');
      await page.keyboard.type('kelp');
      await page.locator('.list').focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      expect(await page.locator('.evidence h3').innerText()).toBe('item 0');
      await page.keyboard.press('ArrowRight');
      expect(await page.locator('.turn').innerText()).toContain('2 of 120');
      await page.keyboard.press('End');
      const last = await page.locator('[aria-selected=true] .c-item').innerText();
      expect(last).not.toBe('item 0');
      expect(await page.locator('.list').getAttribute('aria-activedescendant')).toMatch(/^row-\d+$/);
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('evidence');
      await page.keyboard.press('Escape');
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('list of-items');
    });

    it('keeps a few dozen rows in the document, however many items there are', async () => {
      const page = await bench.open(manyItems(9000));
      expect(await page.locator('.rows .row').count()).toBeLessThan(80);
      await page.locator('.list').evaluate((list) => void (list.scrollTop = list.scrollHeight));
      await expect.poll(async () => (await rowsOf(page)).length).toBeGreaterThan(10);
      expect(await page.locator('.rows .row').last().getAttribute('aria-rowindex')).toBe('3001');
      expect(await page.locator('.rows .row').count()).toBeLessThan(80);
    });

    it('shows the list or the evidence where there is no room for both', async () => {
      const page = await bench.open(fullResult(), { viewport: { width: 390, height: 800 } });
      expect(await page.locator('.evidence').isVisible()).toBe(false);
      await page.locator('.rows .row').first().click();
      expect(await page.locator('.list').isVisible()).toBe(false);
      expect(await page.locator('.collation').isVisible()).toBe(true);
      await page.getByRole('button', { name: '← Items' }).click();
      expect(await page.locator('.list').isVisible()).toBe(true);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    });

    it.each([1280, 1100, 900])('has no title over another and no figure cut off, %i pixels wide', async (width) => {
      const page = await bench.open(fullResult(), { viewport: { width, height: 800 } });
      const boxes = await page.locator('.head > div:visible button').evaluateAll((titles) =>
        titles.map((title) => {
          const { left, right } = title.getBoundingClientRect();
          return [left, right];
        }),
      );
      const end = await page.locator('.list').evaluate((list) => list.getBoundingClientRect().left + list.clientWidth);
      for (const [i, [, right]] of boxes.entries())
        expect(right, `title ${i}`).toBeLessThanOrEqual(i + 1 < boxes.length ? boxes[i + 1][0] : end);
      expect(await page.locator('.list').evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0);
    });

    it('prints the items as a table, since paper does not scroll', async () => {
      const page = await bench.open(manyItems(900));
      await page.evaluate(() => void dispatchEvent(new Event('beforeprint')));
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.printed tbody tr').count()).toBe(200);
      expect(await page.locator('.printed').innerText()).toContain('100 more are in items.jsonl');
      expect(await page.locator('.list').isVisible()).toBe(false);
    });

    it('says what it has to without script', async () => {
      const page = await bench.open(fullResult(), { javaScriptEnabled: false });
      expect(await page.locator('h1').innerText()).toContain('43 of 1,369');
      expect(await page.locator('.benchmarks').innerText()).toContain('gsm8k');
      expect(await page.locator('noscript').count()).toBe(1);
    });
  },
);

describe.skipIf(CHROMIUM === undefined)('a hostile corpus in a browser', () => {
  it.each(HOSTILE_TEXTS.map((text) => [text]))('runs, loads and hides nothing with %j', async (text) => {
    const page = await bench.open(hostileResult(text));
    await page.locator('.rows .row').first().click();
    await page.getByRole('searchbox').fill('before');
    await expectHarmless(page);
    expect(await page.locator('.evidence .text').nth(1).isVisible()).toBe(true);
    expect(bench.complaints).toEqual([]);
    await page.close();
  });

  it('could not run a script even if one had got into the page', async () => {
    const page = await bench.open(fullResult());
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      try {
        script.textContent = 'window.hacked = 1';
        document.body.append(script);
      } catch {
        return false;
      }
      return 'hacked' in globalThis;
    });
    expect(ran).toBe(false);
    await page.evaluate(() => {
      const image = document.createElement('img');
      image.src = 'https://example.invalid/x.png';
      document.body.append(image);
    });
    await expect.poll(() => bench.complaints.join('\n')).toMatch(/Content Security Policy/);
  });
});

describe.skipIf(CHROMIUM === undefined)('the page to everyone', () => {
  it.each([
    ['light', { colorScheme: 'light' as const }],
    ['dark', { colorScheme: 'dark' as const }],
    ['narrow', { viewport: { width: 390, height: 800 } }],
  ])('passes the audit of axe, %s', async (_what, options) => {
    const page = await bench.open(withNearRecords(fullResult(), '1'), { ...options, bypassCSP: true });
    for (const step of ['list', 'evidence']) {
      if (step === 'evidence') await page.locator('.rows .row').first().click();
      expect(await violationsOf(page), step).toEqual([]);
    }
  });

  /** Every kind of line that a policy can leave, and a report with changes. */
  const GATE: GateReport = {
    state: 'failed',
    counted: 43,
    known: 2,
    waived: 1,
    policy: { ...plainPolicy(0, 0.001), skips: {} },
    lines: [
      {
        word: 'CONTAMINATED',
        text: '43 items of 1,369 checked; the policy allows none: gsm8k 1 (question+answer, 98.1%)',
      },
      { word: 'INCOMPLETE', text: '1 file could not be read: corpus/broken.jsonl.gz' },
    ],
    waivers: [
      { benchmark: 'gsm8k', item: '7', reason: 'quoted in our own paper', expires: '2020-01-01', use: 'waived' },
      { benchmark: 'gsm8k', item: '8', reason: 'a long reason '.repeat(8), expires: '2999-01-01', use: 'not needed' },
    ],
    baseline: {
      path: 'base/report.json',
      xxh64: 'ef46db3751d8e999',
      items: 4,
      notes: ['the benchmark gsm8k is another than in the baseline'],
    },
  };

  it.each([
    ['redacted', 1280],
    ['redacted', 400],
    ['changes and policy', 1280],
    ['changes and policy', 400],
  ])('passes the audit of axe: %s, %i pixels wide, and nothing is wider than the screen', async (what, width) => {
    const options = { viewport: { width, height: 860 }, bypassCSP: true };
    const read = await reportOf(fullResult());
    const report: Report = { ...read, report: { ...read.report, gate: GATE } };
    const changes = changesBetween(await reportOf(cleanResult()), report);
    const shown = what === 'redacted' ? new Redactor().report(report) : report;
    const pieces = pageText(shown, await loadAssets(), what === 'redacted' ? {} : { changes });
    writeFileSync(bench.path('made.html'), [...pieces].join(''));
    const page = await bench.openFile(bench.path('made.html'), options);
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const rows = await page.evaluate(() =>
      [...document.querySelectorAll('.scroll tbody tr')].map((row) => row.getBoundingClientRect().height),
    );
    // Ten lines: a long reason may, a name that stands a letter a line may not.
    expect(Math.max(...rows)).toBeLessThan(220);
    await page.locator('.rows .row').first().click();
    expect(await violationsOf(page)).toEqual([]);
  });
});
