import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { gunzipSync, gzipSync } from 'node:zlib';
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
});
afterEach(() => bench.remove());

const LONG = `${FILLER} ${FILLER}`;
const scan = (against = 'corpus', out = 'report'): Promise<Run> =>
  bench.run('scan', 'bench.jsonl', '--against', against, '--out', out, '--quiet');
const clean = (...rest: string[]): Promise<Run> => bench.run('clean', 'report', '--out', 'clean', ...rest);
const at = (path: string): Buffer => readFileSync(bench.path(path));
const json = (path: string): unknown => JSON.parse(at(path).toString());
const lines = (path: string): Record<string, unknown>[] =>
  at(path)
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** What nobody would write, and nobody may change: spacing, key order, escapes, line ends, a byte-order mark. */
const ODD = `\ufeff{ "text" :"caf\\u00e9 ${FILLER}" , "z":1.50 }\r\n\r\n{"id":"leak","text":"${LONG} ${QUESTION} ${LONG}","k":[1, 2]}\r\n{"text":"last, no line end"}`;

/** FILLER and QUESTION, a record each: nothing in Node writes bzip2. */
const BZIP2 =
  'QlpoOTFBWSZTWYw/vWgAAJPfgAAQUAUEUKBDBAA/797qMADM2w1PKjU8RHqekZGnpqND0BoU9Jpo0NAAAAJVPEjIyQPSaekNNPUNNw8UoHnEHQ' +
  'XaZ6znsIfbGn8bLU5rWoVKy5UiQhBBLkgZG5zp0443UoOYsUqqViMHwZVRdjDTYtJJYZYXE2GcKl5NB6Smg5nspXRiOOBFYMWhWVIjMNEyvzMM' +
  'JhKcgRwxLsoI0ljI1Uj9CB8Go4FdH873YVqIsiyMIqWw1ks5JxdgLkmWojcFl/jGY+wgmbnzgUTHNYXkSBuSP4u5IpwoSEYf3rQA';

function corpus(): void {
  bench.write('corpus/odd.jsonl', ODD);
  bench.write('corpus/sub/packed.jsonl.gz', gzipSync(`{"text":"${FILLER}"}\n{"text":"${OTHER}"}\n`));
  bench.write('corpus/untouched.txt', `${FILLER}\r\n`);
}

function expectRefused(run: Run, ...says: string[]): void {
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toMatch(/^heldout: [^\n]+\n$/);
  for (const said of says) expect(run.stderr).toContain(said);
  expect(existsSync(bench.path('clean'))).toBe(false);
  expect(readdirSync(bench.dir).filter((name) => name.startsWith('.heldout'))).toEqual([]);
}

describe('heldout clean of a record whose text stands elsewhere', () => {
  const HERE = `${LONG} ${QUESTION} ${LONG}`;
  const FIRST = Array.from({ length: 101 }, (_, i) => ({
    text: `${FILLER} Day ${i}.`,
    note: `A note of some length, by hand ${i}.`,
  }));

  it.each([
    ['at a place that the first records do not have', { text: FILLER, extra: { story: [HERE] } }],
    ['in other usual fields, its own being empty', { text: '', content: HERE }],
    ['beside a number that only Python writes', { text: FILLER, extra: { story: [HERE] }, score: NaN }],
  ])('cuts and masks it there: %s', async (_what, record) => {
    const written = JSON.stringify(record).replace('null', 'NaN');
    bench.write('corpus/later.jsonl', `${FIRST.map((one) => JSON.stringify(one)).join('\n')}\n${written}\n`);
    await scan();
    for (const mode of ['cut', 'mask']) {
      const out = `clean-${mode}`;
      expect(await bench.run('clean', 'report', '--out', out, '--mode', mode)).toMatchObject({ code: 0 });
      const last = at(`${out}/corpus/later.jsonl`).toString().split('\n')[101];
      expect(last).toContain(FILLER);
      expect(last).not.toContain('Natalia sold');
      expect(last.includes('[removed]')).toBe(mode === 'mask');
      expect(lines(`${out}/removals.jsonl`).map(({ action }) => action)).toEqual([mode === 'cut' ? 'cut' : 'masked']);
    }
  });
});

describe('heldout clean', () => {
  beforeEach(corpus);

  it.each(['drop', 'cut'])('leaves the other records of a line that several share, by --mode %s', async (mode) => {
    const [leak, one, two, three] = [`${LONG} ${QUESTION} ${LONG}`, LONG, `${LONG} two`, `${LONG} three`].map((text) =>
      JSON.stringify({ text }),
    );
    bench.write('corpus/mac.jsonl', `${one}\r${leak}\r${two}\r`);
    bench.write('corpus/beside.jsonl', `${three}\n${one} ${leak}${two} ${leak}\r\n${three}\n`);
    await scan();
    expect(await clean('--mode', mode)).toMatchObject({ code: 0 });
    expect(at('clean/corpus/mac.jsonl').toString()).toBe(`${one}\r${two}\r`);
    expect(at('clean/corpus/beside.jsonl').toString()).toBe(`${three}\n${one} ${two}\r\n${three}\n`);
    const { files } = json('clean/clean.json') as { files: { path: string; dropped: number }[] };
    expect(files.find(({ path }) => path === 'corpus/beside.jsonl')?.dropped).toBe(2);
    expect(await bench.run('scan', 'bench.jsonl', '--against', 'clean/corpus', '--quiet')).toMatchObject({ code: 0 });
  });

  it('says what to do where text around a list of records matches', async () => {
    bench.write('corpus/around.json', JSON.stringify({ data: [{ text: FILLER }], text: `${LONG} ${QUESTION}` }));
    await scan();
    expectRefused(await clean(), 'stands around its list of records', '--corpus');
  });

  it('scans what it leaves for the items of the report, not for those of a benchmark that changed since', async () => {
    await scan();
    bench.jsonl('bench.jsonl', [{ id: 'robe', question: OTHER, answer: '3' }]);
    for (const mode of ['cut', 'mask'])
      expectRefused(await clean('--mode', mode), 'bench.jsonl: it has changed since the scan', '--no-rescan');
    expect((await clean('--mode', 'cut', '--no-rescan')).code).toBe(0);
  });

  it('drops what is contaminated; the rest is byte for byte the same, and scans clean', async () => {
    expect((await scan()).code).toBe(1);
    const run = await clean();
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('2 records dropped, 0 records edited, in 2 of 3 files');
    expect(at('clean/corpus/odd.jsonl').toString()).toBe(ODD.replace(/\{"id":"leak".*\r\n/, ''));
    expect(gunzipSync(at('clean/corpus/sub/packed.jsonl.gz')).toString()).toBe(`{"text":"${FILLER}"}\n`);
    expect(at('clean/corpus/untouched.txt').equals(at('corpus/untouched.txt'))).toBe(true);
    expect((await scan('clean/corpus', 'again')).code).toBe(0);
  });

  it('logs each removal, and digests before and after', async () => {
    await scan();
    await clean();
    expect(lines('clean/removals.jsonl')).toMatchObject([
      { file: 'corpus/odd.jsonl', record: 3, id: 'leak', benchmark: 'bench', item: 'natalia', action: 'dropped' },
      { file: 'corpus/sub/packed.jsonl.gz', record: 2, item: 'robe', action: 'dropped' },
    ]);
    await scan('clean/corpus', 'again');
    const { files } = json('clean/clean.json') as { files: { before: object; after: object }[] };
    const digests = (report: string): unknown[] =>
      (
        json(`${report}/report.json`) as { provenance: { corpus: { bytes: number; xxh64: string }[] } }
      ).provenance.corpus.map(({ bytes, xxh64 }) => ({ bytes, xxh64 }));
    expect(files.map(({ before }) => before)).toEqual(digests('report'));
    expect(files.map(({ after }) => after)).toMatchObject(digests('again'));
  });

  it('cuts what matches and leaves every other byte of the record', async () => {
    await scan();
    const run = await clean('--mode', 'cut', '--min-length', '1');
    expect(run.code).toBe(0);
    // The question mark is no part of any word, so no span holds it.
    expect(at('clean/corpus/odd.jsonl').toString()).toBe(ODD.replace(QUESTION.replace('?', ''), ''));
    const [log] = lines('clean/removals.jsonl');
    const [[from, to]] = log['spans'] as [number, number][];
    expect(`${LONG} ${QUESTION}`.slice(from, to)).toBe(QUESTION.replace('?', ''));
    expect((await scan('clean/corpus', 'again')).code).toBe(0);
  });

  it('puts a mask where it matched', async () => {
    await scan();
    await clean('--mode', 'mask', '--mask-text', '<|gone|>', '--min-length', '1');
    expect(at('clean/corpus/odd.jsonl').toString()).toBe(ODD.replace(QUESTION.replace('?', ''), '<|gone|>'));
  });

  it.each(['mask', 'cut'])(
    'drops a record two keys of which would become the same: a value would be lost (%s)',
    async (mode) => {
      bench.jsonl('keys/keys.jsonl', [
        { text: FILLER },
        { [QUESTION]: '72', [OTHER]: '3' },
        { inner: { [QUESTION]: '72' }, [OTHER]: '3' },
      ]);
      await scan('keys');
      expect((await clean('--mode', mode, '--min-length', '1')).code).toBe(0);
      expect(lines('clean/corpus/keys.jsonl')).toHaveLength(2);
      expect(Object.keys(lines('clean/corpus/keys.jsonl')[1])).toHaveLength(2);
      expect(lines('clean/removals.jsonl')[0]['reason']).toContain('two of its keys would have become the same');
    },
  );

  it('drops a record of which too little is left', async () => {
    await scan();
    await clean('--mode', 'cut', '--min-length', '20');
    expect(gunzipSync(at('clean/corpus/sub/packed.jsonl.gz')).toString()).toBe(`{"text":"${FILLER}"}\n`);
    expect(lines('clean/removals.jsonl')[1]['reason']).toMatch(/characters would be left, fewer than 20$/);
  });

  it('finds again a second copy and the other parts, which one match does not name', async () => {
    bench.jsonl('corpus/twice.jsonl', [{ text: `${LONG} ${QUESTION} ${LONG} ${QUESTION} ${LONG}` }]);
    await scan();
    const run = await clean('--mode', 'cut');
    expect(run.code).toBe(0);
    expect(at('clean/corpus/twice.jsonl').toString()).not.toContain('Natalia');
    expect((await scan('clean/corpus', 'again')).code).toBe(0);
  });

  it('cleans tables, JSON lists, chats and whole text files', async () => {
    bench.write('corpus/rows.csv', `n,text\r\n1,"${FILLER}"\r\n2,"say ""${QUESTION}"""\r\n3,plain ${FILLER}\r\n`);
    bench.write('corpus/list.json', JSON.stringify([{ text: OTHER }, { text: FILLER }], null, 2));
    bench.write('corpus/note.md', QUESTION);
    const chat = (text: string): object => ({
      messages: [
        { role: 'user', content: text },
        { role: 'bot', content: LONG },
      ],
    });
    bench.jsonl('corpus/chat.jsonl', [chat(FILLER), chat(QUESTION)]);
    await scan();
    expect((await clean('--mode', 'cut')).code).toBe(0);
    expect(at('clean/corpus/rows.csv').toString()).toBe(`n,text\r\n1,"${FILLER}"\r\n3,plain ${FILLER}\r\n`);
    expect(json('clean/corpus/list.json')).toEqual([{ text: FILLER }]);
    expect(existsSync(bench.path('clean/corpus/note.md'))).toBe(false);
    expect(lines('clean/corpus/chat.jsonl')).toEqual([chat(FILLER), chat('?')]);
    expect((await scan('clean/corpus', 'again')).code).toBe(0);
  });

  it('cuts out of fields that only later records have', async () => {
    const early = Array.from({ length: 120 }, (_, i) => ({ id: i, text: `${FILLER} ${i}` }));
    const late = { id: 'late', text: LONG, question: `${LONG} ${QUESTION} ${LONG}` };
    bench.jsonl('late/late.jsonl', [...early, late]);
    await scan('late');
    const run = await clean('--mode', 'mask');
    expect(run.stdout).toContain('0 records dropped, 1 record edited');
    const cleaned = lines('clean/corpus/late.jsonl');
    expect(cleaned).toHaveLength(121);
    expect(cleaned[120]).toEqual({ ...late, question: `${LONG} [removed]? ${LONG}` });
    expect((await scan('clean/corpus', 'again')).code).toBe(0);
  });

  it('leaves with --no-rescan what a first removal hid, and writes with --recompress what cannot be written as .gz', async () => {
    bench.jsonl('corpus/twice.jsonl', [{ text: `${LONG} ${QUESTION} ${LONG} ${QUESTION} ${LONG}` }]);
    bench.write('corpus/lines.jsonl.bz2', Buffer.from(BZIP2, 'base64'));
    await scan();
    expectRefused(
      await clean('--mode', 'cut'),
      'corpus/lines.jsonl.bz2: bzip2 is read, but not written',
      '--recompress',
    );
    const run = await clean('--mode', 'cut', '--no-rescan', '--recompress');
    expect(run.stdout).toContain('Scan it again to be sure');
    expect(at('clean/corpus/twice.jsonl').toString()).toContain('Natalia');
    expect(gunzipSync(at('clean/corpus/lines.jsonl.gz')).toString()).toBe(`{"text": "${FILLER}"}\n`);
  });

  it('writes with --benchmark the clean and the contaminated items as lists', async () => {
    await scan('corpus/odd.jsonl');
    const run = await clean('--benchmark');
    expect(run.code).toBe(0);
    expect(lines('clean/bench.contaminated.jsonl')).toEqual([{ item: 'natalia', file: 'bench.jsonl', record: 1 }]);
    expect(lines('clean/bench.clean.jsonl')).toEqual([{ item: 'robe', file: 'bench.jsonl', record: 2 }]);
    expect(at('clean/bench.suspect.jsonl').length).toBe(0);
  });

  it('finds a corpus that was moved by its bytes', async () => {
    await scan('corpus/odd.jsonl');
    bench.write('moved/odd.jsonl', ODD);
    expect((await clean('--corpus', 'moved')).code).toBe(0);
    expect(existsSync(bench.path('clean/corpus/odd.jsonl'))).toBe(true);
  });
});

describe('heldout clean refuses, and writes nothing,', () => {
  beforeEach(corpus);

  it('a corpus that changed since the scan: of another size at once, of the same size by its digest', async () => {
    await scan();
    bench.write('corpus/odd.jsonl', `${ODD} `);
    expectRefused(await clean(), 'corpus/odd.jsonl: it has changed since the scan', '--force');
    bench.write('corpus/odd.jsonl', ODD.replace('last', 'lost'));
    expectRefused(await clean(), 'corpus/odd.jsonl: it has changed since the scan', '--force', 'xxh64');
  });

  it('unless it is forced: then records that are no longer the ones scanned are left, and it says so', async () => {
    await scan();
    bench.write('corpus/odd.jsonl', ODD.replace('Natalia', 'Natasha'));
    const run = await clean('--force');
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('1 record could not be told to be the one that was scanned, and was left as it is');
    expect(at('clean/corpus/odd.jsonl').toString()).toBe(ODD.replace('Natalia', 'Natasha'));
    expect(gunzipSync(at('clean/corpus/sub/packed.jsonl.gz')).toString()).toBe(`{"text":"${FILLER}"}\n`);
  });

  it('a corpus that is not where it was, and says how to name it', async () => {
    await scan();
    renameSync(bench.path('corpus'), bench.path('moved'));
    expectRefused(await clean(), 'corpus/odd.jsonl: no such file', 'say with --corpus where it is');
  });

  it('a file that was not scanned', async () => {
    await scan('corpus/odd.jsonl');
    expectRefused(await clean('--corpus', 'corpus'), 'packed.jsonl.gz: the report has no such file');
  });

  it('a matches file that is cut short, or was edited', async () => {
    await scan();
    const whole = at('report/matches.jsonl');
    truncateSync(bench.path('report/matches.jsonl'), 200);
    expectRefused(await clean(), 'report/matches.jsonl: cut short: 200 bytes of');
    writeFileSync(bench.path('report/matches.jsonl'), whole.toString().replace('natalia', 'natalie'));
    expectRefused(await clean(), 'report/matches.jsonl', 'report.json');
  });

  it('a report of another version, and what is no report', async () => {
    await scan();
    const report = bench.path('report/report.json');
    writeFileSync(report, at('report/report.json').toString().replace('heldout-report/1', 'heldout-report/7'));
    expectRefused(await clean(), 'report/report.json', 'heldout-report/7');
    writeFileSync(report, '[1]');
    expectRefused(await clean(), 'report/report.json');
  });

  it('an output folder with something in it, which stays as it was', async () => {
    await scan();
    mkdirSync(bench.path('mine'));
    bench.write('mine/notes.txt', 'mine');
    const run = await bench.run('clean', 'report', '--out', 'mine');
    expectRefused(run, 'mine: the folder exists and is not empty; nothing is overwritten');
    expect(readdirSync(bench.path('mine'))).toEqual(['notes.txt']);
  });

  it('Parquet with something in it, naming a command that writes it as JSON lines', async () => {
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    const bytes = parquetWriteBuffer({
      columnData: [{ name: 'text', data: [FILLER, `${FILLER} ${QUESTION}`], type: 'STRING' }],
    });
    bench.write("corpus/it's one.parquet", new Uint8Array(bytes));
    await scan();
    const quoted = String.raw`'corpus/it'\''s one`;
    expectRefused(await clean(), 'python3 -c "import duckdb', `${quoted}.parquet' ${quoted}.jsonl'`);
  });

  it('a partial report', async () => {
    await bench.run('scan', 'bench.jsonl', '--against', 'corpus', '--out', 'report', '--limit', '2');
    expectRefused(await clean(), 'the report is partial', '--force');
  });

  it('when interrupted: no half file under the final name, and the way is clear to try again', async () => {
    const big = Array.from({ length: 60_000 }, (_, i) => `${JSON.stringify({ text: `${FILLER} ${i}` })}\n`).join('');
    bench.write('corpus/big.jsonl.gz', gzipSync(`${big}${JSON.stringify({ text: QUESTION })}\n`));
    await scan();
    const started = (child: ChildProcess): void => void setTimeout(() => child.kill('SIGINT'), 350);
    const run = await bench.runWith({ started }, 'clean', 'report', '--out', 'clean');
    // On a fast machine it may be done by then: whole is as good as not at all.
    if (run.code === 0) expect(existsSync(bench.path('clean/clean.json'))).toBe(true);
    else expect(existsSync(bench.path('clean'))).toBe(false);
    expect((await bench.run('clean', 'report', '--out', 'other')).code).toBe(0);
  });
});
