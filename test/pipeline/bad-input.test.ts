import { truncateSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../dist/index.js';
import { content, documents, Folder, ITEMS, jsonl } from './support.js';

const folder = new Folder();
const DOCS = documents(200);
const LINES = DOCS.map((doc) => JSON.stringify(doc));
/** Small enough for every file here to be cut many times. */
const CUT = { rangeBytes: 700, chunkBytes: 300 };

function skipsOf({ skips }: ScanResult): Record<string, number[]> {
  return Object.fromEntries(skips.map(({ reason, examples }) => [reason, examples.map(({ record }) => record)]));
}

/** The lines with some replaced, by line number. */
function withLines(changed: Record<number, string | Buffer>): Buffer {
  const lines = LINES.map((line, i) => Buffer.from(changed[i + 1] ?? line));
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
}

describe.each([
  ['a plain file cut into ranges', (name: string, bytes: Buffer) => folder.write(`${name}.jsonl`, bytes)],
  ['a gzip file', (name: string, bytes: Buffer) => folder.write(`${name}.jsonl.gz`, gzipSync(bytes))],
])('In %s', (_, write) => {
  it('broken lines, lines without text and lines that are not UTF-8 are counted by their line numbers', async () => {
    const [head, tail] = LINES[149].split('Page').map((half) => Buffer.from(half));
    const notUtf8 = Buffer.concat([head, Buffer.from([0xff, 0xc3, 0x20]), tail]);
    const file = write('bad', withLines({ 20: '{"text": "cut', 90: '{"id": 7}', 150: notUtf8, 199: '[1, 2' }));
    const result = await folder.scan([file], { grain: CUT, workers: 2 });
    expect(skipsOf(result)).toEqual({ 'broken-record': [20, 199], 'no-text': [90], 'not-utf8': [150] });
    expect(result.corpus[0]).toMatchObject({ records: 200, skipped: 3 });
    expect(result.totals).toMatchObject({ documents: 197, skippedDocuments: 3 });
    expect(result.skips.flatMap(({ examples }) => examples).every((skip) => skip.file === file)).toBe(true);
    expect(result.skips[0].examples[0].detail).toMatch(/^not valid JSON: /);
  });

  it('a line over the limit is left out, and the lines around it are not', async () => {
    const long = (length: number): string => `{"text":"${'x '.repeat(length)}"}`;
    const file = write('long', withLines({ 1: long(4000), 60: long(1000), 61: long(1000), 199: long(9000) }));
    const settings = { maxRecordBytes: 1500 };
    const result = await folder.scan([file], { grain: CUT, settings, workers: 2 });
    expect(skipsOf(result)).toEqual({ 'record-too-long': [1, 60, 61, 199] });
    expect(result.corpus[0]).toMatchObject({ records: 200, skipped: 4 });
    expect(result.matches.map(({ document }) => document.id).sort()).toEqual(
      DOCS.filter((_doc, i) => i % 7 === 3 && i !== 59 && i !== 60)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('a line of exactly the limit is read, one byte more is not', async () => {
    const record = (bytes: number): string => `{"text":"${'x'.repeat(bytes - 11)}"}`;
    const file = write('exact', withLines({ 3: record(2000), 5: `${record(2000)}\r`, 7: record(2001) }));
    for (const chunkBytes of [1, 1000, 1 << 20]) {
      const result = await folder.scan([file], { grain: { chunkBytes }, settings: { maxRecordBytes: 2000 } });
      expect(skipsOf(result)).toEqual({ 'record-too-long': [7] });
    }
  });

  it('NUL bytes and other control characters break no more than their own line', async () => {
    const file = write('nul', withLines({ 8: Buffer.alloc(500), 9: '{"text":"a\u0001b"}' }));
    const result = await folder.scan([file], { grain: CUT });
    expect(skipsOf(result)).toEqual({ 'broken-record': [8, 9] });
  });

  it('a key that is written with escapes is still a key, and deep nesting is no reason to lose a record', async () => {
    const { question } = ITEMS[0];
    const escaped = `{"te\\u0078t": ${JSON.stringify(question)}, "id": "escaped"}`;
    const deep = `{"meta": ${'['.repeat(400)}${']'.repeat(400)}, "text": ${JSON.stringify(question)}, "id": "deep"}`;
    const file = write('keys', withLines({ 1: '{"text":""}', 2: escaped, 3: deep, 4: '{"text":""}' }));
    const result = await folder.scan([file], { grain: { chunkBytes: 100 } });
    expect(result.skips).toEqual([]);
    const found = result.matches.filter(({ document }) => document.record < 5);
    expect(found.map(({ document }) => document.id)).toEqual(['escaped', 'deep']);
    expect(found.map(({ document }) => document.offset)).toEqual([12, 13 + Buffer.byteLength(escaped)]);
  });

  it('only the first few skips are named, but all are counted', async () => {
    const broken = Object.fromEntries(Array.from({ length: 150 }, (_value, i) => [i + 40, '{']));
    const result = await folder.scan([write('many', withLines(broken))], { grain: CUT, workers: 2 });
    expect(result.skips).toMatchObject([{ reason: 'broken-record', count: 150 }]);
    expect(skipsOf(result)['broken-record']).toEqual(Array.from({ length: 20 }, (_value, i) => i + 40));
  });

  it('a limit stops after that many records', async () => {
    const file = write('limit', Buffer.concat([Buffer.from('\n \n'), withLines({ 2: '{' })]));
    const result = await folder.scan([file], { grain: CUT, settings: { limit: 25 } });
    expect(result.corpus[0]).toMatchObject({ records: 25, skipped: 1, xxh64: '' });
    expect(result.partial).toBe(true);
    expect(Math.max(...result.matches.map(({ document }) => document.record))).toBeLessThanOrEqual(27);
  });
});

describe('A damaged file', () => {
  it('keeps what was found before the damage, and the other files are scanned', async () => {
    const whole = gzipSync(withLines({}), { level: 0 });
    const cut = folder.write('cut.jsonl.gz', whole.subarray(0, whole.length / 2));
    const fine = folder.write('fine.jsonl', withLines({}));
    const result = await folder.scan([cut, fine], { workers: 2 });
    expect(result.skips).toMatchObject([{ reason: 'corrupt-file', count: 1, examples: [{ file: cut, record: 0 }] }]);
    expect(result.totals.unreadableFiles).toBe(1);
    const [first, second] = [cut, fine].map((file) => result.matches.filter(({ document }) => document.file === file));
    expect(first.length).toBeGreaterThan(5);
    expect(second.length).toBeGreaterThan(first.length);
    const inBoth = new Set(second.map((match) => JSON.stringify(content(match))));
    expect(first.every((match) => inBoth.has(JSON.stringify(content(match))))).toBe(true);
    expect(result.corpus[0].xxh64).toBe('');
    expect(result.corpus[1].xxh64).toMatch(/^[0-9a-f]{16}$/);
  });

  it('alone or empty is nothing to scan, and an error', async () => {
    const empty = folder.write('empty.jsonl', '');
    await expect(folder.scan([empty])).rejects.toMatchObject({ code: 'no-input' });
    const foreign = folder.write('archive.zip', Buffer.from('PK\u0003\u0004'.padEnd(100, 'x')));
    await expect(folder.scan([foreign])).rejects.toMatchObject({ code: 'unreadable' });
  });
});

describe('A file that becomes shorter while it is read', () => {
  it('is said to be damaged, though it ends where a line does', async () => {
    const lines = jsonl(documents(20_000)).split('\n');
    const file = folder.write('shrinking.jsonl', lines.join('\n'));
    const onProgress = ({ documents: done }: { documents: number }): void => {
      if (done > 0) truncateSync(file, Buffer.byteLength(`${lines.slice(0, 100).join('\n')}\n`));
    };
    const result = await folder.scan([file], { onProgress, grain: { rangeBytes: 100_000, chunkBytes: 50_000 } });
    expect(result.totals.documents).toBeLessThan(20_000);
    expect(result.skips).toMatchObject([{ reason: 'corrupt-file', count: 1, examples: [{ file, record: 0 }] }]);
  });
});

describe('A Parquet file with a damaged row group', () => {
  it('gives the groups before and behind it, and says so', async () => {
    const data = documents(3000).map(({ text }) => text);
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'text', data }], rowGroupSize: [1000] }));
    const whole = await folder.scan([folder.write('whole.parquet', bytes)]);
    bytes.fill(0xff, bytes.length * 0.45, bytes.length * 0.55);
    const result = await folder.scan([folder.write('damaged.parquet', bytes)]);
    expect(whole.totals.documents).toBe(3000);
    expect(result.totals.documents).toBe(2000);
    expect(result.matches.some(({ document }) => document.record > 2000)).toBe(true);
    expect(result.skips).toMatchObject([{ reason: 'corrupt-file', count: 1 }]);
  });
});

describe('A digest', () => {
  it('is the same for a file in one piece, in ranges, and read as documents', async () => {
    const bytes = withLines({});
    const one = folder.write('digest.jsonl', bytes);
    const other = folder.write('digest.txt', bytes);
    const whole = await folder.scan([one]);
    const cut = await folder.scan([one], { grain: CUT, workers: 2 });
    const text = await folder.scan([other]);
    expect(whole.corpus[0].xxh64).toMatch(/^[0-9a-f]{16}$/);
    expect(cut.corpus[0].xxh64).toBe(whole.corpus[0].xxh64);
    expect(text.corpus[0].xxh64).toBe(whole.corpus[0].xxh64);
    expect(whole.benchmarks[0].files[0]).toMatchObject({ records: 4, skipped: 0, container: 'jsonl' });
  });
});

describe('A run that is stopped', () => {
  it('is partial, and what it found is true', async () => {
    const docs = documents(60_000);
    const file = folder.write('large.jsonl', jsonl(docs));
    const whole = await folder.scan([file], { workers: 2 });
    for (const workers of [1, 3]) {
      const abort = new AbortController();
      const { signal } = abort;
      const onProgress = ({ documents: done }: { documents: number }): void => void (done > 5000 && abort.abort());
      const result = await folder.scan([file], {
        workers,
        signal,
        onProgress,
        grain: { rangeBytes: 300_000, chunkBytes: 50_000 },
      });
      expect(result.partial).toBe(true);
      expect(result.totals.documents).toBeGreaterThan(5000);
      expect(result.totals.documents).toBeLessThan(60_000);
      const known = new Set(whole.matches.map((match) => JSON.stringify(match)));
      expect(result.matches.length).toBeGreaterThan(100);
      expect(result.matches.every((match) => known.has(JSON.stringify(match)))).toBe(true);
    }
  }, 30_000);

  it('before it begins reads nothing, and says so', async () => {
    const file = folder.write('small.jsonl', withLines({}));
    await expect(folder.scan([file], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'interrupted' });
  });
});
