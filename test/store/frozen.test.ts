import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, openIndex, scanIndex } from '../../dist/index.js';
import { decodePlain } from '../../dist/store/plain.js';
import { gramsOf, select } from '../../dist/text/select.js';
import { tokenize } from '../../dist/text/tokenize.js';
import { unicode } from '../differential/core.js';
import { jsonl } from '../property/support.js';
import { contentsOf, IndexFolder } from './support.js';

const folder = new IndexFolder();
const root = fileURLToPath(new URL('../..', import.meta.url));
const index = path.join(root, 'test/store/fixtures/version-1.heldout');
const withRecords = path.join(root, 'test/store/fixtures/version-2.heldout');
const corpus = 'test/store/fixtures/corpus.jsonl';
const documents = readFileSync(path.join(root, corpus), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { id: string; text: string });
const tokensOf = (text: string): bigint[] =>
  [...tokenize(new TextEncoder().encode(text), unicode)].map(({ hash }) => hash);

describe('An index of version 1, frozen', () => {
  it('is read whole, and confirms and finds what it always did', async () => {
    await expect((await openIndex(index)).verify()).resolves.toBe(1);
    const bench = folder.write(
      'bench.jsonl',
      jsonl([{ id: 'q', question: documents[5].text.split(' ').slice(3, 40).join(' ') }]),
    );
    const request = { benchmarks: [bench], settings: DEFAULT_SETTINGS, workers: 1, corpusRoot: root };
    const { items, matches } = await scanIndex(index, request);
    expect(items[0].verdict).toBe('contaminated');
    expect(matches[0].document).toMatchObject({ file: corpus, record: 6, id: 'd5' });
  });

  it('is written to the byte by this version', async () => {
    const here = process.cwd();
    process.chdir(root);
    try {
      expect(contentsOf((await folder.build([corpus])).path)).toEqual(contentsOf(index));
    } finally {
      process.chdir(here);
    }
  });

  it('holds what FORMAT.md says, read by the plain twins alone', () => {
    const bytes = (name: string): Buffer => readFileSync(path.join(index, name));
    const block = (name: string): Buffer => {
      const column = bytes(name);
      const directory = Number(column.readBigUInt64LE(column.length - 16));
      return column.subarray(16, Number(column.readBigUInt64LE(directory)));
    };
    expect(readdirSync(index)).not.toContain('sources.column');
    const manifest = JSON.parse(bytes('manifest.json').toString('utf8')) as { blocks: number };
    const code = {
      keys: block('keys.column'),
      documents: block('documents.column'),
      locations: block('locations.column'),
      sources: Buffer.alloc(0),
    };
    const coding = { keyBits: 64, sourceBits: 0, blocks: manifest.blocks, blockBits: 1, mostBlocks: 8 };
    const { keys, documents: counts } = decodePlain(code, coding);
    const expected = new Map<bigint, number>();
    for (const { text } of documents)
      for (const key of select(tokensOf(text), { words: 6, singles: 9 }))
        expected.set(key, (expected.get(key) ?? 0) + 1);
    expect(keys).toEqual([...expected.keys()].sort((a, b) => (a < b ? -1 : 1)));
    expect(counts).toEqual(keys.map((key) => expected.get(key)));
    expect(gramsOf(tokensOf('only three words'))).toHaveLength(1);
  });
});

describe('An index of version 2, frozen', () => {
  it('is read whole, and tells records like an item as it always did', async () => {
    await expect((await openIndex(withRecords)).verify()).resolves.toBe(1);
    const bench = folder.write('whole.jsonl', jsonl([{ id: 'q', question: `${documents[5].text} That is all.` }]));
    const request = { benchmarks: [bench], settings: DEFAULT_SETTINGS, workers: 1, corpusRoot: root };
    const { items } = await scanIndex(withRecords, request);
    const [near] = items[0].nearRecords?.closest ?? [];
    expect(near).toMatchObject({ file: corpus, record: 6, parts: 'question', confirmed: true });
  });

  it('is written to the byte by this version', async () => {
    const here = process.cwd();
    process.chdir(root);
    try {
      expect(contentsOf((await folder.build([corpus], { records: true })).path)).toEqual(contentsOf(withRecords));
    } finally {
      process.chdir(here);
    }
  });
});
