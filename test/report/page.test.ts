import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAssets } from '../../dist/report/page/assets.js';
import { embeddedData } from '../../dist/report/page/data.js';
import { html } from '../../dist/report/page/html.js';
import { pageText } from '../../dist/report/page/page.js';
import { readReport } from '../../dist/audit/whole-report.js';
import type { Report } from '../../dist/report/report.js';
import { writeRenderings, writeReport } from '../../dist/report/writer.js';
import { cleanResult, fullResult, matchOf } from './fixture.js';
import { HOSTILE_TEXTS, hostileResult, reportOf } from './hostile.js';
import { tagsOf } from './tags.js';

const assets = await loadAssets();

async function pageOf(report: Report): Promise<string> {
  return [...pageText(report, assets)].join('');
}

describe('the page of a report', () => {
  it('is the same made by the scan and made again from the JSON it left', async () => {
    const home = await mkdtemp(join(tmpdir(), 'heldout-page-'));
    try {
      await writeReport(home, hostileResult(), '0.1.0');
      const path = join(home, 'index.html');
      const first = await readFile(path, 'utf8');
      await rm(path);
      expect(await writeRenderings(home, await readReport(home), { formats: ['html'] })).toEqual(['index.html']);
      expect(await readFile(path, 'utf8')).toBe(first);
    } finally {
      await rm(home, { recursive: true });
    }
  });

  it('is one file that asks for nothing, and lets nothing run but its own script', async () => {
    const page = await pageOf(await reportOf(fullResult()));
    expect(page).not.toMatch(/\b(src|srcset|action|formaction|data)=/);
    expect(page).not.toMatch(/@import|url\(|fetch\(|XMLHttpRequest|import\(/);
    const hash = (tag: string): string => {
      const [, text] = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(page) ?? [];
      return `sha256-${createHash('sha256').update(text).digest('base64')}`;
    };
    expect(page).toContain(
      `default-src &#39;none&#39;; script-src &#39;${hash('script')}&#39;; style-src &#39;${hash('style')}&#39;;`,
    );
    expect(page.match(/<script>/g)).toHaveLength(1);
  });

  it('has a script and a style that cannot be ended from within', () => {
    expect(assets.script).not.toMatch(/<!--|<\/?script/i);
    expect(assets.style).not.toMatch(/<\/?style/i);
    expect(assets.script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
  });

  it.each(HOSTILE_TEXTS)('has the same tags whether names and texts are %j or plain words', async (text) => {
    const tags = tagsOf(await pageOf(await reportOf(hostileResult(text))));
    expect(tags).toEqual(tagsOf(await pageOf(await reportOf(hostileResult('plain words')))));
  });

  it('says first what the run came to, and never "clean" of a part', async () => {
    expect(await pageOf(await reportOf(cleanResult()))).toMatch(/None of <b>2 checked items<\/b> is contaminated/);
    expect(await pageOf(await reportOf({ ...cleanResult(), partial: true }))).toContain('<b>Partial.</b>');
  });

  it('shows fields of report.json that it has never heard of', async () => {
    const report = await reportOf(fullResult());
    const page = await pageOf({ ...report, report: Object.assign({}, report.report, { policy: { 'a<b': ['x', 3] } }) });
    expect(page).toContain('<dt>a&#60;b</dt>');
  });
});

describe('the data in a page', () => {
  it('holds of every item the worst match first, where there is no room for all texts', async () => {
    const texts = { itemText: 'a b c', documentText: 'a b c', shared: ['a b c'] };
    const matches = ['1', '2'].flatMap((item) =>
      [100, 300, 200].map((evidence) =>
        matchOf({ ...texts, benchmark: 'tiny', item, evidence, documentText: `a b c ${evidence}` }),
      ),
    );
    const report = await reportOf({ ...cleanResult(), matches });
    const { data, withoutText } = embeddedData(report, 30);
    expect(withoutText).toBe(4);
    expect(data.items.firstMatch).toEqual([0, 3, 6]);
    expect(data.matches.evidence).toEqual([3000, 2000, 1000, 3000, 2000, 1000]);
    expect(data.matches.text).toEqual([0, -1, -1, 1, -1, -1]);
    expect(embeddedData(report).withoutText).toBe(0);
  });

  it('says on the page how many texts are missing, and by what rule', async () => {
    const page = [...pageText(await reportOf(fullResult()), assets, { mostText: 10 })].join('');
    expect(page.replace(/\s+/g, ' ')).toContain('It carries the texts of 0 matches of 3 matches');
  });
});

describe('the template', () => {
  it('takes nothing for markup that it did not make itself', () => {
    const pieces = ['<b>', html`<i>${'<u>'}</i>`, 3, undefined, ['&', html`<br>`]];
    expect(html`<p title="${'"'}">${pieces}</p>`.markup).toBe(
      '<p title="&#34;">&#60;b&#62;<i>&#60;u&#62;</i>3&#38;<br></p>',
    );
  });
});
