import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edited } from '../neardup/support.js';
import { LeakSearch } from './leaks.js';
import { Bench, FILLER, OTHER, QUESTION } from './run.js';
import type { Run } from './run.js';

const CHINESE = '一座石桥共有九个桥洞，中间的桥洞宽十二米，向两边每个桥洞依次窄一米，这座石桥的全长是多少米？';
const LONG = `${QUESTION} ${OTHER} ${QUESTION.split(' ').reverse().join(' ')}`;
const SLUG = QUESTION.toLowerCase().replace(/[^a-z0-9]+/g, '-');

const bench = new Bench();
const search = new LeakSearch(bench, [QUESTION, OTHER, CHINESE, LONG, FILLER]);
beforeAll(() => {
  bench.jsonl('test.jsonl', [
    { id: 'one', text: LONG, split: 'test' },
    { id: OTHER, text: OTHER, split: 'test' },
    { id: 'chinese', text: CHINESE, split: 'test' },
    { text: FILLER, split: 'test' },
  ]);
  // The other set tells the text of the secret one: near, exact, in another form; in an id, a file's name, a broken line.
  bench.jsonl(`public/${SLUG}.jsonl`, [
    { id: SLUG, text: edited(LONG, 5), split: 'train' },
    { id: 'same', text: OTHER, split: 'train' },
    { id: CHINESE, text: `「${CHINESE}」`, split: 'train' },
    { id: 'shouted', text: FILLER.toUpperCase(), split: 'train' },
  ]);
  bench.write('public/broken.jsonl', `${JSON.stringify({ text: 'of no one' })}\n{"text": ${QUESTION} ${CHINESE}\n`);
  bench.write('key', 'a key of more than sixteen bytes');
});
afterAll(() => bench.remove());

const compare = (out: string, ...more: string[]): Promise<Run> =>
  bench.run('compare', 'public/', 'test.jsonl', '--format', 'markdown,csv,junit', '--out', out, ...more);

describe('compare without --redact', () => {
  it('quotes the records in every file with texts, so that the search for them can fail', async () => {
    const run = await compare('open');
    expect(run.code).toBe(1);
    expect(search.in(run.stdout)).not.toBe(undefined);
    for (const [name, text] of search.outputsOf('open')) expect(search.in(text), name).not.toBe(undefined);
  });
});

describe('compare with --redact', () => {
  it.each([[[]], [['--json']], [['--quiet']], [['--within']], [['--limit', '2']], [['--split-column', 'split']]])(
    'has no eight words of any record in a row in any output, of either set, with %j',
    async (more) => {
      const run = await compare('closed', '--redact', ...more);
      expect(run.code).toBe(1);
      expect(search.outputsOf('closed')).toHaveLength(10);
      search.expectNone(run, 'closed');
    },
  );

  it('names no field in an error, which may be text', async () => {
    bench.jsonl('keys.jsonl', [{ [QUESTION]: '5' }]);
    const run = await bench.run('compare', 'keys.jsonl', 'test.jsonl', '--text-field', 'nope', '--redact');
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('no record has the field') as string });
    search.expectNone(run);
  });

  it('keeps every figure, and has lengths and digests for texts', async () => {
    await compare('open');
    const run = await compare('closed', '--redact-key', 'key');
    expect(run.stdout).toMatch(/redacted, \d+ characters [0-9a-f]{32}/);
    const figures = (dir: string): unknown =>
      lines(dir, 'pairs.jsonl').map(({ kind, cluster, jaccard, left, right }) => [
        kind,
        cluster,
        jaccard,
        [left, right].map(({ record, offset, drop }) => [record, offset, drop]),
      ]);
    expect(figures('closed')).toEqual(figures('open'));
    expect(new Set(lines('closed', 'pairs.jsonl').map(({ kind }) => kind))).toEqual(
      new Set(['near', 'exact', 'normalised']),
    );
    const open = lines('open', 'pairs.jsonl')[0].left.text ?? '';
    expect(lines('closed', 'pairs.jsonl')[0].left).toMatchObject({
      text: '',
      redacted: { length: open.length, hmac: expect.stringMatching(/^[0-9a-f]{32}$/) as string },
    });
    const [one, other] = ['open', 'closed'].map(
      (dir) => JSON.parse(readFileSync(bench.path(`${dir}/report.json`), 'utf8')) as { totals: unknown },
    );
    expect(other.totals).toEqual(one.totals);
  });

  it('is what report makes of the open report with the same key, and show says no more of either', async () => {
    await compare('closed', '--redact-key', 'key');
    await compare('open');
    const run = await bench.run(
      'report',
      'open',
      '--redact-key',
      'key',
      '--format',
      'markdown,csv,junit',
      '--out',
      'public-report',
    );
    search.expectNone(run, 'public-report');
    expect(search.outputsOf('public-report')).toEqual(search.outputsOf('closed'));
    search.expectNone(await bench.run('show', 'open', '--redact'));
    search.expectNone(await bench.run('show', 'open', '--redact', '--cluster', '1'));
    search.expectNone(await bench.run('show', 'closed'));
  });
});

interface Side {
  readonly record: number;
  readonly offset: number;
  readonly drop: boolean;
  readonly text?: string;
}

function lines(
  dir: string,
  file: string,
): { kind: string; cluster: number; jaccard: number; left: Side; right: Side }[] {
  return readFileSync(bench.path(`${dir}/${file}`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { kind: string; cluster: number; jaccard: number; left: Side; right: Side });
}
