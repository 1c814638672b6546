import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, mergeIndexes, openIndex, scan } from '../../dist/index.js';
import type { ScanResult } from '../../dist/index.js';
import { canonicalJson, digestOf, loadDigester } from '../../dist/report/digest.js';
import { cannotWriteIndex } from '../../dist/store/durable.js';
import { jsonl, WORDS } from '../property/support.js';
import { IndexFolder } from './support.js';

const folder = new IndexFolder();
const memoryBytes = 256 * 1024 ** 2;

const sentence = (seed: number): string =>
  Array.from({ length: 30 }, (_, w) => WORDS[(w * (seed + 3) + w * w * seed) % 60]).join(' ');
const questions = Array.from({ length: 5 }, (_, i) => ({ id: `q${i}`, question: sentence(i + 1) }));
const bench = folder.write('bench.jsonl', jsonl(questions));
const documents = questions.map(({ question }, i) => ({
  id: `d${i}`,
  text: `${sentence(50 + i)} ${question} ${sentence(70 + i)}`,
}));
const corpus = folder.write('corpus.jsonl', jsonl(documents));

function ask(index: string, options: { corpusRoot?: string } = {}): Promise<ScanResult> {
  return scan({ benchmarks: [bench], against: [index], settings: DEFAULT_SETTINGS, workers: 1, ...options });
}

/** A copy that may be spoilt. */
function copyOf(index: string): string {
  const copy = folder.fresh();
  cpSync(index, copy, { recursive: true });
  return copy;
}

const { path: good } = await folder.build([corpus], { records: true });
const verdicts = (result: ScanResult): string[] => result.items.map(({ verdict }) => verdict);

describe('A damaged index', () => {
  it('is refused wherever a bit is flipped, by name, and never answered from', async () => {
    const names = readdirSync(good);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(), fc.nat(7), async (name, at, bit) => {
        const copy = copyOf(good);
        const file = path.join(copy, name);
        const bytes = readFileSync(file);
        bytes[at % bytes.length] ^= 1 << bit;
        writeFileSync(file, bytes);
        const opened = openIndex(copy).then((index) => index.verify());
        await expect(opened).rejects.toMatchObject({ code: 'index', message: expect.stringContaining(copy) as string });
        rmSync(copy, { recursive: true });
      }),
      { numRuns: 60 },
    );
  });

  it('is refused wherever it is cut, and whatever of it is missing', async () => {
    for (const name of readdirSync(good))
      for (const left of [0, 1, 40, readFileSync(path.join(good, name)).length - 1]) {
        const copy = copyOf(good);
        truncateSync(path.join(copy, name), left);
        await expect(
          openIndex(copy).then((index) => index.verify()),
          `${name} ${left}`,
        ).rejects.toMatchObject({ code: 'index' });
        rmSync(path.join(copy, name));
        await expect(
          openIndex(copy).then((index) => index.verify()),
          name,
        ).rejects.toMatchObject({ code: 'index' });
      }
  });

  it('of another version, or no index at all, is told apart', async () => {
    const digester = await loadDigester();
    const copy = copyOf(good);
    const file = path.join(copy, 'manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    delete manifest['xxh64'];
    const newer = { ...manifest, version: 3 };
    writeFileSync(file, canonicalJson({ ...newer, xxh64: digestOf(newer, digester) }));
    await expect(ask(copy)).rejects.toMatchObject({
      code: 'index',
      message: expect.stringContaining('version 3') as string,
    });
    const foreign = { ...manifest, format: 'other-index' };
    writeFileSync(file, canonicalJson(foreign));
    await expect(openIndex(copy)).rejects.toMatchObject({
      message: expect.stringContaining('no index of heldout') as string,
    });
    await expect(openIndex(folder.dir)).rejects.toMatchObject({
      message: expect.stringContaining('no index') as string,
    });
  });
});

describe('Indexes that do not go together', () => {
  it('are refused with what differs', async () => {
    const other = folder.write('other.jsonl', jsonl([{ text: sentence(90) }]));
    const { path: wide } = await folder.build([other], { guarantee: 32 });
    const merged = mergeIndexes({ indexes: [good, wide], out: folder.fresh(), memoryBytes, locations: true });
    await expect(merged).rejects.toMatchObject({
      code: 'index',
      message: expect.stringContaining('guarantee') as string,
    });
  });

  it('are refused where both hold a file, which would count twice', async () => {
    const { path: again } = await folder.build([corpus]);
    const merged = mergeIndexes({ indexes: [good, again], out: folder.fresh(), memoryBytes, locations: true });
    await expect(merged).rejects.toMatchObject({ message: expect.stringContaining('count twice') as string });
  });

  it('are not mixed with a corpus', async () => {
    const mixed = scan({ benchmarks: [bench], against: [good, corpus], settings: DEFAULT_SETTINGS, workers: 1 });
    await expect(mixed).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('A corpus', () => {
  it('that is where it was confirms what the index says', async () => {
    expect(verdicts(await ask(good))).toEqual(questions.map(() => 'contaminated'));
  });

  it('that was changed since is told from one that holds the item: "source changed"', async () => {
    const file = folder.write('moving.jsonl', jsonl(documents));
    const { path: index } = await folder.build([file]);
    writeFileSync(
      file,
      jsonl(
        documents.map(({ id }, i) => ({ id, text: `${sentence(50 + i)} ${sentence(20 + i)} ${sentence(70 + i)}` })),
      ),
    );
    const changed = await ask(index);
    expect(verdicts(changed)).toEqual(questions.map(() => 'unconfirmed'));
    expect(changed.items[0].reason).toContain('source changed');
    expect(changed.matches).toEqual([]);
    writeFileSync(file, '');
    expect((await ask(index)).items[0].reason).toContain('source changed');
  });

  it('that has records put in front, or taken out there, gives the numbers that they have now', async () => {
    const file = folder.write('shifted.jsonl', jsonl(documents));
    const { path: index } = await folder.build([file]);
    const before = (await ask(index)).matches.map(({ document }) => document.record);
    writeFileSync(file, jsonl([{ id: 'new', text: 'x' }, ...documents]));
    expect((await ask(index)).matches.map(({ document }) => document.record)).toEqual(before.map((one) => one + 1));
    writeFileSync(file, `\n\n\n${jsonl(documents)}`);
    expect((await ask(index)).matches.map(({ document }) => document.record)).toEqual(before.map((one) => one + 3));
  });
  it('that only grew confirms what is still there', async () => {
    const file = folder.write('growing.jsonl', jsonl(documents));
    const { path: index } = await folder.build([file]);
    appendFileSync(file, jsonl([{ id: 'new', text: sentence(91) }]));
    expect(verdicts(await ask(index))).toEqual(questions.map(() => 'contaminated'));
  });

  it('that is gone leaves items unconfirmed, with the way out', async () => {
    const file = folder.write('gone.jsonl', jsonl(documents));
    const { path: index } = await folder.build([file]);
    rmSync(file);
    const { items, certificate } = await ask(index);
    expect(items.map(({ verdict }) => verdict)).toEqual(questions.map(() => 'unconfirmed'));
    expect(items[0].reason).toContain('--corpus-root');
    expect(certificate?.expectedFalseHits).toBeLessThan(1e-9);
    await expect(ask(index, { corpusRoot: folder.dir })).rejects.toMatchObject({ code: 'no-input' });
  });
});

describe('A disk that is full', () => {
  it('is said, and that what is done is kept', () => {
    const error = cannotWriteIndex(
      'x.heldout.partial/batch-000001.0.run',
      Object.assign(new Error('write'), { code: 'ENOSPC' }),
    );
    expect(error).toMatchObject({ code: 'output', message: expect.stringMatching(/disk is full.*--resume/) as string });
  });
});
