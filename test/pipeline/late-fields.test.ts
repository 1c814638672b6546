import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../dist/index.js';
import { content, Folder, ITEMS, jsonl } from './support.js';

/** Usual fields that none of the records looked at before a scan has, and other things that come late. */
const folder = new Folder();
const LEAK = ITEMS[0].question;
const many = (record: (i: number) => unknown): unknown[] => Array.from({ length: 120 }, (_, i) => record(i));
const turn = (said: unknown): unknown => ({ role: 'user', content: said });

const LATE: readonly [string, (i: number) => unknown, unknown][] = [
  ['input', (i) => ({ instruction: `Answer request ${i} please`, output: 'fine' }), { input: LEAK, output: 'x' }],
  ['content parts', () => ({ messages: [turn('hello')] }), { messages: [turn([{ type: 'text', text: LEAK }])] }],
  ['parts beside a string', () => ({ messages: [turn('a b')] }), { messages: [turn('hi'), turn([{ text: LEAK }])] }],
  ['a prompt beside turns', () => ({ messages: [turn('hello')] }), { messages: [turn('hello')], prompt: LEAK }],
  ['turns beside a text', (i) => ({ text: `hello ${i}` }), { text: 'see below', messages: [turn(LEAK)] }],
  ['a list of strings', (i) => ({ text: `hello ${i}` }), { text: ['one', LEAK] }],
  ['turns in a prompt', () => ({ prompt: 'hello', completion: 'x' }), { prompt: [turn(LEAK)], completion: 'x' }],
  ['a question beside an unusual field', (i) => ({ page: `hello ${i}` }), { page: 'hello', question: LEAK }],
];

describe.each(['jsonl', 'json', 'jsonl.gz'])('A usual field that first appears late in a %s file', (kind) => {
  const write = (records: readonly unknown[]): string => {
    const text = kind === 'json' ? JSON.stringify(records) : jsonl(records);
    return folder.write(`late.${kind}`, kind === 'jsonl.gz' ? gzipSync(text) : text);
  };

  it.each(LATE)('is read: %s', async (_what, usual, late) => {
    const result = await folder.scan([write([...many(usual), late])]);
    expect(result.matches.map(({ document, item }) => [document.record, item])).toEqual([[121, 'ferry']]);
    expect(result.skips).toEqual([]);
    expect(result.totals.skippedDocuments).toBe(0);
  });

  it('is not read where the user has named another, but the named one is in any form', async () => {
    const settings = { textFields: ['text'] };
    const file = write([
      ...many(() => ({ text: 'hello' })),
      { text: 'hello', prompt: LEAK },
      { text: [{ text: LEAK }] },
    ]);
    const result = await folder.scan([file], { settings });
    expect(result.matches.map(({ document }) => document.record)).toEqual([122]);
  });
});

describe('JSON lines and a JSON array', () => {
  it('give the same documents whatever usual fields come late', async () => {
    const said = fc.constantFrom('', '—', 'x', LEAK, ITEMS[1].question, 'Page. '.repeat(9), null, 7);
    const value = fc.oneof(
      said,
      fc.array(said, { maxLength: 2 }),
      fc.array(fc.record({ text: said }), { maxLength: 2 }),
    );
    const turns = fc.array(fc.record({ role: fc.constant('user'), content: value }), { maxLength: 2 });
    const record = fc.record(
      { instruction: value, output: value, input: value, messages: turns, text: value, note: said },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), async (records) => {
        const all = [...many(() => ({ instruction: 'Go', output: 'gone' })), ...records];
        const lines = await folder.scan([folder.write('twin.jsonl', jsonl(all))]);
        const array = await folder.scan([folder.write('twin.json', JSON.stringify(all))]);
        const bare = ({ matches }: ScanResult): unknown[] =>
          matches.map((match) => [
            match.document.record,
            content({ ...match, document: { ...match.document, id: '' } }),
          ]);
        expect(bare(lines)).toEqual(bare(array));
        expect(lines.totals.documents).toBe(array.totals.documents);
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});

describe('Several records in one line', () => {
  it.each([
    ['old Mac line ends', '\r'],
    ['nothing between them', ''],
    ['a space', ' '],
  ])('are all read: %s', async (_what, between) => {
    const records = [{ text: 'abc def' }, { text: LEAK }, { text: 'ghi' }].map((one) => JSON.stringify(one));
    const result = await folder.scan([folder.write('one-line.jsonl', records.join(between) + between)]);
    expect(result.matches).toHaveLength(1);
    expect(result.totals).toMatchObject({ documents: 3, skippedDocuments: 0 });
    expect(result.skips).toEqual([]);
  });

  it('are read but for the broken one, which is told', async () => {
    const file = folder.write('one-line.jsonl', `{"text":"a b"}\r{"text":}\r${JSON.stringify({ text: LEAK })}\r`);
    const result = await folder.scan([file]);
    expect(result.matches).toHaveLength(1);
    expect(result.corpus[0]).toMatchObject({ records: 3, skipped: 1 });
    expect(result.skips).toMatchObject([{ reason: 'broken-record', count: 1 }]);
  });
});

describe('A record that is no text and broken besides', () => {
  it.each(['jsonl', 'jsonl.gz'])('is left out once: %s', async (kind) => {
    const noise = Buffer.alloc(60, 0xff);
    const lines = many(() => [noise, Buffer.from('\n')]).flat() as Buffer[];
    const bytes = Buffer.concat([Buffer.from(jsonl([{ text: 'hello there' }])), ...lines]);
    const file = folder.write(`noise.${kind}`, kind === 'jsonl' ? bytes : gzipSync(bytes));
    const { corpus, totals } = await folder.scan([file]);
    expect(corpus[0]).toMatchObject({ records: 121, skipped: 120 });
    expect(totals).toMatchObject({ documents: 1, skippedDocuments: 120 });
  });
});

describe('Where not a single document was compared', () => {
  it('no item is clean', async () => {
    const { items, benchmarks } = await folder.scan([folder.write('broken.jsonl', '{"text": \n{"text"\n')]);
    expect(new Set(items.map(({ verdict, reason }) => `${verdict}: ${reason}`))).toEqual(
      new Set(['unchecked: there was no document to compare it with']),
    );
    expect(benchmarks[0].counts).toMatchObject({ clean: 0, unchecked: ITEMS.length });
  });
});

describe('Text around a JSON file’s list of records', () => {
  const records = many((i) => ({ text: `hello ${i}` }));
  it.each([
    ['before it', { notes: LEAK, data: records }],
    ['behind it', { version: '1', data: records, notes: LEAK }],
    ['between two', { train: records, about: { notes: [LEAK] }, test: records }],
  ])('is read as record 0, and told: %s', async (_where, file) => {
    const result = await folder.scan([folder.write('wrapper.json', JSON.stringify(file, undefined, 1))]);
    expect(result.matches.map(({ document }) => document.record)).toEqual([0]);
    expect(result.skips).toMatchObject([{ reason: 'other-field', count: 1 }]);
  });

  it('is no record where it could hold no question', async () => {
    const file = { version: '1.1', about: 'seven words are not enough for one', data: records };
    const result = await folder.scan([folder.write('wrapper.json', JSON.stringify(file))]);
    expect(result.totals.documents).toBe(120);
    expect(result.skips).toEqual([]);
  });
});

describe.each(['jsonl', 'json', 'jsonl.gz'])(
  'Text that comes late, at a field of no usual name, in a %s file',
  (kind) => {
    const write = (records: readonly unknown[]): string => {
      const text = kind === 'json' ? JSON.stringify(records) : jsonl(records);
      return folder.write(`strange.${kind}`, kind === 'jsonl.gz' ? gzipSync(text) : text);
    };
    const usual = many((i) => ({ text: `hello ${i}`, url: 'https://a.example/b', meta: { title: 'x', note: '' } }));

    const late = [
      { text: 'a', markdown: LEAK },
      { text: 'b', meta: { title: LEAK, note: LEAK, pages: [{ url: 'u', blocks: ['x', LEAK] }, LEAK] } },
      { text: 'c', markdown: 'seven words are not enough for one' },
      { text: 'd', markdown: 'a b c d e f g h' },
      { text: 'e', transcript: LEAK.split(', ') },
      { text: 'f', asked: { [LEAK]: '574' } },
    ];
    const cuts = [1 << 24, 500].map((rangeBytes) => ({ grain: { rangeBytes }, workers: 2 }));

    it.each(cuts)('is read with all of its record, and told, however it is nested and cut: %j', async (options) => {
      const result = await folder.scan([write([...usual, ...late])], options);
      expect(result.matches.map(({ document }) => document.record)).toEqual([121, 122, 125, 126]);
      expect(result.corpus[0].notRead).toBeUndefined();
      const from = 'text where the first records have none; read from';
      expect(result.skips).toMatchObject([{ reason: 'other-field', count: 5 }]);
      expect(result.skips[0].examples.map(({ record, detail }) => [record, detail])).toEqual([
        [121, `${from} markdown`],
        [122, `${from} meta.title, meta.note, meta.pages.blocks, meta.pages`],
        [124, `${from} markdown`],
        [125, `${from} transcript`],
        [126, `${from} asked.{key}`],
      ]);
    });

    it.each(cuts)('is counted where the user has named what to read: %j', async (options) => {
      const settings = { textFields: ['text'] };
      const result = await folder.scan([write([...usual, ...late])], { ...options, settings });
      expect(result.matches).toEqual([]);
      expect(result.skips).toEqual([]);
      expect(result.corpus[0].notRead).toEqual({
        sampled: 100,
        fields: [],
        later: [
          { field: 'markdown', records: 2, characters: LEAK.length + 15 },
          { field: 'asked.{key}', records: 1, characters: LEAK.length },
          { field: 'meta.note', records: 1, characters: LEAK.length },
          { field: 'meta.pages', records: 1, characters: LEAK.length },
          { field: 'meta.pages.blocks', records: 1, characters: LEAK.length },
          { field: 'meta.title', records: 1, characters: LEAK.length },
          { field: 'transcript', records: 1, characters: LEAK.length - 2 },
        ],
      });
    });

    it('is not named where it is read', async () => {
      expect((await folder.scan([write([...usual, { text: 'a', prompt: LEAK }])])).corpus[0].notRead).toBeUndefined();
    });
  },
);
