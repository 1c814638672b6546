import { describe, expect, it } from 'vitest';
import { Folder } from './support.js';

/** What a first version missed: each of these was a clean verdict on a leak. */
const folder = new Folder();

const template = (goods: string): string =>
  `In the village of Garrow the baker puts ${goods} into the oven before sunrise and takes all of them out again when ` +
  `the church bell has struck seven times. How heavy is each of them?`;
const ids = (questions: readonly string[]): { id: string; question: string }[] =>
  questions.map((question, i) => ({ id: `q${i}`, question }));
/** Words that no one has seen, all different. */
const invented = (count: number): string[] => Array.from({ length: count }, (_, i) => `t${(i * 104729) % 1000003}q`);

describe('Found, too', () => {
  it('an item of a template with forty siblings is found, word for word, and they are only suspect', async () => {
    const questions = ids(Array.from({ length: 40 }, (_, i) => template(`${i + 10} loaves`)));
    const { matches } = await folder.scanFor(questions, [{ id: 'd', text: template('33 loaves') }]);
    expect(matches.filter(({ verdict }) => verdict === 'contaminated').map(({ item }) => item)).toEqual(['q23']);
  });

  it('an item of 6,000 words is found, word for word', async () => {
    const question = invented(6000).join(' ');
    const { items } = await folder.scanFor(ids([question]), [{ id: 'd', text: `Before. ${question} After.` }]);
    expect(items[0].verdict).toBe('contaminated');
  });

  it('an item is found behind a very long stretch that repeats a part of it', async () => {
    const words = invented(300);
    const repeated = Array.from({ length: 2000 }, (_, i) => `${words.slice(0, 30).join(' ')} and so on ${i}`);
    const text = [...repeated, ...words].join(' ');
    const { items } = await folder.scanFor(ids([words.join(' ')]), [{ id: 'd', text }]);
    expect(items[0].verdict).toBe('contaminated');
  });

  it('two equally good siblings are found alike, in whichever order they are read', async () => {
    const siblings = [
      { id: 'a', question: template('qwopfi') },
      { id: 'b', question: template('zzurgo') },
    ];
    const documents = [{ id: 'd', text: template('cakes') }];
    const found = async (questions: typeof siblings): Promise<string[]> =>
      (await folder.scanFor(questions, documents)).matches.map(({ item, coverage }) => `${item} ${coverage}`).sort();
    expect(await found([...siblings].reverse())).toEqual(await found(siblings));
  });

  it('text between "<b" and ">" that is no tag is read', async () => {
    const question = template('rolls');
    const text = `if a <b and c = 3 then ${question} and d > 5`;
    const { items } = await folder.scanFor(ids([question]), [{ id: 'd', text }]);
    expect(items[0].verdict).toBe('contaminated');
  });
});
