import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { CompareResult } from '../../dist/model/comparison.js';
import { DEFAULT_COMPARE } from '../../dist/model/comparison.js';
import { comparisonJunit } from '../../dist/report/formats/compare-junit.js';
import { comparisonReport, comparisonResult, hostileComparison, pairOf, placed, SAME } from './comparison-fixture.js';
import { HOSTILE_TEXTS } from './hostile.js';

const schema = readFileSync(new URL('fixtures/junit.xsd', import.meta.url), 'utf8');
const junit = async (result: CompareResult): Promise<string> =>
  [...comparisonJunit(await comparisonReport(result))].join('');
const settings = (more: Partial<CompareResult['settings']>): Pick<CompareResult, 'settings'> => ({
  settings: { ...DEFAULT_COMPARE, ...more },
});

const MANY = Array.from({ length: 70 }, (_, i) =>
  pairOf(i + 1, 'exact', placed('train', i + 1, SAME), placed('test', i + 1, SAME)),
);
const NOTHING = comparisonResult([]);
const WORDLESS: CompareResult = {
  ...NOTHING,
  sets: NOTHING.sets.map((set, i) => (i === 0 ? set : { ...set, wordless: 40 })),
};

describe('JUnit of a comparison', () => {
  it('is valid by the schema, whatever the records are called', async () => {
    const results = [
      comparisonResult(),
      comparisonResult(MANY),
      NOTHING,
      WORDLESS,
      ...HOSTILE_TEXTS.map(hostileComparison),
    ];
    for (const result of results) {
      const contents = await junit(result);
      const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents }], schema: [schema] });
      expect(errors).toEqual([]);
      expect(/[\u202a-\u202e\u2066-\u2069\u2028\u2029]|(?![\n\t\r])\p{Cc}|\p{Cs}/u.exec(contents)).toBe(null);
    }
  });

  it('has a suite a set, in which each kind of duplicate that is there fails a test that names the records', async () => {
    const xml = await junit(comparisonResult());
    expect(xml).toContain('<testsuites name="heldout compare" tests="7" failures="7" errors="0">');
    expect(xml).toMatch(
      /<testcase classname="policy" name="1 not clean"><failure type="not clean" message="3 of 40 records/,
    );
    expect(xml).toContain('<testsuite name="train" tests="3" failures="3" errors="0" skipped="0">');
    expect(xml).toContain(
      '<testcase classname="test" name="no near duplicate in another set"><failure type="near" message="1 of 40 records has a duplicate in another set: near">' +
        'test-2 (data/test.jsonl record 2): near Jaccard 0.900 of train train-4 (data/train.jsonl record 4)\n</failure></testcase>',
    );
    expect(xml).toContain('train-3 (data/train.jsonl record 3) (to drop): exact of test test-1');
    expect(xml).not.toContain('harbour');
  });

  it('names fifty records of a kind, and how many more there are', async () => {
    const xml = await junit(comparisonResult(MANY));
    expect(xml).toContain('message="70 of 40 records');
    expect(xml.match(/: exact of train/g)).toHaveLength(50);
    expect(xml).toContain('and 20 more records: duplicates.jsonl has all');
  });

  it('passes where nothing was found, and where the policy allows what was', async () => {
    const clean = await junit(NOTHING);
    expect(clean).toContain('tests="7" failures="0"');
    expect(clean).not.toMatch(/<(failure|skipped)/);
    expect(clean).toContain('<system-out>CLEAN: no record of train is in test');
    const allowed = await junit(comparisonResult(undefined, settings({ maxDuplicates: 6 })));
    expect(allowed).toContain('tests="7" failures="0"');
    expect(allowed).toContain('1 of 40 records has a duplicate in another set: near; the policy allows 6');
  });

  it('fails, and skips the tests of a set of which nothing was compared', async () => {
    const xml = await junit(WORDLESS);
    expect(xml).toContain('tests="7" failures="1"');
    expect(xml).toContain('<testsuite name="test" tests="3" failures="0" errors="0" skipped="3">');
    expect(xml.match(/<skipped message="no record with a word in it: nothing was compared"\/>/g)).toHaveLength(3);
    const interrupted = await junit({ ...NOTHING, partial: true });
    expect(interrupted).toMatch(/name="1 interrupted"><failure /);
    const limited = await junit({ ...NOTHING, ...settings({ limit: 40 }), partial: true });
    expect(limited).toMatch(/name="1 incomplete"><failure /);
  });

  it('says inside of one set', async () => {
    const pairs = [pairOf(1, 'exact', placed('train', 1, SAME), placed('train', 2, SAME))];
    const overlaps = NOTHING.overlaps.slice(0, 1).map((one) => ({ ...one, in: one.of, records: 2 }));
    const xml = await junit(comparisonResult(pairs, { ...settings({ within: true }), overlaps }));
    expect(xml).toContain('name="no exact duplicate inside the set"><failure');
  });
});
