import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { edited, sentence } from '../neardup/support.js';
import { Bench } from './run.js';

const bench = new Bench();
afterAll(() => bench.remove());

const TRAIN = Array.from({ length: 50 }, (_, i) => ({ id: `t${i}`, text: sentence(i) }));
const HELD = [
  { id: 'h0', text: TRAIN[3].text },
  { id: 'h1', text: edited(TRAIN[4].text, 12) },
  ...Array.from({ length: 20 }, (_, i) => ({ id: `n${i}`, text: sentence(500 + i) })),
];
bench.jsonl('train.jsonl', TRAIN);
bench.jsonl('test.jsonl', HELD);
bench.jsonl('clean.jsonl', HELD.slice(2));
bench.jsonl('rows.jsonl', [
  ...TRAIN.map((row) => ({ ...row, split: 'train' })),
  ...HELD.map((row) => ({ ...row, split: 'test' })),
]);

const lines = (path: string): { id: string; set: string }[] =>
  readFileSync(bench.path(path), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id: string; set: string });

describe('heldout compare', () => {
  it('says with status 1 and one sentence that the split is not clean, shows the pair, and names what to drop', async () => {
    const { code, stdout, stderr } = await bench.run('compare', 'train.jsonl', 'test.jsonl');
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toContain('Which records of one set are nearly the same as a record of another');
    expect(stdout).toMatch(/test +train +22 +2 +9\.1% \(2\.5–27\.8\) +1 +0 +1/);
    expect(stdout).toContain('[changed12]');
    expect(stdout).toContain(
      'NOT CLEAN  2 of 22 records of test (9.1%) are in train too: 1 exact, 1 near; drop 2 records (drop.jsonl) and no pair is left\n',
    );
    expect(lines('heldout-compare/drop.jsonl').map(({ set, id }) => `${set} ${id}`)).toEqual(['train t3', 'train t4']);
    expect(lines('heldout-compare/pairs.jsonl')).toMatchObject([{ kind: 'near' }, { kind: 'exact' }]);
    expect(lines('heldout-compare/duplicates.jsonl')).toHaveLength(4);
    expect(lines('heldout-compare/clusters.jsonl')).toHaveLength(2);
  });

  it('drops so much that comparing what is left is clean', async () => {
    await bench.run('compare', 'train.jsonl', 'test.jsonl');
    const dropped = new Set(lines('heldout-compare/drop.jsonl').map(({ id }) => id));
    bench.jsonl(
      'left.jsonl',
      TRAIN.filter(({ id }) => !dropped.has(id)),
    );
    const { code, stdout } = await bench.run('compare', 'left.jsonl', 'test.jsonl', '--out', 'left');
    expect(code).toBe(0);
    expect(stdout).toContain('CLEAN  no record of left is in test, of 70 records compared\n');
  });

  it('finds the same by a split column', async () => {
    const { code, stdout } = await bench.run('compare', 'rows.jsonl', '--split-column', 'split', '--out', 'rows');
    expect(code).toBe(1);
    expect(stdout).toContain('NOT CLEAN  2 of 22 records of test (9.1%) are in train too: 1 exact, 1 near');
  });

  it('looks inside one set with --within', async () => {
    const { code, stdout } = await bench.run('compare', '--within', 'train.jsonl', 'test.jsonl', '--out', 'within');
    expect(code).toBe(1);
    expect(stdout).toContain(
      'NOT CLEAN  4 of 72 records of train + test (5.6%) have a duplicate there: 2 exact, 2 near; drop 2 records',
    );
  });

  it('prints report.json with --json, and the sentence on standard error', async () => {
    const { code, stdout, stderr } = await bench.run(
      'compare',
      'a=train.jsonl',
      'b=test.jsonl',
      '--json',
      '--out',
      'json',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^heldout: NOT CLEAN: 2 of 22 records of b /);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(stdout).toBe(readFileSync(bench.path('json/report.json'), 'utf8'));
    expect(report).toMatchObject({
      schema: 'heldout-compare/1',
      question: { measure: 'jaccard', threshold: 0.8, bands: 21, rows: 6 },
      totals: { records: 72, duplicates: 4, drop: 2, pairs: 1 },
      sets: [
        { name: 'a', files: ['train.jsonl'] },
        { name: 'b', files: ['test.jsonl'] },
      ],
    });
  });

  it('allows what the policy allows', async () => {
    const { code, stdout } = await bench.run(
      'compare',
      'train.jsonl',
      'test.jsonl',
      '--max-duplicates',
      '4',
      '--quiet',
    );
    expect([code, stdout]).toEqual([0, 'CLEAN  4 records with a duplicate; the policy allows 4\n']);
  });

  it('does not say clean of what it has not compared', async () => {
    bench.jsonl('wordless.jsonl', [{ text: '?!' }, { text: '...' }]);
    const wordless = await bench.run('compare', 'train.jsonl', 'wordless.jsonl', '--quiet');
    expect(wordless).toMatchObject({
      code: 3,
      stdout: 'INCOMPLETE  wordless has no record with a word in it: nothing of it was compared\n',
    });
    const limited = await bench.run('compare', 'train.jsonl', 'clean.jsonl', '--limit', '10', '--quiet');
    expect(limited).toMatchObject({
      code: 3,
      stdout: 'INCOMPLETE  no more than the first 10 records of 2 files were read (--limit)\n',
    });
    const alone = await bench.run('compare', 'train.jsonl', '--split-column', 'id.none', '--quiet');
    expect(alone.code).not.toBe(0);
    expect(alone.stdout).not.toContain('CLEAN');
    bench.write('cut.jsonl', `${JSON.stringify(TRAIN[0])}\n{"text": "cut\n`);
    const broken = await bench.run('compare', 'cut.jsonl', 'clean.jsonl', '--quiet');
    expect(broken).toMatchObject({ code: 3 });
  });

  it('says what was compared less, and of a split that records do not name', async () => {
    bench.jsonl('short.jsonl', [{ text: 'yes' }, { text: '?!' }, { text: 'two words' }, { text: sentence(4000) }]);
    const short = await bench.run('compare', 'short.jsonl', 'test.jsonl', '--out', 'short');
    expect(short.stdout).toContain('1 record without a single word: compared with nothing.');
    expect(short.stdout).toContain('2 records of a single shingle: near can only mean the same words there.');
    const rows = [
      { text: sentence(1), split: 'a' },
      { text: sentence(1), split: 'b' },
      ...[undefined, null, '', ' ', ['a']].map((split) => ({ text: sentence(1), split })),
    ];
    bench.jsonl('splits.jsonl', rows);
    const splits = await bench.run('compare', 'splits.jsonl', '--split-column', 'split', '--out', 'splits');
    expect(splits.code).toBe(1);
    expect(splits.stdout).toContain(
      '  5 records without a split\n    splits.jsonl record 3: it has no split in split\n',
    );
    expect(splits.stdout).toContain(
      'NOT CLEAN  1 of 1 record of a (100%) is in b too: 1 exact; drop 1 record (drop.jsonl) and no pair is left\n',
    );
    const none = await bench.run('compare', 'splits.jsonl', '--split-column', 'fold', '--out', 'splits', '--quiet');
    expect(none).toMatchObject({ code: 2 });
    expect(none.stdout).toContain('INCOMPLETE  no record says which split it belongs to in fold (--split-column)\n');
  });

  it('takes inputs under one name for one set, and a name for a name also where all are one', async () => {
    const args = ['train=train.jsonl', 'train=clean.jsonl', 'test.jsonl'];
    const { stdout } = await bench.run('compare', ...args, '--out', 'named');
    expect(stdout).toMatch(/\ntest +train +22 +22 +100%/);
    const { code } = await bench.run('compare', '--within', 'x=train.jsonl', '--out', 'named');
    expect(code).toBe(0);
    const alone = await bench.run('compare', 'x=train.jsonl', 'x=test.jsonl', '--out', 'named');
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('there is nothing to compare with')]);
  });

  it('lists the pairs of sets with most found where there are many', async () => {
    const rows = Array.from({ length: 24 }, (_, i) => ({ text: sentence(i % 23), split: `s${i}` }));
    bench.jsonl('many.jsonl', rows);
    const { stdout } = await bench.run('compare', 'many.jsonl', '--split-column', 'split', '--out', 'many');
    expect(stdout).toMatch(/\ns0 +s23 +1 +1 +100%.*\ns23 +s0 +1 +1 +100%/);
    expect(stdout).toContain('\nand 522 more pairs of sets with no more found, in report.json\n');
  });

  it.each([
    [['train.jsonl'], 'there is nothing to compare with'],
    [['train.jsonl', 'train.jsonl'], 'is given twice. Compare a set with itself by --within'],
    [['--within', 'train.jsonl', 'train.jsonl'], 'is given twice. Once is enough'],
    [['a=train.jsonl', 'b=./train.jsonl'], 'train.jsonl is in two sets, a and b'],
    [['t*.jsonl', 'train.jsonl'], 'train.jsonl is in two sets, t*.jsonl and train'],
    [['a=-', 'b=-'], 'standard input (-) is given twice, but it comes once'],
    [['-', '-'], 'standard input (-) is given twice, but it comes once'],
    [['train.jsonl', 'none.jsonl'], 'no such file'],
    [['train.jsonl', 'test.jsonl', '--within', '--split-column', 'x'], 'ask one at a time'],
    [['train.jsonl', 'test.jsonl', '--threshold', '2'], 'It must be a similarity'],
    [['train.jsonl', 'test.jsonl', '--shingle', 'lines:3'], 'It must look like words:3'],
    [['train.jsonl', 'test.jsonl', '--memory', '9'], 'It must be a size'],
    [['train.jsonl', 'test.jsonl', '--keep', 'val'], 'there is no such set'],
    [['train.jsonl', 'test.jsonl', '--text-field', 'body'], 'no record has the field'],
  ])('refuses %j with status 2', async (args, message) => {
    const { code, stderr } = await bench.run('compare', ...args, '--out', 'refused');
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(existsSync(bench.path('refused'))).toBe(false);
  });

  it('leaves nothing in the scratch folder, also when it fails', async () => {
    bench.write('scratch/keep.txt', '');
    await bench.run('compare', 'train.jsonl', 'test.jsonl', '--scratch', 'scratch', '--memory', '4MB');
    await bench.run('compare', 'train.jsonl', 'test.jsonl', '--scratch', 'scratch', '--keep', 'nobody');
    expect(readdirSync(bench.path('scratch'))).toEqual(['keep.txt']);
    const { code, stderr } = await bench.run('compare', 'train.jsonl', 'test.jsonl', '--scratch', 'nowhere');
    expect(code).toBe(2);
    expect(stderr).toContain('Choose another folder with --scratch');
  });

  it('shows hostile text harmlessly', async () => {
    const hostile = (n: number): string => edited(`\u001b[31m${sentence(900)} \u202e${sentence(901)}`, n);
    bench.jsonl('one.jsonl', [{ id: 'x\u001b[2J', text: hostile(10) }]);
    bench.jsonl('two.jsonl', [{ id: 'y', text: hostile(20) }]);
    const { code, stdout } = await bench.run('compare', 'one.jsonl', 'two.jsonl');
    expect(code).toBe(1);
    // eslint-disable-next-line no-control-regex -- controls are what this is about
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
    // eslint-disable-next-line no-control-regex -- controls are what this is about
    expect(readFileSync(bench.path('heldout-compare/pairs.jsonl'), 'utf8')).not.toMatch(/[\u001b\u202e]/);
  });
});
