import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { ScanResult, Settings } from '../../dist/index.js';
import { Folder, ITEMS, jsonl } from '../pipeline/support.js';

/** Wherever in a record a leak stands, it is found, or its field is named as not read. */
const folder = new Folder();
const LEAK = ITEMS[0].question;

/** Records as data sets have them; a leak goes into a copy of one. */
const SHAPES: Readonly<Record<string, (i: number) => unknown>> = {
  web: (i) => ({ text: `Page ${i}.`, url: 'https://a.example/b', meta: { title: 'x', tags: ['a', 'b'] } }),
  'web and a long title': (i) => ({ text: `Page ${i}.`, title: 'one two three four five six seven eight nine', id: i }),
  sharegpt: (i) => ({
    id: `c${i}`,
    conversations: [
      { from: 'human', value: `hello ${i}` },
      { from: 'gpt', value: 'hi' },
    ],
  }),
  openai: (i) => ({ messages: [{ role: 'user', content: `hello ${i}` }] }),
  'content parts': () => ({ messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }] }),
  tools: () => ({
    messages: [
      { role: 'user', content: 'hello' },
      { role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: '{"q": "x"}' } }] },
    ],
  }),
  alpaca: (i) => ({ instruction: `Do ${i}`, input: '', output: 'done' }),
  dolly: (i) => ({ instruction: `Do ${i}`, context: '', response: 'done', category: 'open_qa' }),
  'dpo strings': () => ({ prompt: 'hello', chosen: 'a b', rejected: 'c d' }),
  'dpo turns': () => ({ chosen: [{ role: 'user', content: 'a b' }], rejected: [{ role: 'user', content: 'c d' }] }),
  p3: () => ({ inputs_pretokenized: 'hello there', targets_pretokenized: 'x', inputs: [1, 2], targets: [3] }),
  embeddings: () => ({ text: 'hello', embedding: [0.1, 0.2, 0.3] }),
  tree: () => ({ prompt: { text: 'hello', replies: [{ text: 'a', replies: [] }] } }),
  tokens: () => ({ tokens: ['a', 'b'], ner_tags: [0, 1] }),
  odd: (i) => ({ seite: `Seite ${i}`, 'a.b': 'x', 'x y': { '': 'z', é: 'w' } }),
  keyed: (i) => ({ [`doc_${i}`]: { q: 'short', n: 1 } }),
};

const key = fc.constantFrom(
  ...['title', 'text', 'meta', 'a.b', 'a', 'b', 'url', 'role', 'id', 'content', 'x y', '', 'é', 'messages', 'q'],
  ...['question', 'value', 'replies', 'notes', '0', 'tool_calls', 'arguments', 'embedding', 'a"b', 'tokens'],
);

/** What a string that holds the leak looks like. */
const said = fc.constantFrom<(text: string) => unknown>(
  (text) => text,
  (text) => `${'Before it. '.repeat(40)}${text} Behind it.`,
  (text) => JSON.stringify({ question: text, answer: '574' }),
  (text) => JSON.stringify(JSON.stringify([{ question: text }])),
  (text) => text.split(', '),
  (text) => [...Array.from({ length: 300 }, () => ({ role: 'user', content: 'hi' })), { role: 'user', content: text }],
  (text) => `data:image/png;base64,${'QUJD'.repeat(5000)} ${text}`,
  (text) => ({ [text]: '574' }),
  (text) => [[[text]], 7, null],
);

/** Around it: objects and lists. */
const wrap = fc.oneof(
  key.map((name) => (inner: unknown): unknown => ({ [name]: inner })),
  key.map((name) => (inner: unknown): unknown => ({ n: 1, [name]: inner, z: 'https://a.example' })),
  fc.constant((inner: unknown): unknown => [inner]),
  fc.constant((inner: unknown): unknown => ['x', inner, 7]),
);

/** Puts a value at a key of one of the objects in a value, chosen by a number; what was there goes. */
function planted(value: unknown, name: string, inner: unknown, choice: number): unknown {
  const copy: unknown = structuredClone(value);
  const objects: Record<string, unknown>[] = [];
  const gather = (one: unknown): void => {
    if (Array.isArray(one)) one.forEach(gather);
    else if (typeof one === 'object' && one !== null) {
      objects.push(one as Record<string, unknown>);
      Object.values(one).forEach(gather);
    }
  };
  gather(copy);
  objects[choice % objects.length][name] = inner;
  return copy;
}

const plant = fc.record({
  shape: fc.constantFrom(...Object.keys(SHAPES)),
  name: key,
  form: said,
  wraps: fc.array(wrap, { maxLength: 4 }),
  choice: fc.nat(9),
  at: fc.constantFrom(0, 50, 99, 100, 119),
});

type Plant = typeof plant extends fc.Arbitrary<infer P> ? P : never;

interface Planted {
  readonly file: string;
  readonly records: readonly unknown[];
  readonly at: number;
}

const WRITTEN: Readonly<Record<string, (records: readonly unknown[]) => string | Uint8Array>> = {
  jsonl,
  json: JSON.stringify,
  'jsonl.gz': (records) => gzipSync(jsonl(records)),
};

function write({ shape, name, form, wraps, choice, at }: Plant, kind: string, i: number): Planted {
  const records = Array.from({ length: 120 }, (_, record) => SHAPES[shape](record));
  const inner = wraps.reduce<unknown>((value, around) => around(value), form(LEAK));
  records[at] = planted(records[at], name, inner, choice);
  return { file: folder.write(`plant-${i}.${kind}`, WRITTEN[kind](records)), records, at };
}

/** Neither found in its record nor named as a field that was not read. */
function isLost({ matches, corpus }: ScanResult, { file, at }: Pick<Planted, 'file' | 'at'>): boolean {
  const { fields = [], later = [] } = corpus.find(({ path }) => path === file)?.notRead ?? {};
  const told = [...fields, ...later].some(({ characters }) => characters >= LEAK.length - 8);
  return !told && !matches.some(({ document }) => document.file === file && document.record === at + 1);
}

async function expectNoneLost(plants: readonly Planted[], settings?: Partial<Settings>): Promise<void> {
  const result = await folder.scan(
    plants.map(({ file }) => file),
    { settings: settings ?? {} },
  );
  const lost = plants.filter((one) => isLost(result, one));
  expect(lost.map(({ records, at }) => JSON.stringify(records[at]).slice(0, 400))).toEqual([]);
}

const many = fc.array(plant, { minLength: 40, maxLength: 40 });

describe('A leak anywhere in a record', () => {
  it.each(Object.keys(WRITTEN))(
    'is found, or what was not read is named: %s',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(many, (plants) => expectNoneLost(plants.map((one, i) => write(one, kind, i)))),
        { numRuns: 8 },
      );
    },
    120_000,
  );

  it('is named where the user has said what to read', async () => {
    await fc.assert(
      fc.asyncProperty(many, (plants) =>
        expectNoneLost(
          plants.map((one, i) => write({ ...one, shape: 'web' }, 'jsonl', i)),
          { textFields: ['text'] },
        ),
      ),
      { numRuns: 4 },
    );
  }, 120_000);

  const COLUMNS = ['title', 'url', 'text', 'note', 'answer'];
  const cells = COLUMNS.flatMap((column) => [0, 99, 100, 2999].map((at) => ({ column, at })));
  const cell = (leaky: string, name: string, i: number, at: number): string =>
    name === leaky && i === at ? LEAK : `${name} ${i}`;

  it('is found in a column of a Parquet file that had none, or named', async () => {
    const plants = cells.map(({ column, at }, n) => {
      const records = Array.from({ length: 3000 }, (_, i) =>
        Object.fromEntries(COLUMNS.map((name) => [name, cell(column, name, i, at)])),
      );
      const columnData = COLUMNS.map((name) => ({ name, data: records.map((record) => record[name]) }));
      const file = folder.write(`plant-${n}.parquet`, '');
      writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 1000 })));
      return { file, records, at };
    });
    await expectNoneLost(plants);
  });

  it('is found in a cell of a table, or named', async () => {
    const plants = cells.map(({ column, at }, n) => {
      const records = Array.from({ length: 3000 }, (_, i) => COLUMNS.map((name) => `"${cell(column, name, i, at)}"`));
      return { file: folder.write(`plant-${n}.csv`, [COLUMNS, ...records, ''].join('\n')), records, at };
    });
    await expectNoneLost(plants);
  });
});
