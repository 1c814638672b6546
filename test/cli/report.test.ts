import { existsSync, readFileSync, readdirSync, truncateSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, FILLER, OTHER, QUESTION } from './run.js';

let bench: Bench;
beforeEach(async () => {
  bench = new Bench();
  bench.jsonl('bench.jsonl', [
    { id: 'natalia', question: QUESTION, answer: '72' },
    { id: 'robe', question: OTHER, answer: '3' },
  ]);
  bench.jsonl('corpus.jsonl', [{ text: FILLER }, { text: `Homework. ${QUESTION} The answer is 72.` }]);
  await bench.run('scan', 'bench.jsonl', '--against', 'corpus.jsonl', '--out', 'first');
});
afterEach(() => bench.remove());

const read = (path: string): string => readFileSync(bench.path(path), 'utf8');

describe('heldout report', () => {
  it('makes the same page as the scan did, without any input', async () => {
    const page = read('first/index.html');
    bench.write('first/index.html', 'lost');
    bench.write('corpus.jsonl', 'gone');
    const run = await bench.run('report', 'first');
    expect(run).toMatchObject({ code: 0, stdout: 'first/index.html\n', stderr: '' });
    expect(read('first/index.html')).toBe(page);
  });

  it('writes the other formats beside it, as a scan with --format does', async () => {
    const run = await bench.run('report', 'first', '--format', 'markdown,csv,sarif,junit');
    expect(run.stdout.split('\n').filter(Boolean)).toHaveLength(7);
    await bench.run(
      'scan',
      'bench.jsonl',
      '--against',
      'corpus.jsonl',
      '--out',
      'second',
      '--format',
      'csv,junit,markdown,sarif',
    );
    for (const name of readdirSync(bench.path('second')))
      expect(read(`first/${name}`), name).toBe(read(`second/${name}`));
  });

  it('has formats of an older report taken away by the next scan', async () => {
    await bench.run('report', 'first', '--format', 'csv');
    await bench.run('scan', 'bench.jsonl', '--against', 'corpus.jsonl', '--out', 'first');
    expect(readdirSync(bench.path('first')).sort()).toEqual([
      'index.html',
      'items.jsonl',
      'matches.jsonl',
      'report.json',
    ]);
  });

  it('says what changed since an earlier report', async () => {
    bench.jsonl('corpus.jsonl', [{ text: FILLER }, { text: `Homework. ${OTHER} Three.` }]);
    await bench.run('scan', 'bench.jsonl', '--against', 'corpus.jsonl', '--out', 'second');
    const run = await bench.run('report', 'second', '--compare', 'first');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('1 item worse, 1 better, 0 otherwise changed, 0 the same');
    expect(run.stdout).toContain('corpus file corpus.jsonl: changed');
    expect(run.stdout).toMatch(/bench robe {2}clean → contaminated · question\S* [\d.]+% in corpus\.jsonl record 2/);
    expect(read('second/changes.html')).toContain('Changes since the earlier report');
    const json = await bench.run('report', 'second', '--compare', 'first', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      worse: [{ item: 'robe' }],
      better: [{ item: 'natalia' }],
      same: 0,
    });
  });

  it('refuses in one line what it cannot believe or must not overwrite, and changes nothing', async () => {
    bench.write('mine/notes.txt', 'mine');
    const before = read('first/index.html');
    const wrong: [string[], RegExp][] = [
      [['report', 'nowhere'], /nowhere/],
      [['report', 'mine'], /report\.json/],
      [['report', 'first', '--format', 'pdf'], /html, markdown, csv, sarif, junit/],
      [['report', 'first', '--out', 'mine'], /not empty and holds no heldout report/],
      [['report', 'first', '--out', './first/'], /--out/],
      [['report', 'first', '--compare', 'mine'], /mine/],
    ];
    for (const [args, says] of wrong) {
      const run = await bench.run(...args);
      expect(run, args.join(' ')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(says) as string });
      expect(run.stderr.trimEnd().split('\n'), run.stderr).toHaveLength(1);
    }
    const other = JSON.parse(read('first/report.json')) as Record<string, unknown>;
    bench.write('first/report.json', JSON.stringify({ ...other, schema: 'heldout-report/9' }));
    expect((await bench.run('report', 'first')).stderr).toMatch(/another version \(heldout-report\/9/);
    bench.write('first/report.json', JSON.stringify(other));
    truncateSync(bench.path('first/matches.jsonl'), 50);
    expect((await bench.run('report', 'first')).stderr).toMatch(/matches\.jsonl: cut short: 50 bytes of/);
    expect(read('first/index.html')).toBe(before);
    expect(readdirSync(bench.path('mine'))).toEqual(['notes.txt']);
    expect(existsSync(bench.path('nowhere'))).toBe(false);
  });
});
