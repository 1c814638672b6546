import { appendFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bench, Run } from '../cli/run.js';
import { edited, sentence } from '../neardup/support.js';
import { ForgedReport } from './forged-report.js';
import type { Line } from './forged-report.js';

let forged: ForgedReport;
let bench: Bench;
const TRAIN = Array.from({ length: 30 }, (_, i) => ({
  id: `t${i}`,
  text: sentence(i),
  split: i % 3 === 0 ? 'a' : 'b',
}));
const TEST = [
  { id: 'same', text: TRAIN[3].text, split: 'a' },
  { id: 'loud', text: `${TRAIN[5].text.toUpperCase()}!`, split: 'a' },
  { id: 'near', text: edited(TRAIN[4].text, 12), split: 'c' },
  { id: 'own', text: sentence(900), split: 'c' },
];
beforeEach(() => {
  forged = new ForgedReport();
  bench = forged.bench;
  bench.jsonl('train.jsonl', TRAIN);
  bench.jsonl('test.jsonl', TEST);
  bench.jsonl('more.jsonl', [TEST[0], TEST[3], { id: 'late', text: sentence(901) }, { nothing: 1 }]);
});
afterEach(() => bench.remove());

const compare = (...args: string[]): Promise<Run> => bench.run('compare', ...args, '--out', 'report', '--quiet');
const verify = (...args: string[]): Promise<Run> => bench.run('verify', 'report', ...args);

describe('heldout verify of a comparison', () => {
  it.each([
    ['two sets', ['train.jsonl', 'test.jsonl', '--format', 'markdown,csv,junit']],
    ['three sets', ['train.jsonl', 'test.jsonl', 'more.jsonl']],
    ['one set', ['--within', 'train.jsonl', 'test.jsonl', 'more.jsonl']],
    ['a split column', ['train.jsonl', 'test.jsonl', '--split-column', 'split']],
    ['no text', ['train.jsonl', 'test.jsonl', '--redact', '--format', 'junit']],
    ['a limit', ['train.jsonl', 'test.jsonl', '--limit', '4']],
    ['nothing found', ['more.jsonl', 'train.jsonl', '--threshold', '1']],
  ])('says that everything holds, and what only another comparison tells: %s', async (_what, args) => {
    await compare(...args);
    const { code, stdout, stderr } = await verify();
    expect(stdout).not.toContain('contradiction');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\d of \d compared files are the same\n4 of 4 report files are the same\n/);
    expect(stdout).toContain(
      'what can be counted again from the lists of records and pairs holds\nnot checked  that the texts',
    );
    expect(stdout).toContain('\nHOLDS ');
  });

  it('names what changed, what is gone, and what has no digest', async () => {
    await compare('train.jsonl', 'test.jsonl');
    bench.jsonl('train.jsonl', TRAIN.slice(1));
    appendFileSync(bench.path('report/pairs.jsonl'), '{}\n');
    const changed = await verify('--json');
    expect(changed.code).toBe(3);
    const { files, holds, isRecounted } = JSON.parse(changed.stdout) as Line & { files: Line[] };
    expect([holds, isRecounted]).toEqual([false, false]);
    expect(files.filter(({ state }) => state === 'changed').map(({ kind, path }) => [kind, path])).toEqual([
      ['compared', 'train.jsonl'],
      ['output', 'pairs.jsonl'],
    ]);
    expect((await verify('--root', 'report')).stdout).toContain('  missing  test.jsonl: report/test.jsonl');
    await bench.runWith({ input: '{"text": "one"}\n' }, 'compare', '-', 'test.jsonl', '--out', 'report', '--quiet');
    const unknown = await verify();
    expect(unknown.code).toBe(3);
    expect(unknown.stdout).toContain('  unknown  -: standard input cannot be read again');
    expect(unknown.stdout).toContain('compare them whole, from disk');
  });

  it.each<[string, string, (lines: Line[]) => Line[], (report: Line) => void, RegExp]>([
    [
      'a duplicate less',
      'duplicates.jsonl',
      (lines) => lines.slice(1),
      () => undefined,
      /totals\.duplicates is 6; duplicates\.jsonl gives 5/,
    ],
    [
      'another kind',
      'duplicates.jsonl',
      (lines) => lines.map((line) => ({ ...line, kind: 'near', jaccard: 0.9 })),
      () => undefined,
      /totals\.byKind\.exact is 2; duplicates\.jsonl gives 0/,
    ],
    [
      'a record that stays',
      'drop.jsonl',
      (lines) => lines.slice(1),
      () => undefined,
      /drop\.jsonl line 1: duplicates\.jsonl has another record to drop there/,
    ],
    [
      'one more to drop',
      'drop.jsonl',
      (lines) => [...lines, lines[0]],
      () => undefined,
      /drop\.jsonl line 4: duplicates\.jsonl has no such record to drop/,
    ],
    [
      'one less to drop',
      'drop.jsonl',
      (lines) => lines.slice(0, 2),
      () => undefined,
      /drop\.jsonl has no line for duplicates\.jsonl line 3/,
    ],
    [
      'a larger cluster',
      'clusters.jsonl',
      (lines) => lines.map((line) => ({ ...line, records: 3 })),
      () => undefined,
      /clusters\.jsonl line 1: records is 3; duplicates\.jsonl gives 2/,
    ],
    [
      'a pair less',
      'pairs.jsonl',
      (lines) => lines.slice(1),
      () => undefined,
      /totals\.pairs is 1; pairs\.jsonl gives 0/,
    ],
    [
      'a key of its own',
      'pairs.jsonl',
      (lines) => lines.map((line) => ({ ...line, note: 'x' })),
      () => undefined,
      /pairs\.jsonl line 1: it is not as heldout writes it/,
    ],
    [
      'another file',
      'duplicates.jsonl',
      (lines) => lines.map((line) => ({ ...line, file: 'b.jsonl' })),
      () => undefined,
      /it names b\.jsonl, which is none of the files/,
    ],
    [
      'a rate',
      'clusters.jsonl',
      (lines) => lines,
      ({ overlaps }) => Object.assign((overlaps as Line[])[1]['rate'] as Line, { value: 0 }),
      /overlaps of test in train, rate\.value is 0; its records give 0\.75/,
    ],
    [
      'an overlap',
      'clusters.jsonl',
      (lines) => lines,
      ({ overlaps }) => Object.assign((overlaps as Line[])[0], { records: 0 }),
      /overlaps of train in test, records is 0; its kinds give 3/,
    ],
    [
      'records',
      'clusters.jsonl',
      (lines) => lines,
      ({ totals }) => Object.assign(totals as Line, { records: 99 }),
      /totals\.records is 99; the files give 34/,
    ],
  ])('counts again, digests or not, and finds %s', async (_what, file, edit, also, contradiction) => {
    await compare('train.jsonl', 'test.jsonl');
    forged.lines(file, edit, also);
    const { code, stdout } = await verify();
    expect(stdout).toMatch(contradiction);
    expect(stdout).toContain('\nDOES NOT HOLD ');
    expect(code).toBe(3);
  });

  it('finds settings that are not those of the id, another page, and does not vouch for another version', async () => {
    await compare('train.jsonl', 'test.jsonl');
    writeFileSync(bench.path('report/index.html'), 'clean');
    expect((await verify()).stdout).toContain('index.html is not what the report gives');
    forged.report(({ settings }) => Object.assign(settings as Line, { threshold: 0.3 }));
    expect((await verify()).stdout).toContain('the settings do not have the id that is stated');
    await compare('train.jsonl', 'test.jsonl');
    forged.report(({ tool }) => Object.assign(tool as Line, { version: '9.0.0' }));
    const other = await verify();
    expect(other.stdout).toContain('NOT ALL CHECKED  heldout 9.0.0 wrote the report');
    expect(other.code).toBe(3);
  });

  it('refuses what it has not got: another scan, a statement, a report of indexes or a damaged one', async () => {
    await compare('train.jsonl', 'test.jsonl');
    expect(await verify('--rescan')).toMatchObject({ code: 2, stdout: '' });
    expect((await verify('--attest', 'statement.json')).stderr).toContain('over the report of a scan');
    forged.report((report) => Object.assign(report, { totals: {} }));
    const damaged = await verify();
    expect(damaged).toMatchObject({ code: 2, stdout: '' });
    expect(damaged.stderr).toContain('damaged: totals.records is no number');
  });
});
