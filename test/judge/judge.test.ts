import { describe, expect, it } from 'vitest';
import { excuseCommonPassages } from '../../dist/judge/common.js';
import { gradeAnswer, gradeChoices, gradeQuestion, gradeWithChoices } from '../../dist/judge/grade.js';
import { judgeItems } from '../../dist/judge/items.js';
import type { Checkability } from '../../dist/judge/items.js';
import type { Item } from '../../dist/model/benchmark.js';
import type { Match } from '../../dist/model/match.js';

const whole = {
  coverage: 1,
  evidence: 120,
  longestRun: 12,
  aligned: 12,
  numerals: 0,
  alignedNumerals: 0,
  replacedNumerals: 0,
  extent: 1,
  atAnEnd: true,
  inOrder: 1,
  hasRarest: true,
  ofFamily: false,
};

function match(record: number, change: Partial<Match> = {}): Match {
  return {
    benchmark: 'b',
    item: 'i',
    document: { file: 'c.jsonl', record, offset: 0, id: `c.jsonl#${record}` },
    verdict: 'contaminated',
    part: 'question',
    coverage: 0.45,
    evidence: 150,
    longestRun: 14,
    spans: [{ item: [10, 60], document: [0, 50] }],
    itemText: 'text',
    documentText: 'text',
    documentTextStart: 0,
    ...change,
  };
}

const item: Item = {
  benchmark: 'b',
  id: 'i',
  file: 'b.jsonl',
  record: 1,
  parts: [
    { name: 'question', text: 'q' },
    { name: 'answer', text: 'a' },
  ],
};

describe('the verdict on a question', () => {
  it('is contaminated when it is there word for word', () => {
    expect(gradeQuestion(whole)).toBe('contaminated');
  });

  it('is not contaminated on four common words, however whole', () => {
    expect(gradeQuestion({ ...whole, evidence: 30, longestRun: 4, aligned: 4 })).not.toBe('contaminated');
  });

  it('is contaminated when edits stand throughout but both ends are there', () => {
    const edited = { ...whole, coverage: 0.75, evidence: 75, longestRun: 3, aligned: 8, extent: 0.95 };
    expect(gradeQuestion(edited)).toBe('contaminated');
    expect(gradeQuestion({ ...edited, evidence: 70 })).toBe('suspect');
    expect(gradeQuestion({ ...edited, evidence: 70, coverage: 0.82 })).toBe('contaminated');
  });

  it('is not contaminated on one short fragment from its middle', () => {
    const fragment = { ...whole, coverage: 0.72, evidence: 60, longestRun: 6, aligned: 6, extent: 0.7, atAnEnd: false };
    expect(gradeQuestion(fragment)).toBe('suspect');
  });

  it('is suspect only, when a template was filled with other numbers and more', () => {
    const template = {
      ...whole,
      coverage: 0.75,
      evidence: 300,
      numerals: 5,
      alignedNumerals: 1,
      longestRun: 5,
      aligned: 30,
    };
    expect(gradeQuestion(template)).toBe('suspect');
    expect(gradeQuestion({ ...template, coverage: 0.91 })).toBe('contaminated');
  });

  it('is suspect only, when one number of a word problem is another, however much of the rest is there', () => {
    const sibling = { ...whole, coverage: 0.97, evidence: 300, numerals: 4, alignedNumerals: 3, replacedNumerals: 1 };
    expect(gradeQuestion(sibling)).toBe('suspect');
    expect(gradeQuestion({ ...sibling, replacedNumerals: 0 })).toBe('contaminated');
  });

  it('is contaminated when a long text full of numbers has one of them amended', () => {
    const passage = { ...whole, coverage: 0.98, evidence: 900, numerals: 30, alignedNumerals: 29, replacedNumerals: 1 };
    expect(gradeQuestion(passage)).toBe('contaminated');
  });

  it('is suspect only, when a short question of common words asks after another thing', () => {
    const other = { ...whole, coverage: 0.8, evidence: 70, longestRun: 7, aligned: 7, extent: 0.92, hasRarest: false };
    expect(gradeQuestion(other)).toBe('suspect');
    expect(gradeQuestion({ ...other, hasRarest: true })).toBe('contaminated');
    expect(gradeQuestion({ ...other, hasRarest: true, ofFamily: true })).toBe('suspect');
  });

  it('is suspect only, when a short question has its words in another order', () => {
    const topic = { ...whole, coverage: 0.95, evidence: 80, longestRun: 4, aligned: 7, inOrder: 0.6 };
    expect(gradeQuestion(topic)).toBe('suspect');
    expect(gradeQuestion({ ...topic, evidence: 160 })).toBe('contaminated');
  });

  it('never gets milder with more coverage or more evidence', () => {
    const order = ['clean', 'suspect', 'contaminated'];
    for (let coverage = 0; coverage <= 1; coverage += 0.05) {
      for (let evidence = 0; evidence <= 200; evidence += 5) {
        const here = order.indexOf(gradeQuestion({ ...whole, coverage, evidence }));
        expect(order.indexOf(gradeQuestion({ ...whole, coverage, evidence: evidence + 5 }))).toBeGreaterThanOrEqual(
          here,
        );
        expect(order.indexOf(gradeQuestion({ ...whole, coverage: coverage + 0.05, evidence }))).toBeGreaterThanOrEqual(
          here,
        );
      }
    }
  });
});

describe('the verdict on an answer or choices', () => {
  it('asks for more than that on a question', () => {
    expect(gradeQuestion({ ...whole, evidence: 60 })).toBe('contaminated');
    expect(gradeAnswer({ ...whole, evidence: 60 })).toBe('clean');
    expect(gradeAnswer({ ...whole, evidence: 130 })).toBe('contaminated');
  });

  it('asks for all of the choices, where questions share most of theirs', () => {
    expect(gradeChoices({ ...whole, evidence: 130 })).toBe('contaminated');
    expect(gradeChoices({ ...whole, evidence: 130, coverage: 0.9 })).toBe('suspect');
    expect(gradeAnswer({ ...whole, evidence: 130, coverage: 0.9 })).toBe('contaminated');
  });

  it('makes a short question certain where its own choices stand beside it', () => {
    const short = { ...whole, evidence: 35 };
    expect(gradeQuestion(short)).not.toBe('contaminated');
    expect(gradeWithChoices(short, { ...whole, evidence: 40, coverage: 0.8 })).toBe('contaminated');
    expect(gradeWithChoices(short, { ...whole, evidence: 10, coverage: 0.1 })).toBe('clean');
  });

  it('does not make a sibling certain that shares most of its choices', () => {
    const sibling = { ...whole, coverage: 0.85, evidence: 70, hasRarest: false };
    expect(gradeWithChoices(sibling, { ...whole, evidence: 60, coverage: 0.8 })).toBe('clean');
    expect(gradeWithChoices(sibling, { ...whole, evidence: 60 })).toBe('contaminated');
    const refilled = { ...whole, coverage: 0.95, numerals: 3, alignedNumerals: 2, replacedNumerals: 1 };
    expect(gradeWithChoices(refilled, { ...whole, evidence: 60 })).toBe('clean');
  });

  it('is suspect only, where the choices are numbers', () => {
    const counted = { ...whole, evidence: 105, aligned: 10, numerals: 5, alignedNumerals: 5 };
    expect(gradeChoices(counted)).toBe('suspect');
    expect(gradeChoices({ ...counted, numerals: 2, alignedNumerals: 2 })).toBe('contaminated');
  });
});

describe('a passage that many documents hold alike', () => {
  it('is suspect, with the number of documents as the reason', () => {
    const judged = excuseCommonPassages([1, 2, 3, 4].map((record) => match(record)));
    expect(judged.map(({ verdict }) => verdict)).toEqual(Array(4).fill('suspect'));
    expect(judged[0].reason).toContain('4 documents');
  });

  it('is no excuse for a whole item, nor for fewer documents, nor for the same record twice', () => {
    const wholes = [1, 2, 3, 4].map((record) => match(record, { coverage: 0.95 }));
    expect(excuseCommonPassages(wholes)).toEqual(wholes);
    const few = [1, 2, 3].map((record) => match(record));
    expect(excuseCommonPassages(few)).toEqual(few);
    const same = [1, 1, 1, 1].map((record) => match(record));
    expect(excuseCommonPassages(same)).toEqual(same);
  });

  it('is suspect when it is a whole item, but a few common words, in six documents without its answer', () => {
    const phrase = { coverage: 1, evidence: 55 };
    const six = [1, 2, 3, 4, 5, 6].map((record) => match(record, phrase));
    expect(excuseCommonPassages(six).map(({ verdict }) => verdict)).toEqual(Array(6).fill('suspect'));
    expect(excuseCommonPassages(six.slice(1))).toEqual(six.slice(1));
    const answered = six.map((one) => ({ ...one, part: 'question+answer' as const }));
    expect(excuseCommonPassages(answered)).toEqual(answered);
  });

  it('is suspect when it is an answer alone, unless that is long', () => {
    const alone = { part: 'answer' as const, coverage: 1, evidence: 150 };
    const four = [1, 2, 3, 4].map((record) => match(record, alone));
    expect(excuseCommonPassages(four).map(({ verdict }) => verdict)).toEqual(Array(4).fill('suspect'));
    expect(excuseCommonPassages(four.slice(1))).toEqual(four.slice(1));
    const long = four.map((one) => ({ ...one, evidence: 400 }));
    expect(excuseCommonPassages(long)).toEqual(long);
  });

  it('is no excuse where each document holds another part of the item', () => {
    const parts = [1, 2, 3, 4].map((n) => match(n, { spans: [{ item: [n, 60], document: [0, 50] }] }));
    expect(excuseCommonPassages(parts)).toEqual(parts);
  });
});

describe('the verdict on an item', () => {
  const all = (): Checkability => 'checkable';
  const byPart =
    (...parts: Checkability[]) =>
    (_: number, part: number): Checkability =>
      parts[part];

  it('is that of its worst match, and counts its documents', () => {
    const [judged] = judgeItems(
      [item],
      [[match(1, { verdict: 'suspect' }), match(2), match(2, { part: 'answer' })]],
      all,
    );
    expect(judged).toMatchObject({ verdict: 'contaminated', documents: 2, parts: { question: 'contaminated' } });
    expect(judged.bestMatch?.record).toBe(2);
  });

  it('is unchecked, never clean, when no part has text enough, and says why', () => {
    const [judged] = judgeItems([item], [[]], () => 'too-little');
    expect(judged.verdict).toBe('unchecked');
    expect(judged.reason).not.toBe('');
  });

  it('is clean when its question could have been found and was not', () => {
    const [judged] = judgeItems([item], [[]], byPart('checkable', 'too-little'));
    expect(judged).toMatchObject({ verdict: 'clean', reason: '', parts: { question: 'clean', answer: 'unchecked' } });
  });

  it('is unchecked when only its answer could have been found', () => {
    for (const question of ['too-little', 'shared'] as const) {
      const [judged] = judgeItems([item], [[]], byPart(question, 'checkable'));
      expect(judged).toMatchObject({ verdict: 'unchecked', parts: { question: 'unchecked', answer: 'clean' } });
    }
  });

  it('is told by its other parts when many items ask the same', () => {
    expect(judgeItems([item], [[]], byPart('stock', 'checkable'))[0].verdict).toBe('clean');
    expect(judgeItems([item], [[]], byPart('stock', 'too-little'))[0].verdict).toBe('unchecked');
  });
});
