import { execFileSync, spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Skip } from '../../dist/model/input.js';
import { openPlain } from '../../dist/read/bytes.js';
import { readDocuments } from '../../dist/read/documents.js';
import { planFile } from '../../dist/read/plan-file.js';
import { sniffFile } from '../../dist/read/sniff.js';
import { failureOf, fixture, LINES, scratch } from './support.js';

const { dir, write } = scratch();
const DIST = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../dist/read');

async function kind(name: string, content: string | Uint8Array): Promise<string> {
  const file = await sniffFile(write(name, content));
  return file.compression === 'none' ? file.container : `${file.container}+${file.compression}`;
}

describe('what a file is', () => {
  const table = 'id,text\n1,a\n2,b\n3,c\n';
  test.each<[string, string, string | Uint8Array, string]>([
    ['JSON lines', 'a.txt', '{"a":1}\n{"a":2}\n', 'jsonl'],
    ['one JSON line', 'b', '{"a":1}', 'jsonl'],
    ['JSON lines behind a byte-order mark and blank lines', 'c.jsonl', '\ufeff\n\n{"a":1}\n{"a":2}\n', 'jsonl'],
    ['JSON lines whose first is broken', 'd.jsonl', '{"a":\n{"a":2}\n{"a":3}\n', 'jsonl'],
    ['JSON lines longer than what is looked at', 'e.jsonl', `{"a":"${'x'.repeat(600_000)}"}\n{"a":2}\n`, 'jsonl'],
    ['a JSON array', 'f.txt', '[{"a":1},\n{"a":2}]', 'json'],
    ['a JSON array on one line', 'g', `[${'{"a":"b"},'.repeat(60_000)}{}]`, 'json'],
    ['a pretty-printed object', 'h.json', '{\n  "a": 1\n}\n', 'json'],
    ['an object around its records', 'i.json', '{"data":[{"a":1}]}', 'json'],
    ['CSV by its content alone', 'j', table, 'csv'],
    ['TSV by its content alone', 'k', table.replaceAll(',', '\t'), 'tsv'],
    ['CSV with one column, by its name', 'l.csv', 'text\na\nb\n', 'csv'],
    ['prose with commas', 'm', 'Well, then.\nNo, not so, she said.\nYes.\n', 'text'],
    ['prose that begins with a bracket', 'n.md', '[1] A note, see below\n[2] Another\n', 'text'],
    ['a Markdown link', 'o', '[link](http://x)\ntext\n', 'text'],
    ['source code with braces', 'p.c', '{\n  int a = 1;\n}\n', 'text'],
    ['source code with table-like lines', 'q.py', 'a, b\n1, 2\n3, 4\n5, 6\n', 'text'],
    ['gzip under a plain name', 'r.jsonl', gzipSync('{"a":1}\n{"a":2}\n'), 'jsonl+gzip'],
    ['zstd under a wrong name', 's.gz', fixture('lines.jsonl.zst'), 'jsonl+zstd'],
    ['bzip2', 't', fixture('lines.jsonl.bz2'), 'jsonl+bzip2'],
    ['xz', 'u', fixture('lines.jsonl.xz'), 'jsonl+xz'],
    ['a gzip file cut short', 'v.gz', gzipSync(LINES).subarray(0, 20_000), 'jsonl+gzip'],
    [
      'zstd that starts with a skippable frame',
      'w',
      Buffer.concat([Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 9]), fixture('lines.jsonl.zst')]),
      'jsonl+zstd',
    ],
    ['a Parquet file', 'x.csv', fixture('nested-zstd.parquet'), 'parquet'],
    ['an empty file, by its name', 'y.csv.gz', '', 'csv'],
    ['an empty file without a name for it', 'z', '', 'text'],
  ])('%s', async (_title, name, content, expected) => {
    expect(await kind(name, content)).toBe(expected);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ['a.zip', Buffer.from([0x50, 0x4b, 3, 4, 0]), /ZIP/],
    ['b.jsonl', Buffer.from('\ufeff{"a":1}\n', 'utf16le'), /UTF-16/],
    [
      'utf16.jsonl',
      Buffer.from('{"a":1}\n'.repeat(9), 'utf16le'),
      /UTF-16 text.*: iconv -f UTF-16LE -t UTF-8 \S*utf16.jsonl > /,
    ],
    ['utf16.txt', Buffer.from('some text of words '.repeat(9), 'utf16le').swap16(), /iconv -f UTF-16BE/],
    ['cache.arrow', Buffer.from([255, 255, 255, 255, 16, 0, 0, 0]), /from_file\('\S*cache.arrow'\).to_parquet/],
    ['a b.zip', Buffer.from([0x50, 0x4b, 3, 4, 0]), /unzip FILE -d FILE.d$/],
    ['c.lz4', Buffer.from([4, 0x22, 0x4d, 0x18, 0]), /LZ4/],
    ['d.parquet.gz', gzipSync(fixture('nested-zstd.parquet')), /Parquet/],
  ])('%s is refused with a reason, not read as text', async (name, content, reason) => {
    const error = await failureOf(kind(name, content));
    expect(error).toMatchObject({ code: 'unreadable' });
    expect(String(error)).toMatch(reason);
  });
});

describe('the plan of a file', () => {
  const plan = async (file: string, named: string[] = []): Promise<[Awaited<ReturnType<typeof planFile>>, Skip[]]> => {
    const skips: Skip[] = [];
    return [await planFile(file, named, (skip) => skips.push(skip)), skips];
  };

  test('says how it will be read', async () => {
    const [found, skips] = await plan(write('plan.jsonl.gz', gzipSync(LINES)));
    expect(found).toMatchObject({ file: { container: 'jsonl', compression: 'gzip' }, textPaths: [['text']] });
    expect(skips).toEqual([]);
    expect((await plan(write('plan.txt', 'Some text.')))[0]?.textPaths).toEqual([[]]);
  });

  test('of a file that cannot be read, or is empty, is none, and that is told', async () => {
    symlinkSync('self', `${dir}/self`);
    for (const name of ['missing.jsonl', 'self']) {
      const [found, skips] = await plan(`${dir}/${name}`);
      expect(found).toBeUndefined();
      expect(skips).toMatchObject([{ reason: 'unreadable-file', record: 0 }]);
    }
    for (const name of ['none.jsonl', 'none.txt', 'none.csv']) {
      const [found, skips] = await plan(write(name, ''));
      expect(found).toBeUndefined();
      expect(skips).toMatchObject([{ reason: 'empty-file' }]);
    }
  });

  test('of a file damaged further on is made from what comes before; damaged at its start, it is unreadable', async () => {
    const packed = gzipSync(LINES);
    expect((await plan(write('later.jsonl.gz', packed.subarray(0, packed.length - 8))))[0]).toBeDefined();
    const [found, skips] = await plan(write('start.jsonl.gz', packed.subarray(0, 12)));
    expect(found).toBeUndefined();
    expect(skips).toMatchObject([{ reason: 'unreadable-file' }]);
  });

  test('of a file with broken records only is made, so that reading counts them', async () => {
    const [found] = await plan(write('all-broken.jsonl', '{"a":\n{"b":\n'));
    expect(found?.file.container).toBe('jsonl');
  });

  test('with a wrong --text-field is an error', async () => {
    expect(await failureOf(plan(write('field.jsonl', '{"text":"a"}\n'), ['txt']))).toMatchObject({
      code: 'no-such-field',
    });
  });
});

describe('documents', () => {
  test('have their text and id; a record without text is skipped and named, an empty text is not', async () => {
    const lines = ['{"id":"a","text":"one"}', '{"id":2,"body":"x"}', '{"text":""}', '{"id":4,"text":"four"}'];
    const file = await sniffFile(write('docs.jsonl', lines.join('\n')));
    const skips: Skip[] = [];
    const got: unknown[] = [];
    const options = { idField: 'id', textFields: ['text'], maxRecordBytes: 1e6, limit: 0 };
    for await (const batch of readDocuments(file, { textPaths: [['text']] }, options, (skip) => skips.push(skip)))
      got.push(...batch);
    expect(got).toMatchObject([
      { record: 1, text: 'one', id: 'a' },
      { record: 3, text: '', id: undefined },
      { record: 4, text: 'four', id: '4' },
    ]);
    expect(skips).toMatchObject([{ reason: 'no-text', record: 2 }]);
  });
});

describe('standard input', () => {
  const script = `
    import { planFile } from '${DIST}/plan-file.js';
    import { readDocuments } from '${DIST}/documents.js';
    const plan = await planFile('-', [], (s) => console.log(JSON.stringify(s)));
    if (plan) {
      let n = 0, last;
      for await (const b of readDocuments(plan.file, plan, { idField: 'id', textFields: [], maxRecordBytes: 1e8, limit: 0 }, () => {})) { n += b.length; last = b.at(-1); }
      console.log(JSON.stringify({ ...plan, n, last }));
    }`;
  const run = (input: Uint8Array): { [key: string]: unknown } => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      input,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as { [key: string]: unknown };
  };

  test.each(['lines.jsonl.zst', 'lines.jsonl.bz2', 'lines.jsonl.xz'])(
    'loses no byte by being looked at first (%s)',
    (name) => {
      expect(run(fixture(name))).toMatchObject({ n: 6000, last: { id: '5999' }, textPaths: [['text']] });
    },
  );

  test('larger than what is looked at is read whole', () => {
    const many = Buffer.concat(Array.from({ length: 20 }, () => LINES));
    expect(run(many)).toMatchObject({ n: 120_000, last: { id: '5999' }, file: { path: '-', bytes: 0 } });
  });

  test('may be one line larger than what is looked at: a JSON array', () => {
    const array = `[${Array.from({ length: 60_000 }, (_, i) => JSON.stringify({ id: i, text: 'x'.repeat(90) })).join(',')}]`;
    expect(run(Buffer.from(array))).toMatchObject({ n: 60_000, textPaths: [['text']] });
  });

  test('without anything on it is an empty file', () => {
    expect(run(Buffer.alloc(0))).toMatchObject({ reason: 'empty-file', file: '-' });
  });

  test('comes slowly, too', () => {
    const command = `(printf '{"id":1,"text":"a"}\\n'; sleep 0.3; printf '{"id":2,"text":"b"}\\n') | '${process.execPath}' --input-type=module -e "$SCRIPT"`;
    const out = execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8', env: { ...process.env, SCRIPT: script } });
    expect(JSON.parse(out)).toMatchObject({ n: 2 });
  });
});

describe('a plain file', () => {
  test('is read at any position, into shared memory too, short only at its end', () => {
    const file = openPlain(write('plain', 'abcdefghij'));
    const shared = new Uint8Array(new SharedArrayBuffer(8), 2, 4);
    expect(file.bytes).toBe(10);
    expect(file.readInto(shared, 3)).toBe(4);
    expect(Buffer.from(shared).toString()).toBe('defg');
    expect(file.readInto(shared, 8)).toBe(2);
    expect(file.readInto(shared, 20)).toBe(0);
    file.close();
  });

  test('that is not there is an error', () => {
    expect(() => openPlain(`${dir}/nope`)).toThrow(/no such file/);
  });
});
