import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../dist/index.js';
import { content, documents, Folder, ITEMS, jsonl } from './support.js';

/** A record whose usual field is empty has its text elsewhere, and what is beside the text is named. */
const folder = new Folder();
const LEAK = ITEMS[0].question;
/** More than the records that are looked at before a scan. */
const USUAL = documents(7).slice(0, 3);
const SAMPLED = Array.from({ length: 120 }, (_, i) => ({ ...USUAL[i % 3], id: `usual-${i}` }));

function found(result: ScanResult): string[] {
  return [...new Set(result.matches.map(({ document }) => document.id))].sort();
}
function skips(result: ScanResult): unknown[] {
  return result.skips.flatMap(({ reason, count, examples }) => [
    `${count} ${reason}`,
    ...examples.map(({ record, detail }) => `${record}: ${detail}`),
  ]);
}

const ELSEWHERE = [
  ['content', { text: '', content: LEAK }],
  ['no text at all', { content: LEAK }],
  ['null', { text: null, content: LEAK }],
  ['spaces and dashes', { text: ' —\n', content: LEAK }],
  ['an invisible space', { text: '\u200b', raw_content: LEAK }],
  ['chat turns', { text: '', messages: [{ role: 'user', content: LEAK }] }],
  ['fine-tuning fields', { text: '', question: LEAK, solution: '574' }],
  ['a field of no usual name', { text: '', url: 'https://a.example/b', markdown: LEAK }],
  ['a nested field of no usual name', { text: '', page: { blocks: [{ markdown: LEAK }] } }],
] as const;

describe.each(['jsonl', 'json'])('A record of a %s file without a word in the usual field', (kind) => {
  const write = (name: string, records: readonly unknown[]): string =>
    folder.write(`${name}.${kind}`, kind === 'json' ? JSON.stringify(records) : jsonl(records));

  it.each(ELSEWHERE)('is read from its next usual field: %s', async (_what, record) => {
    const file = write('late', [...SAMPLED, { ...record, id: 'elsewhere' }]);
    const result = await folder.scan([file]);
    expect(found(result)).toContain('elsewhere');
    expect(skips(result)).toEqual(['1 other-field', expect.stringMatching(/^121: text without a word; read from /)]);
    expect(result.totals).toMatchObject({ documents: 121, skippedDocuments: 0 });
  });

  it('is an empty document where it has nothing else, and one without text where it has not even that', async () => {
    const file = write('empty', [
      ...SAMPLED,
      { id: 'a', text: '' },
      { id: 'b', text: ' ', url: 'https://a.example' },
      { id: 'c', n: 1 },
    ]);
    const result = await folder.scan([file]);
    expect(skips(result)).toEqual(['1 no-text', '123: it has none of text']);
  });

  it('stays empty where the user has named the fields', async () => {
    const file = write('named', [...SAMPLED, { id: 'a', text: '', content: LEAK }]);
    const result = await folder.scan([file], { settings: { textFields: ['text'] } });
    expect(found(result)).not.toContain('a');
    expect(skips(result)).toEqual([]);
  });

  it('is found among the first records, too', async () => {
    const result = await folder.scan([write('early', [{ id: 'a', text: '', content: LEAK }, ...SAMPLED])]);
    expect(found(result)).toContain('a');
  });
});

describe('A row of a Parquet file without a word in the usual column', () => {
  it('is read from its next usual column, which is not read otherwise', async () => {
    const rows = [...SAMPLED.map((doc) => ({ ...doc, content: '' })), { id: 'elsewhere', text: '', content: LEAK }];
    const column = (name: 'id' | 'text' | 'content'): { name: string; data: string[] } => ({
      name,
      data: rows.map((row) => row[name]),
    });
    const file = folder.write('rows.parquet', '');
    writeFileSync(
      file,
      new Uint8Array(parquetWriteBuffer({ columnData: [column('id'), column('text'), column('content')] })),
    );
    const result = await folder.scan([file]);
    expect(found(result)).toContain('elsewhere');
    expect(skips(result)[0]).toBe('1 other-field');
  });
});

describe('JSON lines, walked in the core, and a JSON array, parsed', () => {
  it('give the same documents, matches and skips, whatever fields are empty', async () => {
    const words = fc.constantFrom('', ' ', '—', '***', '===', '&nbsp;', '<br>', '\u200b', '℃', 'x', 'N/A', '🌾');
    const texts = fc.oneof(
      words,
      fc.constantFrom(LEAK, ITEMS[3].question, 'Page. '.repeat(9)),
      fc.constantFrom(null, 7),
    );
    const turns = fc.array(fc.record({ role: fc.constant('user'), content: texts }), { maxLength: 2 });
    const record = fc.record(
      { text: texts, content: texts, body: texts, messages: turns, question: texts, solution: texts, note: texts },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 40 }), async (records) => {
        const all = [...SAMPLED, ...records];
        const lines = await folder.scan([folder.write('twin.jsonl', jsonl(all))]);
        const array = await folder.scan([folder.write('twin.json', JSON.stringify(all))]);
        const bare = ({ matches }: ScanResult): unknown[] =>
          matches.map((match) => [
            match.document.record,
            content({ ...match, document: { ...match.document, id: '' } }),
          ]);
        expect(bare(lines)).toEqual(bare(array));
        expect(skips(lines)).toEqual(skips(array));
        expect({ ...lines.totals, textBytes: 0 }).toEqual({ ...array.totals, textBytes: 0 });
      }),
      { numRuns: 20 },
    );
  }, 60_000);
});

describe('Fields beside the text', () => {
  const beside = SAMPLED.map((doc, i) => ({
    ...doc,
    url: 'https://a.example/b',
    title: 'Seven words are not enough for one',
    ...(i % 2 === 0 ? { solution: LEAK } : {}),
    messages: [{ role: 'user', content: `${LEAK} Again.` }],
  }));

  it.each(['jsonl', 'json'])('that could hold a question are named with counts: %s', async (kind) => {
    const file = folder.write(`beside.${kind}`, kind === 'json' ? JSON.stringify(beside) : jsonl(beside));
    const result = await folder.scan([file]);
    expect(found(result)).toEqual([]);
    expect(result.corpus[0].notRead).toEqual({
      sampled: 100,
      fields: [
        { field: 'messages.content', records: 100, characters: 100 * (LEAK.length + 7) },
        { field: 'solution', records: 50, characters: 50 * LEAK.length },
      ],
    });
  });

  it('are not named where they are read, or there are none', async () => {
    const file = folder.write('beside.jsonl', jsonl(beside));
    const settings = { textFields: ['text', 'solution', 'messages'] };
    expect((await folder.scan([file], { settings })).corpus[0].notRead).toBeUndefined();
    expect((await folder.scan([folder.write('usual.jsonl', jsonl(SAMPLED))])).corpus[0].notRead).toBeUndefined();
  });
});
