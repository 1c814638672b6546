import { rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, mergeIndexes, scan } from '../../dist/index.js';
import type { ScanResult } from '../../dist/index.js';
import { bandRecall } from '../../dist/neardup/bands.js';
import { nearLines } from '../../dist/report/near-text.js';
import { style } from '../../dist/report/style.js';
import { CONTAINERS, jsonl, WORDS } from '../property/support.js';
import { IndexFolder } from '../store/support.js';

const folder = new IndexFolder();

function ask(index: string, bench: string): Promise<ScanResult> {
  return scan({ benchmarks: [bench], against: [index], settings: DEFAULT_SETTINGS, workers: 1 });
}

/** Words that no two numbers share in the same order. */
function sentence(number: number, length = 60): string[] {
  let state = Math.imul(number + 1, 2654435761);
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return `${WORDS[(state >>> 8) % WORDS.length]}${(state >>> 24) % 10}`;
  });
}

/** With so many of its words replaced, each by itself: the pattern depends on the number alone. */
function edited(words: readonly string[], number: number, edits: number): string[] {
  const places = new Set(
    Array.from({ length: edits }, (_, i) => (i * 17 + number * 7 + i * i * number) % words.length),
  );
  return words.map((word, i) => (places.has(i) ? `new${i}x${number}` : word));
}

function exactJaccard(a: readonly string[], b: readonly string[]): number {
  const shingles = (words: readonly string[]): Set<string> =>
    new Set(
      words.slice(2).map((_, i) =>
        words
          .slice(i, i + 3)
          .join(' ')
          .toLowerCase(),
      ),
    );
  const [own, others] = [shingles(a), shingles(b)];
  const shared = [...own].filter((one) => others.has(one)).length;
  return shared / (own.size + others.size - shared);
}

describe('A scan of an index with records', () => {
  it('tells records like whole items, as many as theory says, each with its exact similarity, and no other', async () => {
    const count = 400;
    const items = Array.from({ length: count }, (_, i) => sentence(i));
    const records = items.map((words, i) => edited(words, i, i % 6));
    const others = Array.from({ length: 600 }, (_, i) => sentence(10_000 + i));
    const bench = folder.write(
      'bench.jsonl',
      jsonl(items.map((words, i) => ({ id: `q${i}`, question: words.join(' ') }))),
    );
    const corpus = folder.write(
      'corpus.jsonl',
      jsonl([...records, ...others].map((words) => ({ text: words.join(' ') }))),
    );
    const { path } = await folder.build([corpus], { records: true });
    const result = await ask(path, bench);
    let [expected, variance, found] = [0, 0, 0];
    result.items.forEach(({ nearRecords }, i) => {
      const jaccard = exactJaccard(items[i], records[i]);
      if (jaccard < 0.7) {
        expect(nearRecords, `q${i}`).toEqual({ found: 0, closest: [] });
        return;
      }
      const chance = bandRecall(jaccard, 8, 3);
      expected += chance;
      variance += chance * (1 - chance);
      if (nearRecords?.found === 0) return;
      found++;
      const record = { file: corpus, record: i + 1, parts: 'question', standardError: 0, confirmed: true };
      expect(nearRecords?.closest, `q${i}`).toEqual([{ ...record, jaccard: expect.closeTo(jaccard, 9) as number }]);
    });
    expect(expected).toBeGreaterThan(200);
    expect(found).toBeGreaterThanOrEqual(expected - 3 * Math.sqrt(variance));
    expect(result.nearRecords).toMatchObject({ records: 1000, itemsCompared: count, itemsWithRecords: found });
  });

  it('confirms them in any container, and knows the item with its choices', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...CONTAINERS), fc.nat(1000), fc.nat(3000), async (container, seed, before) => {
        const question = sentence(seed, 30).join(' ');
        const choices = ['first of all', 'second to none', 'third time lucky'];
        const bench = folder.write('item.jsonl', jsonl([{ id: 'q', question, choices, answer: choices[2] }]));
        const documents = Array.from({ length: 40 }, (_, i) => ({
          id: `d${i}`,
          text: sentence(i + 5000, 20 + (before % 400)).join(' '),
        }));
        documents[29] = { id: 'it', text: `Question: ${question}\n${choices.join('\n')}\nThe answer is ${choices[2]}` };
        const corpus = folder.write(container.name, container.bytes(documents, 0.3));
        const { items } = await ask((await folder.build([corpus], { records: true })).path, bench);
        expect(items[0].nearRecords).toMatchObject({
          found: 1,
          closest: [{ file: corpus, parts: 'question+choices', confirmed: true }],
        });
      }),
      { numRuns: 18 },
    );
  });

  it('estimates where the corpus cannot be read, and says why; merged or not', async () => {
    const items = Array.from({ length: 60 }, (_, i) => sentence(i + 300));
    const bench = folder.write(
      'far.jsonl',
      jsonl(items.map((words, i) => ({ id: `q${i}`, question: words.join(' ') }))),
    );
    const halves = [0, 1].map((half) =>
      folder.write(
        `half-${half}.jsonl`,
        jsonl(items.flatMap((words, i) => (i % 2 === half ? [{ text: edited(words, i, i % 3).join(' ') }] : []))),
      ),
    );
    const parts = await Promise.all(halves.map((half) => folder.build([half], { records: true })));
    const merged = await mergeIndexes({
      ...{ indexes: parts.map(({ path }) => path), out: folder.fresh(), memoryBytes: 256 * 1024 ** 2, locations: true },
    });
    const before = await ask(merged.path, bench);
    expect(before.nearRecords).toMatchObject({ itemsWithRecords: 60, itemsConfirmed: 60 });
    rmSync(halves[0]);
    writeFileSync(halves[1], jsonl(items.map((_, i) => ({ text: sentence(i + 900).join(' ') }))));
    const after = await ask(merged.path, bench);
    expect(after.nearRecords).toMatchObject({ itemsWithRecords: 60, itemsConfirmed: 0 });
    after.items.forEach(({ nearRecords }, i) => {
      const [told] = nearRecords?.closest ?? [];
      expect(told).toMatchObject({ file: halves[i % 2], record: Math.floor(i / 2) + 1, confirmed: false });
      expect(told.reason).toContain(i % 2 === 0 ? '--corpus-root' : 'source changed');
      const exact = exactJaccard(items[i], edited(items[i], i, i % 3));
      // Of a copy too: an estimate is never certain.
      expect(Math.abs(told.jaccard - exact)).toBeLessThan(4.5 * told.standardError);
    });
    const said = nearLines(after, style(false), 400).join('\n');
    expect(said).toContain(
      '\n  30 items unconfirmed: source changed: no longer the record that has this number in the index',
    );
    expect(said).toContain('\n  30 items unconfirmed: the corpus could not be reached');
  });

  it('confirms a record by its number where its file has another size by now, and each of several records in a line', async () => {
    const items = Array.from({ length: 40 }, (_, i) => sentence(i + 2000));
    const bench = folder.write(
      'moved.jsonl',
      jsonl(items.map((words, i) => ({ id: `q${i}`, question: words.join(' ') }))),
    );
    const record = (i: number): string => JSON.stringify({ text: edited(items[i], i, 1).join(' ') });
    const filler = JSON.stringify({ text: sentence(7000, 30_000).join(' ') });
    // A long record between moves the rest into another block of the file.
    const lines = (first: string): string =>
      [first, ...Array.from({ length: 20 }, (_, i) => `${record(2 * i)} ${record(2 * i + 1)}`), filler, record(0)]
        .map((line) => `${line}\n`)
        .join('');
    const corpus = folder.write('several.jsonl', lines(filler));
    const { path } = await folder.build([corpus], { records: true });
    for (const first of [filler, JSON.stringify({ text: 'shorter now' })]) {
      writeFileSync(corpus, lines(first));
      const result = await ask(path, bench);
      expect(result.nearRecords).toMatchObject({ itemsWithRecords: 40, itemsConfirmed: 40 });
      result.items.forEach(({ nearRecords }, i) => {
        expect(nearRecords?.closest[0]).toMatchObject({ record: Math.floor(i / 2) + 2, confirmed: true });
        expect(nearRecords?.closest[0]?.jaccard).toBeCloseTo(exactJaccard(items[i], edited(items[i], i, 1)), 9);
      });
      expect(result.items[0].nearRecords?.closest.map((one) => one.record)).toEqual([2, 23]);
    }
  });

  it('says nothing of records where the index keeps none', async () => {
    const bench = folder.write('one.jsonl', jsonl([{ id: 'q', question: sentence(1).join(' ') }]));
    const corpus = folder.write('one-corpus.jsonl', jsonl([{ text: sentence(1).join(' ') }]));
    const result = await ask((await folder.build([corpus])).path, bench);
    expect(result.nearRecords).toBeUndefined();
    expect(result.items[0]).not.toHaveProperty('nearRecords');
  });
});
