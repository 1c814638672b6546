import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import type { AnySchemaObject } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { DERIVED_FILES, renderings } from '../../dist/report/formats/format.js';
import { FORMATS } from '../../dist/report/formats/format-names.js';
import { code } from '../../dist/report/formats/markdown-text.js';
import { sarifJson } from '../../dist/report/formats/sarif.js';
import type { ScanResult } from '../../dist/model/result.js';
import type { Report } from '../../dist/report/report.js';
import { cleanResult, fullResult, itemOf, matchOf } from './fixture.js';
import { HOSTILE_TEXTS, hostileResult, reportOf } from './hostile.js';

/** Every file of every format but the page, which has tests of its own. */
async function files(report: Report): Promise<Record<string, string>> {
  const made = await renderings(
    report,
    FORMATS.filter((format) => format !== 'html'),
  );
  return Object.fromEntries(made.map(({ path, pieces }) => [path, [...pieces].join('')]));
}

const full = await files(await reportOf(fullResult()));
const clean = await files(await reportOf(cleanResult()));
const hostile = await Promise.all(HOSTILE_TEXTS.map(async (text) => files(await reportOf(hostileResult(text)))));
const all = [full, clean, ...hostile];

describe('the formats of a report', () => {
  it.each(Object.keys(full))('are the golden ones: %s', async (path) => {
    await expect(full[path]).toMatchFileSnapshot(`golden/${path}`);
  });

  it('are all known by name, so that none outlives its report', () => {
    expect(DERIVED_FILES.filter((path) => !['index.html', 'changes.html'].includes(path)).sort()).toEqual(
      Object.keys(full).sort(),
    );
  });

  it('carry no control character and nothing that reorders text', () => {
    for (const made of all)
      for (const [path, text] of Object.entries(made))
        expect(/[\u202a-\u202e\u2066-\u2069\u2028\u2029]|(?![\n\t\r])\p{Cc}|\p{Cs}/u.exec(text)?.index, path).toBe(
          undefined,
        );
  });
});

describe('SARIF', () => {
  const require = createRequire(import.meta.url);
  const schema: unknown = JSON.parse(
    readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
  );
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const plain = { ...Object(schema), $schema: undefined, id: undefined } as AnySchemaObject & { $async?: false };
  const validate = ajv.compile(plain);

  it('is valid by the schema of SARIF 2.1.0, whatever the corpus holds', () => {
    for (const made of all) {
      validate(JSON.parse(made['report.sarif']));
      expect(validate.errors).toBe(null);
    }
  });

  it('has a check that can fail', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  it('has a result for each item found, at its line in the benchmark', () => {
    const [run] = (JSON.parse(full['report.sarif']) as { runs: { results: unknown[]; tool: unknown }[] }).runs;
    expect(run.results).toHaveLength(3);
    expect(run.results[0]).toMatchObject({
      ruleId: 'contaminated',
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'bench/gsm8k.jsonl' }, region: { startLine: 1 } } }],
      relatedLocations: [{ physicalLocation: { artifactLocation: { uri: 'corpus/part-003.jsonl.zst' } } }],
    });
  });

  it('has no placeholder and no link in its messages but escaped ones', () => {
    const text = hostile[HOSTILE_TEXTS.findIndex((one) => one.startsWith('{0}'))]['report.sarif'];
    const { message } = (JSON.parse(text) as { runs: { results: { message: { text: string } }[] }[] }).runs[0]
      .results[0];
    expect(message.text).toContain('{{0}} \\[click\\](https');
  });

  interface Run {
    readonly invocations: {
      readonly toolExecutionNotifications: { descriptor: { id: string }; message: { text: string } }[];
    }[];
    readonly results: { ruleId: string; properties: { evidence: number } }[];
  }
  const runOf = async (result: ScanResult): Promise<Run> =>
    (JSON.parse((await files(await reportOf(result)))['report.sarif']) as { runs: Run[] }).runs[0];
  const said = ({ invocations }: Run): [string, string][] =>
    invocations[0].toolExecutionNotifications.map(({ descriptor, message }) => [descriptor.id, message.text]);

  it('says of a partial run that what is absent says nothing', async () => {
    expect(said(await runOf(cleanResult()))).toEqual([]);
    expect(said(await runOf({ ...cleanResult(), partial: true }))).toEqual([
      ['partial', 'The run was interrupted or limited. What is reported is true; what is absent says nothing.'],
    ]);
  });

  it('has no more results than GitHub shows, the worst, and says how many were left out', async () => {
    const items = Array.from({ length: 5003 }, (_, i) => ({
      ...itemOf('many', String(i + 1), i < 5 ? 'suspect' : 'contaminated', '', 'question'),
      evidence: 100 + i,
    }));
    const run = await runOf({ ...cleanResult(), items });
    expect(run.results).toHaveLength(5000);
    expect(run.results[0]).toMatchObject({ ruleId: 'contaminated', properties: { evidence: 5102 } });
    expect(
      run.results.filter(({ ruleId }) => ruleId === 'suspect').map(({ properties }) => properties.evidence),
    ).toEqual([104, 103]);
    expect(said(run)).toEqual([
      ['left-out', expect.stringContaining('3 items found are not among the results') as string],
    ]);
    expect(said(await runOf({ ...cleanResult(), items: items.slice(0, 5000) }))).toEqual([]);
  });

  it('is no larger than GitHub takes after gzip, however little its snippets compress', async () => {
    let seed = 1;
    const drawn = (): number => (seed = (seed * 48_271) % 0x7fffffff);
    const chinese = (): string =>
      String.fromCodePoint(...Array.from({ length: 240 }, () => 0x4e00 + (drawn() % 20_000)));
    const items = Array.from({ length: 3000 }, (_, i) => itemOf('many', String(i + 1), 'contaminated', '', 'question'));
    const matches = items.flatMap(({ benchmark, item }) =>
      Array.from({ length: 10 }, () =>
        matchOf({ benchmark, item, itemText: 'a', documentText: chinese(), shared: [] }),
      ),
    );
    const report = await reportOf({ ...cleanResult(), items, matches });
    const made = sarifJson(report).join('');
    const [run] = (JSON.parse(made) as { runs: Run[] }).runs;
    expect(gzipSync(made).length).toBeLessThan(10_000_000);
    expect(run.results.length).toBeGreaterThan(1000);
    expect(said(run)[0][1]).toContain(`${(3000 - run.results.length).toLocaleString('en')} items found are not among`);
  });
});

describe('JUnit', () => {
  const schema = readFileSync(new URL('fixtures/junit.xsd', import.meta.url), 'utf8');
  const errors = async (xml: string): Promise<unknown> =>
    (await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [schema] })).errors;

  it('is valid by its schema, whatever the corpus holds', async () => {
    for (const made of all) expect(await errors(made['junit.xml'])).toEqual([]);
  });

  it('has a check that can fail', async () => {
    expect(await errors('<testsuites><testsuite><testcase/></testsuite></testsuites>')).not.toEqual([]);
  });

  it('fails what is contaminated, skips what is unchecked, passes the rest', () => {
    expect(full['junit.xml'].match(/<failure /g)).toHaveLength(2);
    expect(full['junit.xml'].match(/<skipped /g)).toHaveLength(2);
    expect(full['junit.xml']).toContain('<testsuites name="heldout" tests="6" failures="2" errors="0">');
    expect(clean['junit.xml']).not.toMatch(/<(failure|skipped)/);
  });
});

describe('CSV', () => {
  it('is a table with a row for each item and match, read back as it was', () => {
    const items = parse<Record<string, string>>(full['items.csv'], { columns: true });
    expect(items).toHaveLength(6);
    expect(items[0]).toMatchObject({ benchmark: 'gsm8k', item: '1', verdict: 'contaminated', coverage: '0.9753' });
    const matches = parse<Record<string, string>>(full['matches.csv'], { columns: true });
    expect(matches.map((match) => match['record'])).toEqual(['12034', '77', '3']);
    expect(matches[0]['item_text']).toBe(fullResult().matches[0].itemText);
  });

  it('has as many columns in every row, and no cell that a spreadsheet would run', () => {
    for (const made of hostile)
      for (const path of ['items.csv', 'matches.csv']) {
        const [head, ...rows] = parse(made[path]);
        for (const row of rows) {
          expect(row).toHaveLength(head.length);
          expect(row.filter((cell) => /^\s*[=+\-@]/.test(cell) && Number.isNaN(Number(cell)))).toEqual([]);
        }
      }
  });
});

describe('Markdown', () => {
  it('has the same lines of markup whatever names are in it', () => {
    const shape = (text: string): string[] =>
      text
        .replace(/^(`{3,})text\n.*?\n\1$/gms, 'fence')
        .split('\n')
        .map((line) => line.replace(/(`+)(?: )?.*?[^`]\1(?!`)/g, 'code').replace(/[^|#<>!*-]/g, ''));
    const plain = hostile[0]['summary.md'];
    expect(shape(plain).length).toBeGreaterThan(20);
    for (const [i, made] of hostile.entries())
      expect(shape(made['summary.md']), HOSTILE_TEXTS[i]).toEqual(shape(plain));
  });

  it.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b\nc', '`a\\|b c`'],
    ['', '` `'],
  ])('shows %j as code', (text, shown) => {
    expect(code(text)).toBe(shown);
  });

  it('never says none where not all was looked at', async () => {
    const counts = { contaminated: 0, suspect: 0, unconfirmed: 4, clean: 2, unchecked: 0 };
    const { benchmarks, ...rest } = cleanResult();
    const open = await files(await reportOf({ ...rest, benchmarks: benchmarks.map((one) => ({ ...one, counts })) }));
    expect(open['badge.json']).toContain('4 unconfirmed');
    expect(open['summary.md']).toContain('**4** more found in an index and unconfirmed');
    const partial = await files(await reportOf({ ...cleanResult(), partial: true }));
    expect(partial['badge.json']).toContain('partial');
    expect(clean['badge.json']).toContain('none of 2 found');
    expect(full['summary.md']).toContain('![held out: 43 of 1,369 contaminated](badge.svg)');
  });
});
