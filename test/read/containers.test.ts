import { parquetWriteBuffer } from 'hyparquet-writer';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { HeldoutError } from '../../dist/model/errors.js';
import type { Skip } from '../../dist/model/input.js';
import type { RawRecord } from '../../dist/model/document.js';
import { readBytes } from '../../dist/read/bytes.js';
import { readDocuments } from '../../dist/read/documents.js';
import { readRecords } from '../../dist/read/records.js';
import { sniffFile } from '../../dist/read/sniff.js';
import { drained, failureOf, fixture, LINES, scratch } from './support.js';

const { dir, write } = scratch();

async function read(
  path: string,
  options: { maxRecordBytes?: number; limit?: number } = {},
): Promise<{ records: RawRecord[]; skips: string[]; skipped: Skip[]; error: unknown; container: string }> {
  const records: RawRecord[] = [];
  const skipped: Skip[] = [];
  let error: unknown;
  const file = await sniffFile(path);
  try {
    for await (const batch of readRecords(file, { maxRecordBytes: 1e8, limit: 0, ...options }, (skip) =>
      skipped.push(skip),
    )) {
      records.push(...batch);
    }
  } catch (caught) {
    error = caught;
  }
  const skips = skipped.map((skip) => `${skip.reason} ${skip.record}`);
  return { records, skips, skipped, error, container: file.container };
}

const values = (records: readonly RawRecord[]): unknown[] => records.map((one) => one.value);

describe('A table', () => {
  const text = 'Nobody in the valley remembered when the mill, had stopped, only that';
  test.each<[string, string, unknown[]]>([
    [
      'semicolons',
      `id;text\n1;${text}\n2;b\n`,
      [
        { id: '1', text },
        { id: '2', text: 'b' },
      ],
    ],
    ['bars and quotes', `id|text\r\n1|"${text} | x"\r\n`, [{ id: '1', text: `${text} | x` }]],
    ['a quoted name with a comma', `"a, b";text\n1;b\n`, [{ 'a, b': '1', text: 'b' }]],
    ['one column of prose with semicolons', `One; two\nthree\n`, [{ 'One; two': 'three' }]],
    [
      'a name of eight words',
      `id,${text.replaceAll(',', '')}\n1,b\n`,
      [
        { id: 'id', 'column 2': text.replaceAll(',', '') },
        { id: '1', 'column 2': 'b' },
      ],
    ],
    [
      'no names',
      `7,"${text}"\n8,b\n`,
      [
        { 'column 1': '7', 'column 2': text },
        { 'column 1': '8', 'column 2': 'b' },
      ],
    ],
  ])('with %s', async (_what, content, expected) => {
    const { records, skips } = await read(write('table.csv', content));
    expect(values(records)).toEqual(expected);
    expect(skips).toEqual([]);
  });
});

describe('JSONL', () => {
  test('files put together keep their byte-order marks, and lose no record by them', async () => {
    const { records, skips } = await read(write('joined.jsonl', '\ufeff{"a":1}\n\ufeff{"a":2}\n'));
    expect(values(records)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(skips).toEqual([]);
  });

  test('a broken line is skipped, named and counted; the rest goes on', async () => {
    const { records, skips, skipped } = await read(write('broken.jsonl', '{"a":1}\n{"a":\n\n{"a":3}\n'));
    expect(records).toEqual([
      { record: 1, offset: 0, value: { a: 1 } },
      { record: 4, offset: 15, value: { a: 3 } },
    ]);
    expect(skips).toEqual(['broken-record 2']);
    expect(skipped[0].detail).toMatch(/not valid JSON/);
  });

  test('bytes that are not UTF-8 become U+FFFD and are counted', async () => {
    const line = Buffer.concat([Buffer.from('{"t":"caf'), Buffer.from([0xe9]), Buffer.from('"}\n{"t":"é"}\n')]);
    const { records, skips } = await read(write('latin.jsonl', line));
    expect(values(records)).toEqual([{ t: 'caf\ufffd' }, { t: 'é' }]);
    expect(skips).toEqual(['not-utf8 1']);
  });

  test('NUL characters, CRLF and a byte-order mark survive or vanish as they should', async () => {
    const { records, skips } = await read(write('nul.jsonl', '\ufeff{"t":"a\\u0000b"}\r\n{"t":"c"}\r\n'));
    expect(records).toEqual([
      { record: 1, offset: 3, value: { t: 'a\0b' } },
      { record: 2, offset: 21, value: { t: 'c' } },
    ]);
    expect(skips).toEqual([]);
  });

  test('a raw NUL byte inside a line breaks that line only', async () => {
    const { records, skips } = await read(write('rawnul.jsonl', '{"t":"a\0b"}\n{"t":"c"}\n'));
    expect(values(records)).toEqual([{ t: 'c' }]);
    expect(skips).toEqual(['broken-record 1']);
  });

  test('a line over the limit is skipped and named', async () => {
    const { records, skips } = await read(write('long.jsonl', `{"t":"${'x'.repeat(500)}"}\n{"t":"y"}`), {
      maxRecordBytes: 100,
    });
    expect(values(records)).toEqual([{ t: 'y' }]);
    expect(skips).toEqual(['record-too-long 1']);
  });

  test('the limit stops reading', async () => {
    const { records, skips } = await read(write('many.jsonl', LINES), { limit: 7 });
    expect(records.length).toBe(7);
    expect(skips).toEqual([]);
  });

  test('an empty file is told', async () => {
    expect((await read(write('empty.jsonl', ''))).skips).toEqual(['empty-file 0']);
    expect((await read(write('blank.jsonl', '\n\n'))).skips).toEqual(['empty-file 0']);
  });
});

describe('JSON', () => {
  test('an array is read element by element, a known wrapper too, another object as one record', async () => {
    expect(values((await read(write('a.json', '[{"a":1},\n {"a":2}]'))).records)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(values((await read(write('b.json', '{"version": 1,\n "data":[{"a":1}]}'))).records)).toEqual([{ a: 1 }]);
    const pretty = JSON.stringify({ text: 'one', more: { b: [1] } }, null, 2);
    expect(values((await read(write('c.json', pretty))).records)).toEqual([{ text: 'one', more: { b: [1] } }]);
  });

  test('a file cut short keeps its records and says so', async () => {
    const { records, skips } = await read(write('cut.json', '[{"a":1},{"a":2},{"a"'));
    expect(values(records)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(skips).toEqual(['broken-record 3', 'corrupt-file 0']);
  });
});

describe('tables', () => {
  test('with two columns of one name lose neither', async () => {
    const { records } = await read(write('twice.csv', 'text,id,text,text_2\none,1,two,three\n'));
    expect(values(records)).toEqual([{ text: 'one', id: '1', text_3: 'two', text_2: 'three' }]);
  });

  test('without a header do not lose their first row', async () => {
    const long = 'a question of eight words or so, or more';
    const { records } = await read(write('headless.csv', `7,"${long}"\n8,"b"\n`));
    expect(records).toMatchObject([
      { record: 1, value: { 'column 1': '7', 'column 2': long } },
      { record: 2, value: { 'column 1': '8', 'column 2': 'b' } },
    ]);
  });

  test('may end their lines with a carriage return alone', async () => {
    const { records } = await read(write('mac.csv', 'id,text\r1,"a\rb"\r2,c\r'));
    expect(values(records)).toEqual([
      { id: '1', text: 'a\rb' },
      { id: '2', text: 'c' },
    ]);
  });

  test('CSV rows are objects; quotes, line ends within them, CRLF and a byte-order mark are understood', async () => {
    const { records, container } = await read(write('t.csv', '\ufeffid,text\r\n1,"a ""b"",\nc"\r\n2,é\r\n'));
    expect(container).toBe('csv');
    expect(records).toEqual([
      { record: 1, offset: 12, value: { id: '1', text: 'a "b",\nc' } },
      { record: 2, offset: 28, value: { id: '2', text: 'é' } },
    ]);
  });

  test('a row with another number of columns is skipped and named', async () => {
    const { records, skips } = await read(write('cols.csv', 'a,b\n1,2\n1,2,3\n4\n5,6\n'));
    expect(values(records)).toEqual([
      { a: '1', b: '2' },
      { a: '5', b: '6' },
    ]);
    expect(skips).toEqual(['broken-record 2', 'broken-record 3']);
  });

  test('TSV with and without quoting', async () => {
    const quoted = await read(write('q.tsv', 'a\tb\n"x\ty"\t2\n3\t"4 ""5"""\n'));
    expect(values(quoted.records)).toEqual([
      { a: 'x\ty', b: '2' },
      { a: '3', b: '4 "5"' },
    ]);
    const raw = await read(write('r.tsv', 'a\tb\n"Hello" he said\t2\n"open\t4\n5\t6\n'));
    expect(values(raw.records)).toEqual([
      { a: '"Hello" he said', b: '2' },
      { a: '"open', b: '4' },
      { a: '5', b: '6' },
    ]);
  });

  test('a quote that is never closed is told; the rows before it are kept', async () => {
    const { records, skips } = await read(write('open.csv', 'a,b\n1,2\n"3,4\n5,6\n'));
    expect(values(records)).toEqual([{ a: '1', b: '2' }]);
    expect(skips).toEqual(['corrupt-file 0']);
  });

  test('a quoted row over the limit is told', async () => {
    const { records, skips } = await read(write('big.csv', `a,b\n1,2\n"${'x'.repeat(300)}",4\n5,6\n`), {
      maxRecordBytes: 100,
    });
    expect(values(records)).toEqual([{ a: '1', b: '2' }]);
    expect(skips).toEqual(['record-too-long 2', 'corrupt-file 0']);
  });
});

describe('text', () => {
  test('a text, Markdown or source file is one document', async () => {
    for (const name of ['a.txt', 'b.md', 'c.py', 'README']) {
      const { records, container } = await read(write(name, '\ufeff# Title\n\n[link](x), a, b\nc, d, e\n'));
      expect(container).toBe('text');
      expect(records).toEqual([{ record: 1, offset: 0, value: '# Title\n\n[link](x), a, b\nc, d, e\n' }]);
    }
  });

  test('a text over the limit is skipped', async () => {
    expect((await read(write('big.txt', 'x'.repeat(200)), { maxRecordBytes: 100 })).skips).toEqual([
      'record-too-long 1',
    ]);
  });
});

describe('Parquet', () => {
  const rows = { text: ['one', 'two', 'three'], n: [1n, 2n ** 60n, 3n] };
  const lists = [
    { list: ['a', 'b'], turns: [{ role: 'user', content: 'hi' }] },
    { list: [], turns: [] },
    {
      list: ['c'],
      turns: [
        { role: 'bot', content: 'yo' },
        { role: 'user', content: 'ok' },
      ],
    },
  ];
  const parquet = (codec: 'UNCOMPRESSED' | 'SNAPPY'): Uint8Array =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'text', data: rows.text, type: 'STRING' },
          { name: 'n', data: rows.n, type: 'INT64' },
          { name: 'nested', data: lists, type: 'JSON' },
        ],
        rowGroupSize: 2,
        codec,
      }),
    );

  test.each(['UNCOMPRESSED', 'SNAPPY'] as const)(
    'rows of every row group come with plain values (%s)',
    async (codec) => {
      const { records, skips } = await read(write(`p-${codec}.bin`, parquet(codec)));
      expect(values(records)).toEqual([
        { text: 'one', n: 1, nested: lists[0] },
        { text: 'two', n: '1152921504606846976', nested: lists[1] },
        { text: 'three', n: 3, nested: lists[2] },
      ]);
      expect(records.map((one) => [one.record, one.offset])).toEqual([
        [1, -1],
        [2, -1],
        [3, -1],
      ]);
      expect(skips).toEqual([]);
    },
  );

  test('nested and list columns written by Arrow in zstd, gzip and snappy are read', async () => {
    for (const codec of ['zstd', 'gzip', 'snappy']) {
      const file = write(`nested-${codec}.parquet`, fixture(`nested-${codec}.parquet`));
      const { records, error } = await read(file);
      expect(error).toBeUndefined();
      expect(values(records)[0]).toEqual({
        id: 7,
        text: 'a document',
        choices: ['red', 'green'],
        messages: [
          { role: 'user', content: 'hello' },
          { role: 'assistant', content: 'world' },
        ],
      });
    }
  });

  test('only what is needed is read, and the limit holds', async () => {
    const file = await sniffFile(write('q.parquet', parquet('SNAPPY')));
    const got: unknown[] = [];
    const options = { idField: 'n', textFields: [], maxRecordBytes: 1e6, limit: 2 };
    for await (const batch of readDocuments(file, { textPaths: [['text']] }, options, () => undefined))
      got.push(...batch);
    expect(got).toEqual([
      { record: 1, offset: -1, text: 'one', id: '1' },
      { record: 2, offset: -1, text: 'two', id: '1152921504606846976' },
    ]);
  });

  test('a file cut short is unreadable, and says so', async () => {
    const whole = parquet('SNAPPY');
    const { error } = await read(write('cut.parquet', whole.subarray(0, whole.length - 20)));
    expect(error).toBeInstanceOf(HeldoutError);
    expect(error).toMatchObject({ code: 'unreadable' });
    expect(String(error)).toContain('cut.parquet');
  });
});

describe('bytes', () => {
  test('on disk are all shown, in order, while the decompressed ones are given', async () => {
    const packed = gzipSync(LINES);
    const shown: Uint8Array[] = [];
    const file = await sniffFile(write('watched.jsonl.gz', packed));
    const { bytes } = await drained(readBytes(file, (chunk) => shown.push(Uint8Array.from(chunk))));
    expect(bytes.equals(LINES)).toBe(true);
    expect(Buffer.concat(shown).equals(packed)).toBe(true);
  });

  test('of a damaged file come first, then an error that names the file, the damage and how far it got', async () => {
    const packed = fixture('lines.jsonl.zst');
    const path = write('cut.jsonl.zst', packed.subarray(0, packed.length - 10));
    const { bytes, error } = await drained(readBytes(await sniffFile(path)));
    expect(bytes.length).toBeGreaterThan(100_000);
    expect(LINES.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(error).toMatchObject({ code: 'unreadable' });
    expect(String(error)).toMatch(/cut\.jsonl\.zst: damaged zstd data: it is cut short.*bytes were read/);
  });

  test('of a file that is not there are an error', async () => {
    const error = await failureOf(sniffFile(`${dir}/nothing.jsonl`));
    expect(error).toMatchObject({ code: 'unreadable' });
    expect(String(error)).toContain('no such file');
    expect(await failureOf(sniffFile(dir))).toMatchObject({ code: 'unreadable' });
  });
});

describe('bytes that are not UTF-8', () => {
  test('in a table are replaced and counted; a U+FFFD that was there before is not', async () => {
    const row = Buffer.concat([Buffer.from('a,b\n1,\ufffd\n2,x'), Buffer.from([0xff]), Buffer.from('\n')]);
    expect((await read(write('bad.csv', row))).skips).toEqual(['not-utf8 1', 'not-utf8 2']);
    expect((await read(write('fine.csv', 'a,b\n1,\ufffd\n'))).skips).toEqual([]);
    const long = `a,b\n${'1,漢字\n'.repeat(200_000)}`;
    expect((await read(write('long.csv', long))).skips).toEqual([]);
  });
});

describe('a byte-order mark inside Parquet', () => {
  test('is text like any other', async () => {
    const columnData = [{ name: 'text', data: ['\ufeffa', 'b'], type: 'STRING' as const }];
    const { records } = await read(write('mark.parquet', new Uint8Array(parquetWriteBuffer({ columnData }))));
    expect(values(records)).toEqual([{ text: '\ufeffa' }, { text: 'b' }]);
  });
});
