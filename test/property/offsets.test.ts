import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../dist/text/tokenize.js';
import { NUMBER_WORDS } from '../../dist/text/numbers.js';
import { parseUnicode } from '../../dist/text/unicode.js';
import { CONTAINERS, Folder, grains, jsonl, proseOf, surroundings } from './support.js';

const folder = new Folder();
const unicode = parseUnicode(readFileSync(new URL('../../dist/text/profile-1/unicode.txt', import.meta.url), 'utf8'));
const numerals = new Map(NUMBER_WORDS.map(([word, numeral]) => [word, numeral]));

/** The folded words of a text, number words as numerals: what has to be the same on both sides of a match. */
function folded(text: string): string[] {
  return [...tokenize(Buffer.from(text), unicode)].map(({ word }) => numerals.get(word) ?? word);
}

/** What is done to a copy, word by word. */
const edits = {
  keep: (word: string) => word,
  shout: (word: string) => word.toUpperCase(),
  accent: (word: string) => word.normalize('NFD'),
  bold: (word: string) => `<b>${word}</b>`,
  emphasis: (word: string) => `**${word}**`,
  escaped: (word: string) => [...word].map((point) => `&#${point.codePointAt(0)};`).join(''),
  hidden: (word: string) => [...word].join('\u200b'),
  hyphenated: (word: string) =>
    word.length > 4 && /^[a-z]+$/.test(word) ? `${word.slice(0, 2)}-\n  ${word.slice(2)}` : word,
  wide: (word: string) => word.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  surrounded: (word: string) => `🏳️‍🌈${word}🌾`,
  dropped: () => '',
  joined: (word: string) => `${word} um, er`,
  number: (word: string) => `${word} seven`,
};

const edited = fc.record({
  question: proseOf(12, 40),
  before: surroundings,
  after: surroundings,
  steps: fc.array(
    fc.oneof({ weight: 6, arbitrary: fc.constant('keep' as const) }, fc.constantFrom(...typedKeys(edits))),
    { minLength: 40, maxLength: 40 },
  ),
});

function typedKeys<K extends string>(record: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(record) as K[];
}

describe('The spans of a match', () => {
  it('hold the same words, folded, in the item’s text and in the document’s', async () => {
    let spansSeen = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(edited, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...CONTAINERS),
        grains,
        async (copies, container, grain) => {
          const questions = copies.map(({ question }, i) => ({ id: `q${i}`, question: `${question} 7` }));
          const documents = copies.map(({ question, before, after, steps }, i) => {
            const copy = question.split(' ').map((word, at) => edits[steps[at % steps.length]](word));
            return { id: `d${i}`, text: `${before} ${copy.join(' ')} ${after}` };
          });
          const bench = folder.write('bench.jsonl', jsonl(questions));
          const corpus = folder.write(container.name, container.bytes(documents, 0.5));
          const { matches } = await folder.scan([bench], [corpus], { grain });
          for (const match of matches) {
            // A CSV reader and a JSON one give the same string; CRLF inside it is kept.
            const whole = documents.find(({ id }) => id === match.document.id)?.text ?? '';
            const question = questions.find(({ id }) => id === match.item)?.question;
            expect(match.itemText).toBe(question);
            expect(whole.slice(match.documentTextStart).startsWith(match.documentText)).toBe(true);
            expect(match.spans.length).toBeGreaterThan(0);
            for (const { item, document } of match.spans) {
              const there = whole.slice(...document);
              const shown = document.map((at) => at - match.documentTextStart) as [number, number];
              expect(folded(there)).toEqual(folded(match.itemText.slice(...item)));
              expect(folded(there).length).toBeGreaterThan(0);
              expect(match.documentText.slice(...shown)).toBe(there);
              spansSeen++;
            }
          }
        },
      ),
      { numRuns: 30 },
    );
    expect(spansSeen).toBeGreaterThan(100);
  });
});
