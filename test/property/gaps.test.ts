import { describe, expect, it } from 'vitest';
import { Folder } from './support.js';

/**
 * Where the promise of verbatim.test.ts and order.test.ts does not hold yet: each says what it should be, and fails.
 * One that passes has been mended, and belongs in those files.
 */
const folder = new Folder();

const template = (goods: string): string =>
  `In the village of Garrow the baker puts ${goods} into the oven before sunrise and takes all of them out again when ` +
  `the church bell has struck seven times. How heavy is each of them?`;
const ids = (questions: readonly string[]): { id: string; question: string }[] =>
  questions.map((question, i) => ({ id: `q${i}`, question }));

describe('Not held yet', () => {
  it.fails('an item of a template with forty siblings is found, word for word', async () => {
    const questions = ids(Array.from({ length: 40 }, (_, i) => template(`${i + 10} loaves`)));
    const { matches } = await folder.scanFor(questions, [{ id: 'd', text: template('33 loaves') }]);
    expect(matches.map(({ item, verdict }) => [item, verdict])).toEqual([['q23', 'contaminated']]);
  });
});
