import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, FILLER, OTHER, QUESTION } from './run.js';
import type { Run } from './run.js';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
  bench.jsonl('bench.jsonl', [
    { id: 'natalia', question: QUESTION, answer: '72' },
    { id: 'robe', question: OTHER, answer: '3' },
  ]);
  bench.jsonl('corpus/clean.jsonl', [{ text: FILLER }]);
  bench.jsonl('corpus/leaky.jsonl', [{ text: FILLER }, { text: `Homework. ${QUESTION} It is 72. ${FILLER}` }]);
});
afterEach(() => bench.remove());

const DAY_MS = 86_400_000;
const day = (fromToday: number): string => new Date(Date.now() + fromToday * DAY_MS).toISOString().slice(0, 10);
const config = (rest: object): void =>
  void bench.write(
    'heldout.config.json',
    JSON.stringify({ benchmarks: ['bench.jsonl'], against: ['corpus/'], ...rest }),
  );
const waive = (expires: string): unknown[] => [
  { benchmark: 'bench', item: 'natalia', reason: 'printed in our own docs', expires },
];

/** Refused before anything was scanned or written. */
function expectRefused(run: Run, ...says: string[]): void {
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toMatch(/^heldout: [^\n]+\n$/);
  for (const said of says) expect(run.stderr).toContain(said);
}

describe('heldout scan without arguments', () => {
  it('runs the config: benchmarks, corpora, folder and policy', async () => {
    config({ out: 'reports/today', policy: { maxContaminated: 1 } });
    const run = await bench.run('scan');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('PASS  1 of 2 checked items contaminated, none that the policy forbids; 1 within');
    expect(existsSync(bench.path('reports/today/report.json'))).toBe(true);
  });

  it('fails with one line for each condition that is not met, where it is and what to do', async () => {
    config({ policy: { benchmarks: { bench: { maxContaminatedRate: 0.1 } } } });
    const run = await bench.run('scan', '--quiet');
    expect(run.code).toBe(1);
    expect(run.stdout).toBe(
      'CONTAMINATED  bench: 1 item of 2 checked; the policy allows 10%: bench natalia (question+answer, 100%) in ' +
        'corpus/leaky.jsonl record 2. Take them out with "heldout clean", or waive them in heldout.config.json, or take ' +
        'this report as a --baseline\n',
    );
  });

  it('is held to what is typed before what the config says', async () => {
    config({ policy: { maxContaminated: 0 }, out: 'a' });
    const run = await bench.run('scan', '--config', 'heldout.config.json', '--max-contaminated', '1', '--out', 'b');
    expect(run.code).toBe(0);
    expect([existsSync(bench.path('a')), existsSync(bench.path('b'))]).toEqual([false, true]);
    const other = await bench.run('scan', '--config', 'heldout.config.json', '--against', 'corpus/clean.jsonl');
    expect(other.code).toBe(0);
  });

  it('is refused where there is no config, and says what there could be', async () => {
    expectRefused(await bench.run('scan'), 'nothing to scan', 'heldout.config.json');
  });

  it('takes paths from the folder of the config', async () => {
    bench.write('ci/gate.json', JSON.stringify({ benchmarks: ['../bench.jsonl'], against: ['../corpus/*.jsonl'] }));
    const run = await bench.run('scan', '--config', 'ci/gate.json', '--quiet');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('in corpus/leaky.jsonl record 2');
  });

  it.each([
    ['a key that is not known', { polcy: {} }, 'Did you mean policy?'],
    [
      'a value of a wrong type',
      { policy: { maxContaminated: 'few' } },
      'policy.maxContaminated must be a whole number',
    ],
    ['a waiver that has expired', { waivers: waive(day(-1)) }, `expired on ${day(-1)} ("printed in our own docs")`],
  ])('is refused for %s, and an older report stays as it was', async (_what, rest, says) => {
    config({});
    await bench.run('scan', '--quiet');
    const before = readFileSync(bench.path('heldout-report/report.json'), 'utf8');
    config(rest);
    expectRefused(await bench.run('scan'), 'heldout.config.json: ', says);
    expect(readFileSync(bench.path('heldout-report/report.json'), 'utf8')).toBe(before);
  });
});

describe('A waiver', () => {
  it('lets its item pass up to its last day, and says so', async () => {
    config({ waivers: waive(day(0)) });
    const run = await bench.run('scan', '--quiet');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('; 1 waived');
  });

  it('that waives nothing is named', async () => {
    config({ waivers: [{ benchmark: 'bench', item: 'natalie', reason: 'a slip', expires: day(9) }] });
    const run = await bench.run('scan');
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('the waiver of bench natalie waives nothing');
  });
});

describe('A baseline', () => {
  const scan = (...rest: string[]): Promise<Run> =>
    bench.run('scan', 'bench.jsonl', '--against', 'corpus/', '--quiet', ...rest);

  it('lets pass what it had, and fails for what is new alone', async () => {
    await scan('--out', 'base');
    expect(await scan('--baseline', 'base')).toMatchObject({
      code: 0,
      stdout: 'PASS  1 of 2 checked items contaminated, none that the policy forbids; 1 known from the baseline\n',
    });
    bench.jsonl('corpus/more.jsonl', [{ text: `${OTHER} It takes 3.` }]);
    const run = await scan('--baseline', 'base/report.json');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('1 item of 2 checked; the policy allows none: bench robe');
    expect(run.stdout).not.toContain('natalia');
  });

  it('that cannot be trusted is refused before the scan', async () => {
    await scan('--out', 'base');
    expectRefused(await scan('--baseline', 'base', '--out', 'base'), 'the new report would go where the baseline is');
    expectRefused(await scan('--baseline', 'none'), 'none/report.json: cannot be read: no such file');
    const items = bench.path('base/items.jsonl');
    const whole = readFileSync(items);
    truncateSync(items, 100);
    expectRefused(await scan('--baseline', 'base'), 'base/items.jsonl: cut short: 100 bytes of');
    writeFileSync(items, whole.toString().replace('natalia', 'natalie'));
    expectRefused(await scan('--baseline', 'base'), 'it is not the file that report.json was written beside');
    const report = bench.path('base/report.json');
    writeFileSync(report, readFileSync(report, 'utf8').replace('heldout-report/1', 'heldout-report/99'));
    expectRefused(
      await scan('--baseline', 'base'),
      'a report of another version (heldout-report/99; this heldout reads',
    );
  });
});

describe('What the policy said', () => {
  const all = ['--format', 'html,markdown,junit'];
  const read = (path: string): string => readFileSync(bench.path(`heldout-report/${path}`), 'utf8');
  const gate = (): Record<string, unknown> =>
    (JSON.parse(read('report.json')) as { gate: Record<string, unknown> }).gate;

  it('is in report.json, on the page, in Markdown and in JUnit: each condition that is not met', async () => {
    config({ policy: { benchmarks: { bench: { maxContaminatedRate: 0.1 } }, skips: { 'no-text': 'any' } } });
    const run = await bench.run('scan', '--quiet', ...all);
    const line = run.stdout.replace('CONTAMINATED  ', '').trim();
    expect(gate()).toMatchObject({
      state: 'failed',
      lines: [{ word: 'CONTAMINATED', text: line }],
      counted: 1,
      policy: { skips: { 'no-text': 'any' } },
    });
    expect(read('index.html')).toContain('Policy: <span class="v-contaminated">failed</span>');
    expect(read('index.html')).toContain('the policy allows 10%: bench natalia');
    expect(read('summary.md')).toContain('### Policy: failed\n\n- **CONTAMINATED** bench: 1 item of 2 checked');
    expect(read('junit.xml')).toContain('<testsuite name="policy" tests="1" failures="1"');
    expect((await bench.run('verify', 'heldout-report')).code).toBe(0);
  });

  it('names the waivers with reason, last day and use, and a waived item fails no test', async () => {
    const stray = { benchmark: 'bench', item: 'natalie', reason: 'a <b>slip</b>', expires: day(9) };
    config({ waivers: [...waive(day(5)), stray] });
    await bench.run('scan', '--quiet', ...all);
    expect(gate()).toMatchObject({
      state: 'passed',
      waivers: [
        { item: 'natalia', use: 'waived' },
        { item: 'natalie', use: 'no such item' },
      ],
    });
    for (const file of ['index.html', 'summary.md']) {
      expect(read(file)).toContain('printed in our own docs');
      expect(read(file)).toContain(day(5));
      expect(read(file)).not.toContain('<b>slip');
    }
    expect(read('junit.xml')).toContain(
      `<skipped message="contaminated, waived up to ${day(5)}: printed in our own docs"/>`,
    );
    expect(read('junit.xml')).toMatch(/<testsuites name="heldout" tests="3" failures="0"/);
    expect((await bench.run('verify', 'heldout-report')).code).toBe(0);
  });

  it('is rendered again from report.json alone, and stands in a report without text', async () => {
    config({ waivers: waive(day(5)) });
    await bench.run('scan', '--quiet', ...all);
    const [page, summary] = [read('index.html'), read('summary.md')];
    await bench.run('report', 'heldout-report', ...all);
    expect([read('index.html'), read('summary.md')]).toEqual([page, summary]);
    await bench.run('report', 'heldout-report', '--redact', '--out', 'closed', ...all);
    expect(readFileSync(bench.path('closed/summary.md'), 'utf8')).toContain('### Policy: passed');
  });

  it('names the baseline, and says where it is of another benchmark or of one that changed', async () => {
    config({});
    await bench.run('scan', '--quiet', '--out', 'base');
    bench.jsonl('bench.jsonl', [
      { id: 'natalia', question: OTHER, answer: '3' },
      { id: 'robe', question: QUESTION, answer: '72' },
    ]);
    bench.jsonl('corpus/more.jsonl', [{ text: OTHER }]);
    const run = await bench.run('scan', '--quiet', '--baseline', 'base', ...all);
    expect(run.stderr).toContain(
      'base: benchmark bench has changed since the baseline: an item passes as known if one of',
    );
    for (const file of ['index.html', 'summary.md', 'junit.xml'])
      expect(read(file)).toContain('has changed since the baseline');
    bench.jsonl('other.jsonl', [{ id: 'natalia', question: QUESTION }]);
    const other = await bench.run('scan', 'other.jsonl', '--against', 'corpus', '--baseline', 'base', '--quiet');
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('base: benchmark other is not in the baseline (it has bench)');
    expect((await bench.run('verify', 'heldout-report')).code).toBe(0);
    writeFileSync(bench.path('base/items.jsonl'), '');
    expect((await bench.run('verify', 'heldout-report')).stdout).toContain(
      'not checked  what the policy said: the baseline base is',
    );
  });

  it('cannot be edited unseen', async () => {
    config({});
    await bench.run('scan', '--quiet');
    const forged = read('report.json').replace('"state": "failed"', '"state": "passed"');
    writeFileSync(bench.path('heldout-report/report.json'), forged);
    const run = await bench.run('verify', 'heldout-report');
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('report.json, gate.state is "passed"; items and policy give "failed"');
  });
});
