import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench, FILLER, OTHER, QUESTION } from './run.js';
import type { Run } from './run.js';

const CHOICES = [
  'because the old stone mill by the northern river stopped turning many winters ago',
  'because the keeper of the lamps forgot to wind the great brass clock on Sunday',
];
const CHINESE = '一座石桥共有九个桥洞，中间的桥洞宽十二米，向两边每个桥洞依次窄一米，这座石桥的全长是多少米？';
const ANSWER = 'She sold seventy two clips altogether in the two months of April and May of that year';
const SLUG = QUESTION.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** Every text of the secret test set. */
const SECRET = [QUESTION, OTHER, ...CHOICES, CHINESE, ANSWER];

const bench = new Bench();
beforeAll(() => {
  bench.jsonl('secret.jsonl', [
    { id: 'natalia', question: QUESTION, answer: ANSWER },
    { id: OTHER, question: OTHER, choices: CHOICES, answer: 0 },
    { id: CHINESE, question: CHINESE },
    { id: 'natalia', question: `${OTHER} And a second time: ${QUESTION}` },
  ]);
  bench.write('secret.jsonl.broken.jsonl', `${JSON.stringify({ question: OTHER })}\n{"question": "${QUESTION}" oops\n`);
  // Where a corpus quotes the test set, so do its ids, its file names and what is broken in it.
  bench.jsonl('corpus/leaky.jsonl', [
    { text: FILLER },
    { id: SLUG, text: `Homework. ${QUESTION} ${ANSWER}. ${FILLER}` },
    { id: CHINESE, text: `题目：${CHINESE} 解答` },
    { id: 'robe', text: `${OTHER} ${CHOICES.join(' ')}` },
  ]);
  bench.write(`corpus/${SLUG}.md`, `# ${QUESTION}\n\n${OTHER}\n`);
  bench.write('corpus/broken.jsonl', `${JSON.stringify({ text: FILLER })}\n{"text": ${QUESTION} ${CHINESE}\n`);
  bench.write('key', 'a key of more than sixteen bytes');
});
afterAll(() => bench.remove());

/** Words of any writing; in scripts without spaces, characters. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];
}

/** Runs of eight words that may stand nowhere, as `a b c …`. */
const FORBIDDEN = SECRET.flatMap((text) => {
  const words = wordsOf(text);
  return words.slice(7).map((_, i) => words.slice(i, i + 8).join(' '));
});

/** The first eight words of the test set that a text holds, however they are escaped or joined. */
function leak(text: string): string | undefined {
  const plain = text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/%([0-9a-f]{2})/gi, ' ')
    .replace(/\\[nrt"\\/]/g, ' ');
  const words = ` ${wordsOf(plain).join(' ')} `;
  return FORBIDDEN.find((run) => words.includes(` ${run} `));
}

function outputsOf(dir: string): [name: string, text: string][] {
  return readdirSync(bench.path(dir)).map((name) => [name, readFileSync(bench.path(`${dir}/${name}`), 'utf8')]);
}

function expectNoLeak(run: Run, dir?: string): void {
  expect(leak(run.stdout)).toBe(undefined);
  expect(leak(run.stderr)).toBe(undefined);
  if (dir !== undefined) for (const [name, text] of outputsOf(dir)) expect(leak(text), name).toBe(undefined);
}

const ALL_FORMATS = 'html,markdown,csv,sarif,junit';
const scan = (out: string, ...more: string[]): Promise<Run> =>
  bench.run(
    'scan',
    'secret.jsonl',
    'secret.jsonl.broken.jsonl',
    '--against',
    'corpus/',
    '--format',
    ALL_FORMATS,
    '--out',
    out,
    ...more,
  );

describe('without --redact', () => {
  it('a report quotes the test set in every file with texts, so that the search for it can fail', async () => {
    const run = await scan('open');
    expect(run.code).toBe(1);
    expect(leak(run.stdout)).not.toBe(undefined);
    for (const [name, text] of outputsOf('open').filter(([name]) => !name.startsWith('badge')))
      expect(leak(text), name).not.toBe(undefined);
  });
});

describe('with --redact no output has eight words of the test set in a row', () => {
  it('of a scan: all formats, standard output, standard error', async () => {
    const run = await scan('closed', '--redact');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('redacted: item of');
    expect(outputsOf('closed')).toHaveLength(11);
    expectNoLeak(run, 'closed');
    const report = JSON.parse(readFileSync(bench.path('closed/report.json'), 'utf8')) as Record<string, unknown>;
    expect(report).toMatchObject({
      redaction: { method: 'hmac-sha256/128' },
      totals: { verdicts: { contaminated: 5 } },
    });
  });

  it.each([[['--json']], [['--quiet']], [['--dry-run']], [['--limit', '2']], [['--dry-run', '--json']]])(
    'of a scan with %j',
    async (more) => {
      expectNoLeak(await scan('closed', '--redact', ...more), 'closed');
    },
  );

  it('of report and show', async () => {
    await scan('open');
    expectNoLeak(await bench.run('report', 'open', '--redact', '--format', ALL_FORMATS, '--out', 'public'), 'public');
    expectNoLeak(await bench.run('show', 'open', '--redact'));
    expectNoLeak(await bench.run('show', 'public'));
    expectNoLeak(await bench.run('report', 'public', '--format', ALL_FORMATS), 'public');
  });
});

describe('a redacted report', () => {
  const matches = (dir: string): Record<string, unknown>[] =>
    readFileSync(bench.path(`${dir}/matches.jsonl`), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('has the same figures as the open one, and lengths and digests for texts', async () => {
    await scan('open');
    await scan('closed', '--redact-key', 'key');
    const figures = (dir: string): unknown =>
      matches(dir).map(({ verdict, part, coverage, evidence, longestRun, spans }) => ({
        verdict,
        part,
        coverage,
        evidence,
        longestRun,
        spans,
      }));
    expect(figures('closed')).toEqual(figures('open'));
    const [open] = matches('open');
    expect(matches('closed')[0]).toMatchObject({
      item: 'natalia',
      itemText: '',
      documentText: '',
      redacted: {
        item: { length: String(open['itemText']).length, hmac: expect.stringMatching(/^[0-9a-f]{32}$/) as string },
      },
    });
  });

  it('is the same with the same key, by scan or by report, from a file or the environment, and another with another', async () => {
    await scan('one', '--redact-key', 'key');
    await scan('open');
    await bench.run('report', 'open', '--redact-key', 'key', '--format', ALL_FORMATS, '--out', 'two');
    expect(outputsOf('two')).toEqual(outputsOf('one'));
    const env = { HELDOUT_REDACT_KEY: 'a key of more than sixteen bytes' };
    await bench.runWith({ env }, 'report', 'open', '--redact', '--out', 'three');
    expect(matches('three')).toEqual(matches('one'));
    await bench.run('report', 'open', '--redact', '--out', 'four');
    expect(matches('four')).not.toEqual(matches('one'));
  });

  it('is not written beside the text it was taken from, nor with a key that could be tried out', async () => {
    await scan('open');
    const beside = await bench.run('report', 'open', '--redact');
    expect(beside).toMatchObject({ code: 2, stderr: expect.stringContaining('--out') as string });
    bench.write('short', 'key');
    const short = await bench.run('report', 'open', '--redact-key', 'short', '--out', 'five');
    expect(short).toMatchObject({ code: 2, stderr: expect.stringContaining('could be tried out') as string });
  });
});
