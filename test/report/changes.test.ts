import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../dist/report/changes.js';
import { changesText } from '../../dist/report/changes-text.js';
import { loadAssets } from '../../dist/report/page/assets.js';
import { pageText } from '../../dist/report/page/page.js';
import { style } from '../../dist/report/style.js';
import type { ScanResult } from '../../dist/model/result.js';
import { cleanResult, fileOf, fullResult, itemOf } from './fixture.js';
import { hostileResult, reportOf } from './hostile.js';

const before: ScanResult = {
  ...cleanResult(),
  items: [
    itemOf('tiny', 'stays', 'clean'),
    itemOf('tiny', 'leaks', 'clean'),
    itemOf('tiny', 'mended', 'contaminated', '', 'question'),
    itemOf('tiny', 'dropped', 'suspect', '', 'question'),
    itemOf('tiny', 'short', 'clean'),
  ],
};
const after: ScanResult = {
  ...before,
  settings: { ...before.settings, idField: 'url' },
  corpus: [{ ...fileOf('corpus/a.jsonl', 3), xxh64: '0000000000000001' }, fileOf('corpus/b.jsonl', 9)],
  items: [
    itemOf('tiny', 'stays', 'clean'),
    itemOf('tiny', 'leaks', 'contaminated', '', 'question'),
    itemOf('tiny', 'mended', 'suspect', '', 'question'),
    itemOf('tiny', 'short', 'unchecked', 'too short'),
    itemOf('tiny', 'fresh', 'suspect', '', 'question'),
  ],
};

describe('what changed between two reports', () => {
  it('is nothing between a report and itself', async () => {
    const report = await reportOf(fullResult());
    expect(changesBetween(report, report)).toMatchObject({ conditions: [], worse: [], better: [], other: [], same: 6 });
  });

  it('is each item by whether it is worse, better, or otherwise changed; new and gone ones too', async () => {
    const { worse, better, other, same } = changesBetween(await reportOf(before), await reportOf(after));
    expect(worse.map(({ item }) => item)).toEqual(['leaks', 'fresh']);
    expect(better.map(({ item }) => item)).toEqual(['mended', 'dropped']);
    expect(other.map(({ item }) => item)).toEqual(['short']);
    expect(same).toBe(1);
  });

  it('names what was compared otherwise: settings, inputs, versions', async () => {
    const { conditions } = changesBetween(await reportOf(before), await reportOf(after));
    expect(conditions).toEqual([
      'setting idField: "id" before, "url" now',
      'corpus file corpus/a.jsonl: changed, xxh64 ef46db3751d8e999 before, 0000000000000001 now',
      'corpus file corpus/b.jsonl: new',
    ]);
  });

  it('says that the benchmarks are others', async () => {
    const [tiny] = after.benchmarks;
    const more = { ...after, benchmarks: [tiny, { ...tiny, name: 'more', files: [] }] };
    const { conditions } = changesBetween(await reportOf(after), await reportOf(more));
    expect(conditions).toEqual(['benchmark more: new']);
    const back = changesBetween(await reportOf(more), await reportOf(after));
    expect(back.conditions).toEqual(['benchmark more: gone']);
    const others = changesBetween(
      await reportOf(after),
      await reportOf({ ...after, benchmarks: [{ ...tiny, name: 'else' }] }),
    );
    expect(others.conditions).toEqual(['benchmarks: none in common; tiny before, else now']);
  });

  it('is the golden one in words', async () => {
    const text = changesText(changesBetween(await reportOf(before), await reportOf(after)), style(false));
    await expect(text).toMatchFileSnapshot('golden/changes.txt');
  });

  it('stands in a page of its own, with a way to each item', async () => {
    const report = await reportOf(after);
    const page = [
      ...pageText(report, await loadAssets(), { changes: changesBetween(await reportOf(before), report) }),
    ].join('');
    expect(page).toContain('href="#item=tiny/leaks"');
    expect(page).toContain('href="#changes"');
  });

  it('lets nothing of a hostile corpus through', async () => {
    const [was, is] = [await reportOf(cleanResult()), await reportOf(hostileResult())];
    const text = changesText(changesBetween(was, is), style(false));
    expect(/[\u202a-\u202e\u2066-\u2069\u2028]|(?!\n)\p{Cc}|\p{Cs}/u.test(text)).toBe(false);
    const page = [...pageText(is, await loadAssets(), { changes: changesBetween(was, is) })].join('');
    const [section] = /<section id="changes".*?<\/section>/s.exec(page) ?? [''];
    expect(section).not.toMatch(/<(script|img|x|style)\b/);
  });
});
