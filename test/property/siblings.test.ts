import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CERTAIN_RUN } from '../../dist/report/guarantee.js';
import { Folder, jsonl, WORDS } from './support.js';

const folder = new Folder();

interface Asked {
  readonly id: string;
  readonly question: string;
  readonly answer?: string;
}

/** `count` texts that are the same but for the word at `place`. */
function siblingsOf(stem: readonly string[], place: number, count: number): string[] {
  return Array.from({ length: count }, (_, n) =>
    [...stem.slice(0, place), `w${(n * 7919) % 100_003}x`, ...stem.slice(place)].join(' '),
  );
}

const ask = (questions: readonly string[]): Asked[] => questions.map((question, i) => ({ id: `q${i}`, question }));

/** Items found contaminated in each document, sorted. */
async function found(items: readonly Asked[], texts: readonly string[]): Promise<string[][]> {
  const documents = texts.map((text, i) => ({ id: `d${i}`, text }));
  const { matches } = await folder.scan(
    [folder.write('bench.jsonl', jsonl(items))],
    [folder.write('corpus.jsonl', jsonl(documents))],
  );
  const bad = matches.filter(({ verdict }) => verdict === 'contaminated');
  return documents.map(({ id }) => bad.filter(({ document }) => document.id === id).map(({ item }) => item));
}

describe('An item that differs from its siblings by a word', () => {
  it('is contaminated where it stands, and no sibling is: however many they are, whichever word it is', async () => {
    const family = fc
      .tuple(
        fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: CERTAIN_RUN - 1, maxLength: 24 }),
        fc.nat(24),
        fc.constantFrom(2, 16, 17, 20, 60, 300),
      )
      .map(([stem, place, count]) => siblingsOf(stem, Math.min(place, stem.length), count));
    await fc.assert(
      fc.asyncProperty(family, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), async (questions, picks) => {
        const leaked = picks.map((pick) => pick % questions.length);
        const texts = leaked.map((n) => `Noted down at the fair: ${questions[n]}. Nobody knew.`);
        expect(await found(ask(questions), texts)).toEqual(leaked.map((n) => [`q${n}`]));
      }),
      { numRuns: 25 },
    );
  });

  it('is contaminated where hundreds of them stand in one document', async () => {
    const questions = siblingsOf('which of these would you rather keep in a'.split(' '), 9, 400);
    const leaked = questions.filter((_, i) => i % 7 === 0);
    const [items] = await found(ask(questions), [leaked.join('\n')]);
    expect(items.sort()).toEqual(leaked.map((text) => `q${questions.indexOf(text)}`).sort());
  });

  it('is contaminated when every three of its words stand in hundreds of others', async () => {
    const questions = Array.from(
      { length: 900 },
      (_, n) =>
        `A miller has ${10 + (n % 30)} sacks of rye and buys ${40 + Math.floor(n / 30)} more of them; how many are there?`,
    );
    const { matches } = await folder.scanFor(ask(questions), [{ id: 'd', text: `Riddle. ${questions[411]} Think!` }]);
    expect(matches.filter(({ verdict }) => verdict === 'contaminated').map(({ item }) => item)).toEqual(['q411']);
  });

  it('is contaminated behind a passage that all of them share, before one, and around one', async () => {
    const passage = Array.from({ length: 300 }, (_, i) => `p${(i * 7919) % 99_991}q`).join(' ');
    const own = (n: number, from: number, to: number): string =>
      Array.from({ length: to - from }, (_, i) => `o${n}x${from + i}`).join(' ');
    for (const lay of [
      (n: number) => `${passage} ${own(n, 0, 22)}`,
      (n: number) => `${own(n, 0, 22)} ${passage}`,
      (n: number) => `${own(n, 0, 11)} ${passage} ${own(n, 11, 22)}`,
    ]) {
      const questions = Array.from({ length: 20 }, (_, n) => lay(n));
      expect(await found(ask(questions), [questions[3], questions[17]])).toEqual([['q3'], ['q17']]);
    }
  });

  it('is contaminated when more share its grams than are listed', async () => {
    const questions = Array.from(
      { length: 70 * 64 },
      (_, n) =>
        `Is it true that every ax${n % 70} in the house is also a kind of by${Math.floor(n / 70)} that can be found outside?`,
    );
    const leaked = Array.from({ length: 12 }, (_, k) => k * 70 + 3);
    const [items] = await found(ask(questions), [leaked.map((n) => questions[n]).join(' ')]);
    expect(items.sort()).toEqual(leaked.map((n) => `q${n}`).sort());
  });

  it('is never called clean because its answer could have been found and was not', async () => {
    const stem = 'what would the old keeper of the northern lighthouse most likely carry in a'.split(' ');
    const items = siblingsOf(stem, stem.length, 20).map((question, i) => ({
      id: `q${i}`,
      question,
      answer: `he carries number ${i} wrapped in oilcloth under his left arm on rainy evenings`,
    }));
    expect(await found(items, [`Heard on the quay: ${items[7].question}?`])).toEqual([['q7']]);
  });
});

describe('The same question in other capitals, or behind a lead-in', () => {
  const words = WORDS.slice(0, 30);
  const question = words.join(' ');
  const edited = words.map((word, i) => (i % 5 === 2 ? 'changed' : word)).join(' ');

  it('has the same verdict in either benchmark, whichever is read first', async () => {
    for (const other of [`${question.toUpperCase()}.`, `Question: ${question}`]) {
      const items = [
        { id: 'a', question },
        { id: 'b', question: other },
      ];
      expect((await found(items, [edited]))[0].sort()).toEqual(['a', 'b']);
      expect((await found([...items].reverse(), [edited]))[0].sort()).toEqual(['a', 'b']);
    }
  });
});

describe('A question that many items ask', () => {
  const choices = (n: number): string[] => [`amber${n} falls upward`, `basalt${n} sings`, `cobalt${n} is a fruit`];
  const asked = Array.from({ length: 6 }, (_, n) => ({
    ...{ id: `q${n}`, question: 'Which of the following statements about stones is true?' },
    ...{ choices: choices(n), answer: 'B' },
  }));

  it('says nothing of any of them where it stands alone', async () => {
    expect(
      await found(asked, ['Quiz night! Which of the following statements about stones is true? Drinks later.']),
    ).toEqual([[]]);
  });

  it('is found with the choices that are its own', async () => {
    const text = `Which of the following statements about stones is true? ${choices(3).join(' / ')}`;
    expect(await found(asked, [text])).toEqual([['q3']]);
  });

  it('leaves an item unchecked whose other parts are too short to tell it by', async () => {
    const items = asked.map(({ id, question }, n) => ({ id, question, answer: String(n) }));
    const bench = folder.write('bench.jsonl', jsonl(items));
    const { items: judged } = await folder.scan(
      [bench],
      [folder.write('corpus.jsonl', jsonl([{ id: 'd', text: 'x' }]))],
    );
    expect(judged.map(({ verdict }) => verdict)).toEqual(items.map(() => 'unchecked'));
    expect(judged[0].reason).toContain('many items ask');
  });

  it('is found where it stands when the items differ in the order of their choices', async () => {
    const items = asked
      .slice(0, 3)
      .map(({ id, question }, n) => ({ id, question, choices: [...choices(0).slice(n), ...choices(0).slice(0, n)] }));
    const [all] = await found(items, [
      'Quiz night! Which of the following statements about stones is true? Drinks later.',
    ]);
    expect(all).toEqual(items.map(({ id }) => id));
  });

  it('is found where it stands when the items are the same item over and over', async () => {
    const items = asked.map(({ id, question }) => ({ id, question, answer: 'B' }));
    const [found1] = await found(items, [
      'Quiz night! Which of the following statements about stones is true? Drinks later.',
    ]);
    expect(found1).toEqual(items.map(({ id }) => id));
  });
});
