import { describe, expect, it } from 'vitest';
import { canonicalJson, loadDigester } from '../../dist/report/digest.js';
import { safeJsonPage } from '../../dist/report/escape.js';
import { reportJson } from '../../dist/report/report-json.js';
import { cleanResult, fullResult } from './fixture.js';

const digester = await loadDigester();
const outputs = [{ path: 'items.jsonl', lines: 6, bytes: 1234, xxh64: '0123456789abcdef' }];

describe('report.json', () => {
  it('is the golden one', async () => {
    const page = safeJsonPage(reportJson(fullResult(), '0.1.0', digester, outputs));
    await expect(page).toMatchFileSnapshot('golden/report.json');
  });

  it('is the same bytes however the result was put together', () => {
    const result = fullResult();
    const shuffled = JSON.parse(JSON.stringify(result, backwards)) as typeof result;
    const page = safeJsonPage(reportJson(shuffled, '0.1.0', digester, outputs));
    expect(page).toBe(safeJsonPage(reportJson(result, '0.1.0', digester, outputs)));
  });

  it('counts only checked items in a rate, for each part too', () => {
    const report = reportJson(fullResult(), '0.1.0', digester, outputs);
    expect(report.benchmarks[0]).toMatchObject({ items: 1319, checked: 1317, rate: { value: 0.031891 } });
    expect(report.benchmarks[0].parts.question).toMatchObject({ items: 4, checked: 2, rate: { value: 0.5 } });
    expect(report.benchmarks[2]).toMatchObject({ checked: 0, rate: { value: 0, low: 0, high: 1 } });
  });

  it('has a settings id that changes with any setting, and not with key order', () => {
    const clean = cleanResult();
    const id = (settings: typeof clean.settings): string =>
      reportJson({ ...clean, settings }, '0.1.0', digester, outputs).settings.id;
    expect(id(clean.settings)).toMatch(/^[0-9a-f]{16}$/);
    expect(id({ ...clean.settings, limit: 5 })).not.toBe(id(clean.settings));
    expect(id({ ...clean.settings, map: { question: 'q' } })).not.toBe(id(clean.settings));
    expect(canonicalJson({ b: [1, { d: 1, c: undefined }], a: 'x' })).toBe('{"a":"x","b":[1,{"d":1}]}');
  });

  it('says in words what a clean verdict is worth, and where it is worth less', () => {
    expect(reportJson(cleanResult(), '0.1.0', digester, outputs).guarantee.limits).toEqual([]);
    const { limits } = reportJson({ ...fullResult(), partial: true }, '0.1.0', digester, outputs).guarantee;
    expect(limits.map((limit) => limit.split(' ')[0])).toEqual(['Partial:', 'Not', 'Unchecked']);
  });
});

/** Objects with their keys in reverse. */
function backwards(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).reverse());
}
