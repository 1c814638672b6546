import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FILLER, OTHER, QUESTION } from '../cli/run.js';
import type { Bench } from '../cli/run.js';
import { ForgedReport } from './forged-report.js';
import type { Line } from './forged-report.js';

let forged: ForgedReport;
let bench: Bench;
beforeEach(async () => {
  forged = new ForgedReport();
  bench = forged.bench;
  await forged.scan();
});
afterEach(() => bench.remove());

/** Turns every count of a contaminated item into one of a clean one, with the rates that go with it. */
function whitewash(report: Line): void {
  const none = { value: 0, low: 0, high: 0.657619 };
  const [benchmark] = report['benchmarks'] as Line[];
  const verdicts = { contaminated: 0, suspect: 0, clean: 2, unchecked: 0 };
  Object.assign(report['totals'] as Line, { verdicts, rate: none });
  Object.assign(benchmark, { verdicts, rate: none, contaminatedBy: {} });
  const { question } = benchmark['parts'] as Record<string, Line>;
  Object.assign(question, { verdicts, rate: none });
}

const asClean = (line: Line): Line =>
  line['item'] === 'natalia'
    ? {
        ...line,
        ...{ verdict: 'clean', part: null, coverage: 0, evidence: 0, documents: 0, bestMatch: null },
        parts: { question: 'clean', answer: 'unchecked' },
      }
    : line;

it('finds no contradiction in a report of every sample, as it was written', async () => {
  const samples = fileURLToPath(new URL('../../corpora-samples', import.meta.url));
  await bench.run('scan', `${samples}/bench`, '--against', `${samples}/corpus`, '--out', 'all', '--quiet');
  const run = await bench.run('verify', 'all');
  expect(run.stdout).not.toContain('contradiction');
  expect(run.code).toBe(0);
});

describe('heldout verify counts again what the lines of a report say, and names', () => {
  it('nothing where all of it holds', async () => {
    const items = [{ question: QUESTION }, { question: OTHER }, { question: 'Who was he?' }];
    bench.jsonl('bench.jsonl', items);
    await bench.run('scan', 'bench.jsonl', '--against', 'corpus', '--out', 'report', '--quiet');
    const run = await bench.run('verify', 'report');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('\nwhat can be counted again from items.jsonl and matches.jsonl holds\n');
    expect(run.stdout).toContain('\nHOLDS ');
  });

  it('an item that was made clean, with all counts and digests, by its matches', async () => {
    forged.lines('items.jsonl', (items) => items.map(asClean), whitewash);
    await forged.expectFound(
      /contradiction {2}items\.jsonl, bench natalia: verdict is "clean"; its matches give "contaminated"/,
    );
  });

  it('how many items have records like them', async () => {
    await bench.run('index', 'corpus', '--records', '--out', 'corpus.heldout', '--quiet');
    await bench.run('scan', 'bench.jsonl', '--against', 'corpus.heldout', '--out', 'report', '--quiet');
    expect((await bench.run('verify', 'report')).stdout).toContain('\nHOLDS ');
    forged.report((report) => void Object.assign(report['nearRecords'] as Line, { itemsWithRecords: 0 }));
    await forged.expectFound(/report\.json, nearRecords\.itemsWithRecords is 0; the items give 1/);
    forged.report((report) => void delete report['nearRecords']);
    await forged.expectFound(/report\.json has no nearRecords; 2 items have some/);
  });

  it('a number of documents that its matches do not give', async () => {
    forged.lines('items.jsonl', (items) => items.map((item) => ({ ...item, documents: 1 })));
    await forged.expectFound(
      /items\.jsonl, bench natalia: documents is 1; its matches give 2/,
      /bench robe: documents is 1; .* 0/,
    );
  });

  it('a match that was taken away', async () => {
    const total = (report: Line): void => void Object.assign(report['totals'] as Line, { matches: 1 });
    forged.lines('matches.jsonl', (matches) => matches.slice(0, 1), total);
    await forged.expectFound(/bench natalia: documents is 2; its matches give 1/);
  });

  it('a match of an item or a file that the report does not have', async () => {
    forged.lines(
      'matches.jsonl',
      (matches) => [
        { ...matches[0], item: 'ghost' },
        ...matches.slice(1),
        { ...matches[1], document: { id: 'x', file: 'corpus/z.jsonl', record: 1, offset: 0 } },
      ],
      (report) => void Object.assign(report['totals'] as Line, { matches: 3 }),
    );
    await forged.expectFound(
      /matches\.jsonl line 1: it is of bench ghost; items\.jsonl has no such item/,
      /matches\.jsonl line 3: it is in corpus\/z\.jsonl; report\.json has no such corpus file/,
    );
  });

  it('an item that was taken out, by the records of its benchmark', async () => {
    forged.lines(
      'items.jsonl',
      (items) => items.slice(0, 1),
      (report) => {
        const [benchmark] = report['benchmarks'] as Line[];
        const verdicts = { contaminated: 1, suspect: 0, clean: 0, unchecked: 0 };
        const rate = { value: 1, low: 0.206543, high: 1 };
        Object.assign(report['totals'] as Line, { items: 1, checked: 1, verdicts, rate });
        Object.assign(benchmark, { items: 1, checked: 1, verdicts, rate });
      },
    );
    await forged.expectFound(/report\.json, provenance: bench\.jsonl has 2 records that are items; items\.jsonl has 1/);
  });

  it.each<[string, (report: Record<string, Line>) => void, RegExp]>([
    [
      'verdict counts',
      (report) => void ((report['totals']['verdicts'] as Line)['suspect'] = 3),
      /totals\.verdicts\.suspect is 3; the items give 0/,
    ],
    [
      'rates',
      (report) => void ((report['totals']['rate'] as Line)['low'] = 0),
      /totals\.rate\.low is 0; the items give/,
    ],
    [
      'contaminatedBy',
      (report) => void ((report['benchmarks'] as unknown as Line[])[0]['contaminatedBy'] = { answer: 1 }),
      /benchmarks\.bench\.contaminatedBy\.question\+answer is nothing; the items give 1/,
    ],
    [
      'counts of a part',
      (report) => void ((report['benchmarks'] as unknown as Line[])[0]['parts'] = {}),
      /benchmarks\.bench\.parts\.question is nothing; the items give/,
    ],
    ['matches', (report) => void (report['totals']['matches'] = 9), /totals\.matches is 9; matches\.jsonl gives 2/],
    [
      'documents',
      (report) => void (report['totals']['documents'] = 4000),
      /totals\.documents is 4000; the corpus files give 3/,
    ],
    [
      'skipped documents',
      (report) => void (report['totals']['skippedDocuments'] = 0),
      /totals\.skippedDocuments is 0; the corpus files give 1/,
    ],
    [
      'files',
      (report) => void (report['totals']['corpusFiles'] = 20),
      /totals\.corpusFiles is 20; the corpus files give 2/,
    ],
    [
      'skips that are gone',
      (report) => void ((report as unknown as Line)['skipped'] = []),
      /skipped: it gives reasons for 0 records; the files give 1/,
    ],
    [
      'an example of a skip in a file of its own',
      (report) => {
        const [{ examples }] = report['skipped'] as unknown as { examples: Line[] }[];
        examples[0]['file'] = 'corpus/z.jsonl';
      },
      /skipped\.no-text: it names record 2 of corpus\/z\.jsonl, which is none of its files/,
    ],
    [
      'what a reason means',
      (report) => void ((report['skipped'] as unknown as Line[])[0]['meaning'] = 'all of it was read'),
      /skipped\.no-text is "all of it was read"; heldout writes "record has none/,
    ],
    [
      'a key of no report, which a statement would carry',
      (report) => void (report['totals']['certified'] = 'by nobody'),
      /report\.json has totals\.certified; heldout writes no such key/,
    ],
    [
      'another profile',
      (report) => void ((report as unknown as Line)['profile'] = 2),
      /profile is 2; heldout writes 1/,
    ],
    [
      'outputs beside its own',
      (report) =>
        (report['outputs'] as unknown as Line[]).push({ path: '../x', lines: 1, bytes: 1, xxh64: '0123456789abcdef' }),
      /DOES NOT HOLD/,
    ],
    [
      'text in a report that says it has none',
      (report) => void ((report as unknown as Line)['redaction'] = { method: 'hmac-sha256/128', keyId: 'aa' }),
      /matches\.jsonl line 1: it has text; report\.json says otherwise/,
    ],
    [
      'a policy that passed, under the name of another version',
      (report) => {
        report['tool']['version'] = '0.0.9';
        report['gate']['state'] = 'passed';
      },
      /gate\.state is "passed"; items and policy give "failed"/,
    ],
    [
      'a guarantee with other limits',
      (report) => void (report['guarantee']['limits'] = []),
      /guarantee\.limits is \[\]; the rest of the report gives/,
    ],
    [
      'a scan that a limit cut off, called whole',
      (report) => void (report['settings']['limit'] = 1),
      /partial is false; the limit of 1 records, .*, gives true/,
    ],
  ])('%s', async (_what, edit, says) => {
    forged.report(edit as (report: Line) => void);
    await forged.expectFound(says);
  });

  it('a clean item that says something of a match', async () => {
    forged.lines('items.jsonl', (items) =>
      items.map((item) => (item['item'] === 'robe' ? { ...item, coverage: 0.4 } : item)),
    );
    await forged.expectFound(/items\.jsonl, bench robe: it says 0\.4 of a match; matches\.jsonl has no match of it/);
  });

  it('a line that heldout would write otherwise', async () => {
    forged.lines('items.jsonl', (items) => items.map((item) => ({ ...item, note: 'all clear' })));
    await forged.expectFound(/items\.jsonl line 1: it is not as heldout writes it/);
  });

  it('a match that counts as contaminated or excused against the number of documents that hold the same', async () => {
    forged.lines('matches.jsonl', (matches) =>
      matches.map((match) => ({
        ...match,
        verdict: 'suspect',
        reason: 'the same part of it stands in 9 documents: a common passage?',
      })),
    );
    await forged.expectFound(
      /matches\.jsonl, bench natalia in corpus\/b\.jsonl record 1: verdict is "suspect"; its documents give "contaminated"/,
    );
  });

  it('nothing in a report without text, whose long names have stand-ins', async () => {
    const name = 'what the natalia of the clips sold to her friends in may';
    bench.jsonl(`corpus/${name}.jsonl`, [{ text: `${QUESTION} It is 72. ${FILLER} ${FILLER}` }]);
    await bench.run('scan', 'bench.jsonl', '--against', `corpus/${name}.jsonl`, '--out', 'report', '--redact');
    const { stdout } = await bench.run('verify', 'report');
    expect(stdout).toContain('\nwhat can be counted again from items.jsonl and matches.jsonl holds\n');
    expect(stdout).toContain('\nnot checked  the digests that stand for text');
  });

  it('an item of a report without text that has the place and the id of two', async () => {
    await bench.run('scan', 'bench.jsonl', '--against', 'corpus', '--out', 'report', '--redact');
    const other: Record<string, string> = { natalia: 'robe', robe: 'natalia' };
    const swapped = (lines: Line[]): Line[] => lines.map((line) => ({ ...line, item: other[line['item'] as string] }));
    forged.lines('items.jsonl', swapped);
    forged.lines('matches.jsonl', swapped);
    await forged.expectFound(/items\.jsonl line 1\.item is "robe"; the benchmark gives "natalia"/);
  });

  it('a page that was edited', async () => {
    const page = bench.path('report/index.html');
    writeFileSync(page, readFileSync(page, 'utf8').replace('contaminated', 'c0ntaminated'));
    await forged.expectFound(
      /contradiction {2}index\.html is not what the report gives; "heldout report" makes it again/,
    );
  });

  it('and says what only a scan can tell', async () => {
    const run = await bench.run('verify', 'report');
    expect(run.stdout).toMatch(/\nnot checked {2}[^\n]+--rescan/);
  });
});
