import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contents, Folder, grains, jsonl, proseOf, surroundings } from './support.js';
import type { Doc, Question } from './support.js';

const folder = new Folder();

/** Questions, some of them siblings of others, and documents that hold some of them, whole or in part. */
const world = fc
  .record({
    texts: fc.array(proseOf(10, 30), { minLength: 2, maxLength: 6 }),
    siblings: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
    documents: fc.array(
      fc.record({
        around: surroundings,
        holds: fc.array(fc.record({ which: fc.nat({ max: 8 }), share: fc.constantFrom(1, 1, 0.7, 0.5) }), {
          maxLength: 3,
        }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ texts, siblings, documents }) => {
    const all = [...texts, ...siblings.map((of, i) => `${texts[of % texts.length]} twice over, ${i + 3} times`)];
    const questions: Question[] = all.map((question, i) => ({ id: `q${i}`, question }));
    const docs: Doc[] = documents.map(({ around, holds }, i) => ({
      id: `d${i}`,
      text: [
        around,
        ...holds.map(({ which, share }) => {
          const words = all[which % all.length].split(' ');
          return words.slice(0, Math.ceil(words.length * share)).join(' ');
        }),
      ].join('\n'),
    }));
    return { questions, documents: docs };
  });

/** The same things in another order, cut in two somewhere. */
const shuffle = fc.record({ seed: fc.integer(), cut: fc.double({ min: 0, max: 1, noNaN: true }) });

function shuffled<T>(list: readonly T[], { seed, cut }: { seed: number; cut: number }): [T[], T[]] {
  const keyed = list.map((value, i) => ({ value, key: Math.imul(seed ^ (i * 0x9e3779b1), 0x85ebca6b) >>> 0 }));
  const values = keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
  const at = Math.floor(cut * values.length);
  return [values.slice(0, at), values.slice(at)];
}

const filesOf = (name: string, halves: readonly (readonly unknown[])[]): string[] =>
  halves.flatMap((half, i) => (half.length > 0 ? [folder.write(`${name}-${i}.jsonl`, jsonl(half))] : []));

describe('What is found', () => {
  it('does not depend on the order of documents, or on the files they are in', async () => {
    await fc.assert(
      fc.asyncProperty(world, shuffle, async ({ questions, documents }, order) => {
        const bench = folder.write('bench.jsonl', jsonl(questions));
        const whole = await folder.scan([bench], [folder.write('docs.jsonl', jsonl(documents))]);
        const other = await folder.scan([bench], filesOf('part', shuffled(documents, order)));
        expect(contents(other.matches)).toEqual(contents(whole.matches));
        expect(other.items.map(({ verdict, documents: count }) => [verdict, count])).toEqual(
          whole.items.map(({ verdict, documents: count }) => [verdict, count]),
        );
      }),
      { numRuns: 10 },
    );
  });

  it('does not depend on the order of items, or of the files of a benchmark', async () => {
    await fc.assert(
      fc.asyncProperty(world, shuffle, async ({ questions, documents }, order) => {
        const corpus = folder.write('docs.jsonl', jsonl(documents));
        const whole = await folder.scan(filesOf('bench', [questions]), [corpus]);
        const halves = shuffled(questions, order);
        const other = await folder.scan(filesOf('bench', [halves.flat()]), [corpus]);
        expect(contents(other.matches)).toEqual(contents(whole.matches));
        const files = filesOf('half', halves);
        const [there, back] = [await folder.scan(files, [corpus]), await folder.scan([...files].reverse(), [corpus])];
        expect(contents(back.matches)).toEqual(contents(there.matches));
      }),
      { numRuns: 10 },
    );
  });

  it('is the same to the byte for any number of workers and any cutting of the work', async () => {
    await fc.assert(
      fc.asyncProperty(
        world,
        grains,
        fc.integer({ min: 2, max: 5 }),
        async ({ questions, documents }, grain, workers) => {
          const bench = folder.write('bench.jsonl', jsonl(questions));
          const corpus = [1, 2, 3].map((i) => folder.write(`copy-${i}.jsonl`, jsonl(documents)));
          const one = await folder.scan([bench], corpus);
          const many = await folder.scan([bench], corpus, { workers, grain });
          expect(JSON.stringify(many)).toBe(JSON.stringify(one));
        },
      ),
      { numRuns: 10 },
    );
  });

  it('in a document is the same whatever else the corpus holds', async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.nat(), async ({ questions, documents }, pick) => {
        const alone = documents[pick % documents.length];
        const whole = await folder.scanFor(questions, documents);
        const single = await folder.scanFor(questions, [alone]);
        const own = whole.matches.filter(({ document }) => document.id === alone.id);
        expect(contents(single.matches)).toEqual(contents(own));
      }),
      { numRuns: 10 },
    );
  });
});
