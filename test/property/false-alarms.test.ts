import { describe, expect, it } from 'vitest';
import { Folder } from './support.js';

/** What was called contaminated, and was another problem, another set of choices, or the topic: read by eye in real corpora. */
const folder = new Folder();

async function verdictOf(item: { readonly question: string }, ...texts: string[]): Promise<string> {
  const { items } = await folder.scanFor(
    [{ id: 'i', ...item }],
    texts.map((text, i) => ({ id: `d${i}`, text })),
  );
  return items[0].verdict;
}

describe('No more than suspect', () => {
  it('a problem with another number, word for word the same', async () => {
    const asked = (metres: string, seconds: string): string =>
      `A barge ${metres} metres long passes the lock keeper of Trebelow in ${seconds} seconds. How fast is the barge going?`;
    const question = asked('90', '45');
    expect(await verdictOf({ question }, asked('90', '45'))).toBe('contaminated');
    expect(await verdictOf({ question }, asked('ninety', 'forty-five'))).toBe('contaminated');
    expect(await verdictOf({ question }, asked('90', '40'))).toBe('suspect');
    expect(await verdictOf({ question }, asked('ninety', 'thirty-five'))).toBe('suspect');
    expect(await verdictOf({ question: asked('1,250', '45') }, asked('1250', '45'))).toBe('contaminated');
    expect(await verdictOf({ question: asked('1,250', '45') }, asked('1,260', '45'))).toBe('suspect');
  });

  it('a problem with another number beside choices that are mostly the same', async () => {
    const choices = ['12 mackerel', '18 mackerel', '24 mackerel', '30 mackerel', 'none of these'];
    const question = 'A fisherman of Lutterby dries his catch on 6 lines of equal length. How many hang on each?';
    const ask = (text: string, list: readonly string[]): string => `${text}\n- ${list.join('\n- ')}`;
    const item = { question, choices, answer: '24 mackerel' };
    expect(await verdictOf(item, ask(question, choices))).toBe('contaminated');
    const sibling = ask(question.replace('6', '9'), ['8 mackerel', ...choices.slice(1)]);
    expect(await verdictOf(item, sibling)).toBe('suspect');
  });

  it('a problem whose numbers stand as they are, its sentences in another order', async () => {
    const sentences = [
      'In the year 1904 the weir of Tolm was 12 feet high.',
      'A flood in the spring of 1911 took 5 of them away.',
      'The miller then raised it again by 3 feet with oak planks.',
      'How high is it now?',
    ];
    const item = { question: sentences.join(' ') };
    const shuffled = [sentences[2], sentences[0], sentences[3], sentences[1]].join(' ');
    expect(await verdictOf(item, shuffled)).toBe('contaminated');
  });

  it('the words of a short question in another order, as any text of its topic has them', async () => {
    const question = 'is the old red house the first in the city?';
    expect(await verdictOf({ question }, `Someone asked: ${question}`)).toBe('contaminated');
    expect(await verdictOf({ question }, 'The first in the city is the old red house.')).toBe('suspect');
  });

  it('the choices of another question that has one of them changed', async () => {
    const choices = ['copper kettle', 'monastery garden', 'yellow lantern', 'harvest festival', 'juniper orchard'];
    const item = {
      question: 'Where did Ottoline hide the letters she had been sent?',
      choices,
      answer: 'copper kettle',
    };
    const ask = (list: readonly string[]): string => `What burns at night in the square?\n- ${list.join('\n- ')}`;
    expect(await verdictOf(item, ask(choices))).toBe('contaminated');
    expect(await verdictOf(item, ask([...choices.slice(0, 4), 'pigeon']))).toBe('suspect');
  });

  it('an answer that is an idiom of programs, where several documents have it without its question', async () => {
    const answer = 'if depth == 0:\n  return leaf\nelse:\n  return grow(depth - 1) + grow(depth - 2) + bark';
    const item = {
      question: 'Write down how the rings of the old larch of Vintgar are counted by its keepers.',
      answer,
    };
    const program = (n: number): string => `Exercise ${n}.\n\n${answer}\n\nThat is all.`;
    expect(await verdictOf(item, program(1))).toBe('contaminated');
    expect(await verdictOf(item, ...[1, 2, 3, 4].map(program))).toBe('suspect');
  });
});
