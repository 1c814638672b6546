import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CERTAIN_RUN } from '../../dist/report/guarantee.js';
import { CONTAINERS, Folder, grains, jsonl, proseOf, surroundings, WORDS } from './support.js';

const folder = new Folder();
/** Words whose bits are much alike. */
const LATIN = WORDS.filter((word) => /^[a-z]+$/.test(word));

/** The least words that the report's guarantee is given for. */
const WORDS_LEAST = CERTAIN_RUN;

/** An item and the document it stands in. */
const planted = fc.record({
  question: proseOf(WORDS_LEAST, 60),
  before: surroundings,
  after: surroundings,
  open: fc.constantFrom(' ', '\n', '"', '(', '\t', '…', ' "', '：'),
  close: fc.constantFrom(' ', '\n', '"', ')', '. ', '?', '…', '\r\n'),
});

describe('An item of eight ordinary words or more that stands word for word in a document', () => {
  it('is contaminated: whatever stands around it, in any container, however that is cut, by any worker', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(planted, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...CONTAINERS),
        grains,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 3 }),
        async (plants, container, grain, cut, workers) => {
          const questions = plants.map(({ question }, i) => ({ id: `q${i}`, question }));
          const documents = plants.map(({ question, before, after, open, close }, i) => ({
            id: `d${i}`,
            text: `${before}${open}${question}${close}${after}`,
          }));
          const bench = folder.write('bench.jsonl', jsonl(questions));
          const corpus = folder.write(container.name, container.bytes(documents, cut));
          const { matches } = await folder.scan([bench], [corpus], { workers, grain });
          const contaminated = matches.filter(({ verdict }) => verdict === 'contaminated');
          const found = contaminated.map(({ item, document }) => `${item} in ${document.id}`);
          expect(found).toEqual(expect.arrayContaining(plants.map((_, i) => `q${i} in d${i}`)));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is contaminated wherever in a long document it stands', async () => {
    const place = fc.record({
      question: proseOf(WORDS_LEAST, 40),
      before: fc.integer({ min: 0, max: 9000 }),
      after: fc.integer({ min: 0, max: 9000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 5 }), async (places) => {
        const texts = places.map(
          ({ question, before, after }) => `${'tick '.repeat(before)}${question} ${'tock '.repeat(after)}`,
        );
        const verdicts = await verdictsOf(
          places.map(({ question }) => question),
          texts,
        );
        expect(verdicts).toEqual(places.map(() => 'contaminated'));
      }),
      { numRuns: 10 },
    );
  });

  it('is contaminated in a document that quotes parts of it over and over before', async () => {
    const place = fc.record({ question: proseOf(20, 40), times: fc.integer({ min: 1, max: 400 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 5 }), async (places) => {
        const texts = places.map(({ question, times }) => {
          const part = question.split(' ').slice(0, 6).join(' ');
          return `${Array.from({ length: times }, (_, i) => `${part} ${i} and so on.`).join(' ')} ${question}`;
        });
        const verdicts = await verdictsOf(
          places.map(({ question }) => question),
          texts,
        );
        expect(verdicts).toEqual(places.map(() => 'contaminated'));
      }),
      { numRuns: 8 },
    );
  });
});

describe('A run of words of a longer item', () => {
  const run = fc.record({
    words: fc.uniqueArray(fc.constantFrom(...LATIN), { minLength: 16, maxLength: 60 }),
    start: fc.double({ min: 0, max: 1, noNaN: true }),
    around: surroundings,
  });

  it('is at least suspect when it has more than half of the item, and ten words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 5 }), async (runs) => {
        const texts = runs.map(({ words, start, around }) => {
          const length = Math.max(10, Math.ceil(words.length * 0.6));
          const from = Math.floor(start * (words.length - length));
          return `${around}\n${words.slice(from, from + length).join(' ')}\n${around}`;
        });
        const verdicts = await verdictsOf(
          runs.map(({ words }) => words.join(' ')),
          texts,
        );
        expect(verdicts).not.toContain('clean');
      }),
      { numRuns: 20 },
    );
  });
});

/** The verdict on each question, given a document each; that another one's document holds much of it is no help. */
async function verdictsOf(questions: readonly string[], texts: readonly string[]): Promise<string[]> {
  const { matches } = await folder.scanFor(
    questions.map((question, i) => ({ id: `q${i}`, question })),
    texts.map((text, i) => ({ id: `d${i}`, text })),
  );
  return questions.map(
    (_, i) => matches.find(({ item, document }) => item === `q${i}` && document.id === `d${i}`)?.verdict ?? 'clean',
  );
}
