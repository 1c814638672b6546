import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { sentence } from '../neardup/support.js';
import { Bench } from './run.js';
import type { Run } from './run.js';

const bench = new Bench();
afterAll(() => bench.remove());

const TRAIN = Array.from({ length: 2000 }, (_, i) => ({ id: `t${i}`, text: sentence(i) }));
const JSONL = TRAIN.map((record) => `${JSON.stringify(record)}\n`).join('');
bench.jsonl('test.jsonl', [
  { id: 'h0', text: TRAIN[3].text },
  { id: 'h1', text: sentence(9000) },
]);
bench.write('train.jsonl', JSONL);
mkdirSync(bench.path('scratch'));

const PARQUET = new Uint8Array(
  parquetWriteBuffer({
    columnData: [
      { name: 'id', data: TRAIN.map(({ id }) => id), type: 'STRING' },
      { name: 'text', data: TRAIN.map(({ text }) => text), type: 'STRING' },
    ],
  }),
);

interface Report {
  readonly sets: readonly { readonly name: string; readonly files: readonly string[] }[];
  readonly totals: unknown;
  readonly provenance: { readonly files: readonly { path: string; container: string; bytes: number; xxh64: string }[] };
}

const report = (): Report => JSON.parse(readFileSync(bench.path('out/report.json'), 'utf8')) as Report;
const compare = (input: string | Uint8Array | undefined, ...args: string[]): Promise<Run> =>
  bench.runWith({ input }, 'compare', ...args, '--scratch', 'scratch', '--out', 'out');

describe('Standard input', { timeout: 30_000 }, () => {
  const nothingLeft = (): void => expect(readdirSync(bench.path('scratch'))).toEqual([]);

  it.each([
    ['JSON lines', 'jsonl', JSONL],
    ['compressed', 'jsonl', gzipSync(JSONL)],
    ['Parquet', 'parquet', PARQUET],
  ])('is a set as a file is, and gone from the disk afterwards: %s', async (_what, container, input) => {
    const file = bench.write('train.any', input);
    await bench.run('compare', `stdin=${file}`, 'test.jsonl', '--out', 'out');
    const { totals, provenance } = report();
    const { code, stdout } = await compare(input, '-', 'test.jsonl');
    expect(code).toBe(1);
    expect(stdout).toContain('NOT CLEAN  1 of 2 records of test (50.0%) is in stdin too: 1 exact');
    expect(report().totals).toEqual(totals);
    expect(report().sets.map(({ name, files }) => [name, ...files])).toEqual([
      ['stdin', '-'],
      ['test', 'test.jsonl'],
    ]);
    expect(report().provenance.files[0]).toMatchObject({ ...provenance.files[0], path: '-', container });
    nothingLeft();
  });

  it('can be named, split by a column, and looked into', async () => {
    expect((await compare(JSONL, 'train=-', 'test.jsonl')).stdout).toContain('is in train too');
    const rows = TRAIN.map((record, i) => `${JSON.stringify({ ...record, split: i % 2 ? 'a' : 'b' })}\n`).join('');
    expect((await compare(rows, '-', '--split-column', 'split')).stdout).toContain('CLEAN  no record of b is in a');
    expect((await compare(JSONL, '--within', '-', 'test.jsonl')).stdout).toContain('of stdin + test (0.1%)');
    nothingLeft();
  });

  it.each([
    ['empty', '', '-: it is empty'],
    ['no text at all', Buffer.from('PK\u0003\u0004').toString() + 'x'.repeat(100), '-: it looks like'],
  ])('that is %s is said to be', async (_what, input, message) => {
    const { code, stdout } = await compare(input, '-', 'test.jsonl');
    expect(stdout).toContain(message);
    expect(stdout).toContain('INCOMPLETE  stdin has no record with a word in it');
    expect(code).toBe(3);
    const alone = await compare(input, '--within', '-');
    expect(alone).toMatchObject({ code: 2, stdout: '' });
    expect(alone.stderr).toContain(`nothing to compare: ${message}`);
    nothingLeft();
  });

  it('is not waited for where another input is not there, or the scratch folder is not', async () => {
    const started = (): void => undefined;
    const other = await bench.runWith({ started }, 'compare', '-', 'none.jsonl');
    expect(other).toMatchObject({ code: 2 });
    expect(other.stderr).toContain('none.jsonl: no such file');
    const nowhere = await bench.runWith({ started }, 'compare', '-', 'test.jsonl', '--scratch', 'nowhere');
    expect(nowhere).toMatchObject({ code: 2 });
    expect(nowhere.stderr).toContain('Choose another folder with --scratch');
  });

  it.each(['silent', 'endless'])(
    'that is %s is left at Ctrl-C: no report, an older one as it was, no scratch',
    async (how) => {
      await bench.run('compare', 'train.jsonl', 'test.jsonl', '--out', 'out');
      const before = readFileSync(bench.path('out/report.json'), 'utf8');
      const started = (child: ChildProcess): void => {
        const more = how === 'endless' ? setInterval(() => child.stdin?.write(JSONL), 20) : undefined;
        setTimeout(() => child.kill('SIGINT'), 3000);
        child.on('exit', () => clearInterval(more));
      };
      const run = await bench.runWith(
        { started },
        'compare',
        '-',
        'test.jsonl',
        '--scratch',
        'scratch',
        '--out',
        'out',
      );
      expect(run).toMatchObject({ code: 130, stdout: '' });
      expect(run.stderr).toContain('interrupted before standard input was read to its end');
      expect(readFileSync(bench.path('out/report.json'), 'utf8')).toBe(before);
      nothingLeft();
    },
  );

  it('leaves no text behind when two Ctrl-C end everything at once', async () => {
    const all = JSONL.repeat(40);
    const isKept = (): boolean =>
      readdirSync(bench.path('scratch')).some(
        (name) => statSync(bench.path(`scratch/${name}/0`), { throwIfNoEntry: false })?.size === all.length,
      );
    const started = (child: ChildProcess): void => {
      child.stdin?.end(all);
      // Both are heard at once, between two windows of the first pass.
      const again = setInterval(() => {
        if (!isKept()) return;
        clearInterval(again);
        child.kill('SIGINT');
        child.kill('SIGTERM');
      }, 5);
      child.on('exit', () => clearInterval(again));
    };
    const run = await bench.runWith({ started }, 'compare', '-', 'test.jsonl', '--scratch', 'scratch', '--out', 'left');
    expect(run.code).toBe(130);
    expect(existsSync(bench.path('left'))).toBe(false);
    nothingLeft();
  });
});
