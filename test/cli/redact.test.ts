import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LeakSearch } from './leaks.js';
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

const search = new LeakSearch(bench, SECRET);

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
    expect(search.in(run.stdout)).not.toBe(undefined);
    for (const [name, text] of search.outputsOf('open').filter(([name]) => !name.startsWith('badge')))
      expect(search.in(text), name).not.toBe(undefined);
  });
});

describe('with --redact no output has eight words of the test set in a row', () => {
  it('of a scan: all formats, standard output, standard error', async () => {
    const run = await scan('closed', '--redact');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('redacted: item of');
    expect(search.outputsOf('closed')).toHaveLength(11);
    search.expectNone(run, 'closed');
    const report = JSON.parse(readFileSync(bench.path('closed/report.json'), 'utf8')) as Record<string, unknown>;
    expect(report).toMatchObject({
      redaction: { method: 'hmac-sha256/128' },
      totals: { verdicts: { contaminated: 5 } },
    });
  });

  it.each([[['--json']], [['--quiet']], [['--dry-run']], [['--limit', '2']], [['--dry-run', '--json']]])(
    'of a scan with %j',
    async (more) => {
      search.expectNone(await scan('closed', '--redact', ...more), 'closed');
    },
  );

  it('of report and show', async () => {
    await scan('open');
    search.expectNone(
      await bench.run('report', 'open', '--redact', '--format', ALL_FORMATS, '--out', 'public'),
      'public',
    );
    search.expectNone(await bench.run('show', 'open', '--redact'));
    search.expectNone(await bench.run('show', 'public'));
    search.expectNone(await bench.run('report', 'public', '--format', ALL_FORMATS), 'public');
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
    expect(search.outputsOf('two')).toEqual(search.outputsOf('one'));
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

describe('an id', () => {
  const IDS = [
    'What is sarcasm?',
    'the-quick-brown/fox-jumps-over/the-lazy-dog',
    'whatIsTheCapitalOfFrance',
    '长城有多长',
    'define-sarcasm',
    '대한민국의수도는어디인가',
    'natalia_clips_april_may',
  ];

  it.each(IDS)('that may be the question, such as %j, is in no output of scan, show, report or clean', async (id) => {
    bench.jsonl('ids.jsonl', [{ id, question: QUESTION }]);
    bench.jsonl('echo/docs.jsonl', [{ id, text: `Homework. ${QUESTION} ${FILLER}` }]);
    const run = await bench.run(
      ...['scan', 'ids.jsonl', '--against', 'echo/', '--out', 'ids', '--redact-key', 'key', '--format', ALL_FORMATS],
    );
    expect(run.code).toBe(1);
    const clean = await bench.run('clean', 'ids', '--out', `clean-${IDS.indexOf(id)}`);
    const lists = await bench.run('clean', 'ids', '--benchmark', '--out', `lists-${IDS.indexOf(id)}`);
    expect([clean.code, lists.code]).toEqual([0, 0]);
    const outputs = [
      ...[run, clean, lists, await bench.run('show', 'ids')].map(({ stdout, stderr }) => stdout + stderr),
      ...search.outputsOf('ids').map(([, text]) => text),
      ...search.outputsOf(`lists-${IDS.indexOf(id)}`).map(([, text]) => text),
      readFileSync(bench.path(`clean-${IDS.indexOf(id)}/removals.jsonl`), 'utf8'),
    ];
    for (const text of outputs) expect(text).not.toContain(id);
    expect(outputs.some((text) => text.includes('redacted-'))).toBe(true);
  });

  it('that has the form of one stays: the owner of the set looks for it', async () => {
    const ids = [
      '17',
      'cheese',
      'HumanEval/12',
      'mmlu/high_school_biology/test/3',
      'jsquad/a10336p0q1',
      'chal-508b',
      '5f0c1a9e-7b1d-4c7e-9a55-0d6f3f2b8e11',
      '物理/12',
    ];
    bench.jsonl(
      'ids.jsonl',
      ids.map((id, i) => ({ id, question: `${QUESTION} And once more, ${i} times over.` })),
    );
    await bench.run('scan', 'ids.jsonl', '--against', 'corpus/', '--out', 'ids', '--redact');
    const items = readFileSync(bench.path('ids/items.jsonl'), 'utf8').trim().split('\n');
    expect(items.map((line) => (JSON.parse(line) as { item: string }).item)).toEqual(ids);
  });

  it('is replaced whole in a line, where a shorter one begins like it', async () => {
    bench.jsonl('ids.jsonl', [
      { id: 'How many clips', question: OTHER },
      { id: 'How many clips did Natalia sell', question: QUESTION },
    ]);
    const { stdout } = await bench.run(
      ...['scan', 'ids.jsonl', '--against', 'corpus/', '--out', 'ids', '--redact', '--quiet'],
    );
    expect(stdout).toContain('redacted-');
    expect(stdout).not.toMatch(/Natalia|clips/);
  });
});

describe('what is made of a secret test set by clean', () => {
  it.each([[['--redact']], [['--redact', '--mode', 'cut']]])('has no text in its log with %j', async (more) => {
    await scan('open');
    const out = `clean${more.length}`;
    const run = await bench.run('clean', 'open', '--out', out, ...more);
    expect(run.code).toBe(0);
    search.expectNone(run);
    for (const file of ['removals.jsonl', 'clean.json'])
      expect(search.in(readFileSync(bench.path(`${out}/${file}`), 'utf8')), file).toBe(undefined);
    expect(readFileSync(bench.path(`${out}/removals.jsonl`), 'utf8')).toContain('redacted-');
  });

  it('has none in its lists of items', async () => {
    await scan('open');
    search.expectNone(await bench.run('clean', 'open', '--benchmark', '--out', 'lists', '--redact'), 'lists');
  });

  it('asks for --corpus where the report has a stand-in for the name of a file, and finds the files by their bytes', async () => {
    const name = 'how many clips did natalia sell to her friends in may.jsonl';
    bench.jsonl(`named/${name}`, [{ text: `${QUESTION} ${FILLER}` }]);
    const scanned = await bench.run('scan', 'secret.jsonl', '--against', 'named', '--out', 'named-report', '--redact');
    expect(scanned.stdout).toMatch(/named-report\/matches\.jsonl +\d+ match(es)? without their texts\n/);
    const refused = await bench.run('clean', 'named-report', '--out', 'named-clean');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /^heldout: named\/redacted-[0-9a-f]{16}: the report holds no text, so this stands for a name[^\n]+ --corpus: [^\n]+\n$/,
    );
    const run = await bench.run('clean', 'named-report', '--corpus', 'named', '--out', 'named-clean');
    expect(run.stdout).toContain('1 record dropped');
    const open = await bench.run('verify', 'named-report', '--redact', '--root', 'elsewhere');
    expect(open.stdout).toContain('\nnot checked  that no match is missing');
    const verified = await bench.run('verify', 'named-report');
    expect(verified.stdout).toContain(': the report holds no text, so this stands for a name that may be text\n');
    expect(verified.stdout).toContain(
      '\nDOES NOT HOLD  files whose names the report does not say cannot be looked for',
    );
  });

  it('has none where a redacted report is cleaned and what is left is scanned again', async () => {
    // Without text-like names, so that the files are found.
    bench.jsonl('plain.jsonl', [{ id: `Is it so that ${OTHER}`, question: OTHER }]);
    bench.jsonl('plain/docs.jsonl', [{ text: `${OTHER} ${FILLER}` }, { text: FILLER }]);
    await bench.run('scan', 'plain.jsonl', '--against', 'plain/', '--out', 'plain-report', '--redact');
    const run = await bench.run('clean', 'plain-report', '--out', 'plain-clean', '--mode', 'mask');
    expect(run.code).toBe(0);
    search.expectNone(run);
    expect(search.in(readFileSync(bench.path('plain-clean/removals.jsonl'), 'utf8'))).toBe(undefined);
  });
});

describe('a config', () => {
  it('can ask for it once and for all', async () => {
    bench.jsonl('here/secret.jsonl', [{ id: 'natalia', question: QUESTION }]);
    bench.write('here/key', 'a key of more than sixteen bytes');
    bench.write(
      'here/heldout.config.json',
      JSON.stringify({ benchmarks: ['secret.jsonl'], against: ['../corpus'], out: 'report', redactKey: 'key' }),
    );
    const run = await bench.run('scan', '--config', 'here/heldout.config.json');
    expect(run.code).toBe(1);
    search.expectNone(run, 'here/report');
    expect(JSON.parse(readFileSync(bench.path('here/report/report.json'), 'utf8'))).toHaveProperty('redaction');
    bench.write('here/heldout.config.json', JSON.stringify({ redact: 'yes' }));
    const wrong = await bench.run('scan', '--config', 'here/heldout.config.json');
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('redact must be true or false') as string });
  });

  it('has no text in what it says of a config or a benchmark that is refused', async () => {
    const waiver = { benchmark: 'secret', item: SLUG, reason: QUESTION, expires: '2020-01-01' };
    bench.write('late.json', JSON.stringify({ benchmarks: ['secret.jsonl'], redact: true, waivers: [waiver] }));
    const late = await bench.run('scan', '--config', 'late.json', '--against', 'corpus/');
    expect(late).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('waivers[0] expired on 2020-01-01') as string,
    });
    search.expectNone(late);
    // Texts as the keys of a record, as some have them.
    bench.jsonl('keys.jsonl', [{ [QUESTION]: 5, [OTHER]: 7 }]);
    const open = await bench.run('scan', 'keys.jsonl', '--against', 'corpus/');
    expect(open.stderr).toContain(QUESTION);
    for (const more of [[], ['--dry-run'], ['--map', 'question=q']]) {
      const closed = await bench.run('scan', 'keys.jsonl', '--against', 'corpus/', '--redact', ...more);
      expect(closed).toMatchObject({ code: 2, stderr: expect.stringContaining('keys.jsonl: no ') as string });
      search.expectNone(closed);
    }
  });
});
