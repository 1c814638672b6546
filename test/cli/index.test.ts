import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { Bench, QUESTION } from './run.js';
import type { Run } from './run.js';

const bench = new Bench();
afterAll(() => bench.remove());
bench.jsonl('bench.jsonl', [{ id: 'clips', question: QUESTION }]);
bench.jsonl('corpus.jsonl', [{ id: 'd', text: `Before it. ${QUESTION} And after it.` }]);
const scan = (index: string, ...more: string[]): Promise<Run> =>
  bench.run('scan', 'bench.jsonl', '--against', index, '--out', 'report', ...more);

describe('heldout index', () => {
  it('makes what a scan takes in place of the corpus, with the same exit status', async () => {
    const built = await bench.run('index', 'corpus.jsonl', '--out', 'a.heldout');
    expect(built).toMatchObject({ code: 0, stdout: expect.stringContaining('every run of 13 words') as string });
    const asked = await scan('a.heldout');
    expect(asked.code).toBe(1);
    expect(asked.stdout).toContain('every shared run of 13 words is found');
    const report = JSON.parse(readFileSync(bench.path('report/report.json'), 'utf8')) as {
      guarantee: { method: string };
    };
    expect(report.guarantee.method).toBe('index');
    expect((await bench.run('inspect', 'a.heldout')).stdout).toContain('integrity  whole');
  });

  it('with --records tells records like whole items: on the terminal, in the report, on the page', async () => {
    const built = await bench.run('index', 'corpus.jsonl', '--out', 'r.heldout', '--records');
    expect(built).toMatchObject({ code: 0, stdout: expect.stringContaining('signatures of 1 record') as string });
    const asked = await scan('r.heldout');
    expect(asked.code).toBe(1);
    expect(asked.stdout).toMatch(/Near-duplicate records 1 item of 1, 1 confirmed by the text/);
    expect(asked.stdout).toMatch(/0\.\d{3} +bench clips +question +corpus\.jsonl record 1/);
    const read = (name: string): string => readFileSync(bench.path(`report/${name}`), 'utf8');
    expect(JSON.parse(read('report.json'))).toMatchObject({
      nearRecords: { threshold: 0.7, recall: { at80: 0.997 }, itemsCompared: 1, itemsConfirmed: 1 },
    });
    const item = { found: 1, closest: [{ file: 'corpus.jsonl', record: 1, parts: 'question', confirmed: true }] };
    expect(JSON.parse(read('items.jsonl'))).toMatchObject({ nearRecords: item });
    const page = read('index.html');
    expect(page).toContain('Near-duplicate records</h2>');
    expect((await bench.run('report', 'report')).code).toBe(0);
    expect(read('index.html')).toBe(page);
    expect((await bench.run('inspect', 'r.heldout')).stdout).toMatch(/records +signatures of 1 record[^]*whole/);
    const published = await bench.run('merge', 'r.heldout', '--out', 'rp.heldout', '--publish');
    expect(published.stdout).not.toContain('signatures');
    expect(await bench.run('index', 'corpus.jsonl', '--out', 'x', '--records', '--publish')).toMatchObject({ code: 2 });
  });

  it('never writes over anything', async () => {
    const again = await bench.run('index', 'corpus.jsonl', '--out', 'a.heldout');
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') as string });
  });

  it('with --publish warns, keeps no name and no location, and its hits are no pass', async () => {
    const built = await bench.run('index', 'corpus.jsonl', '--out', 'p.heldout', '--publish');
    expect(built).toMatchObject({ code: 0, stderr: expect.stringContaining('is this text in the corpus?') as string });
    expect(readFileSync(bench.path('p.heldout/inputs.jsonl'), 'utf8')).not.toContain('corpus.jsonl');
    const asked = await scan('p.heldout');
    expect(asked).toMatchObject({ code: 3, stdout: expect.stringContaining('1 item unconfirmed') as string });
  });

  it('refuses a pipe, a guarantee out of range and two sorts of things to scan', async () => {
    expect(await bench.run('index', '-', '--out', 'b.heldout')).toMatchObject({ code: 2 });
    expect(await bench.run('index', 'corpus.jsonl', '--out', 'b.heldout', '--guarantee', '7')).toMatchObject({
      code: 2,
    });
    expect(await scan('a.heldout', '--against', 'corpus.jsonl')).toMatchObject({ code: 2 });
  });
});
