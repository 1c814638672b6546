import { describe, expect, test } from 'vitest';
import { findTextPaths, textOf } from '../../dist/read/text-paths.js';
import { failureOf } from './support.js';

const found = (values: readonly unknown[], named: readonly string[] = []): string[] =>
  findTextPaths(values, named, 'corpus.jsonl').map((path) => path.join('.'));
const failing = (values: readonly unknown[], named: readonly string[] = []): Promise<unknown> =>
  failureOf(Promise.resolve().then(() => found(values, named)));

describe('where a record’s text is', () => {
  test.each<[string, unknown, string[]]>([
    ['text', { id: '1', text: 'a', content: 'b', meta: { text: 'c' } }, ['text']],
    ['content', { url: 'u', content: 'b', raw_content: 'c' }, ['content']],
    ['raw_content', { url: 'u', raw_content: 'c' }, ['raw_content']],
    ['chat messages', { messages: [{ role: 'user', content: 'hi' }] }, ['messages.*.content']],
    [
      'chat messages with content parts',
      {
        messages: [
          { role: 'user', content: [{ type: 'text', text: 'hi' }] },
          { role: 'bot', content: 'yo' },
        ],
      },
      ['messages.*.content.*.text', 'messages.*.content'],
    ],
    ['ShareGPT conversations', { id: 'x', conversations: [{ from: 'human', value: 'hi' }] }, ['conversations.*.value']],
    ['Alpaca', { instruction: 'a', input: '', output: 'b' }, ['instruction', 'input', 'output']],
    ['prompt and completion', { prompt: 'a', completion: 'b', source: 'x' }, ['prompt', 'completion']],
    ['question and answer', { question: 'a', answer: 'b', id: '1' }, ['question', 'answer']],
    [
      'preferences',
      { prompt: 'a', chosen: [{ role: 'u', content: 'b' }], rejected: 'c' },
      ['prompt', 'chosen.*.content', 'rejected'],
    ],
    ['unknown names: the longest strings', { k: 'x'.repeat(100), l: 'y'.repeat(30), m: 'z'.repeat(10) }, ['k', 'l']],
  ])('%s', (_name, value, expected) => {
    expect(found([value])).toEqual(expected);
  });

  test('is in all the places that records of several shapes use', () => {
    expect(found([{ text: 'a' }, { messages: [{ role: 'u', content: 'b' }] }])).toEqual(['text', 'messages.*.content']);
  });

  test('is the record itself where that is a string', () => {
    expect(findTextPaths(['a'], [], 'f')).toEqual([[]]);
  });

  test('is where the user says, arrays crossed unasked', () => {
    const value = { a: { b: [{ c: 'x', d: 'y' }] }, 'e.f': 'z', n: null };
    expect(found([value], ['a.b.c', 'e.f'])).toEqual(['a.b.*.c', 'e.f']);
    expect(found([value], ['a'])).toEqual(['a.b.*.c', 'a.b.*.d']);
    expect(found([value], ['n'])).toEqual(['n']);
    expect(findTextPaths([value], ['e.f'], 'f')).toEqual([['e.f']]);
  });

  test('is nowhere if the named field is not there: an error with the fields seen, never silence', async () => {
    const error = await failing([{ text: 'a', meta: { lang: 'b' } }], ['txt']);
    expect(error).toMatchObject({ code: 'no-such-field' });
    expect(String(error)).toMatch(/corpus\.jsonl.*"txt".*text, meta, meta\.lang/s);
  });

  test('is nowhere if there is no string at all: an error with the fields seen', async () => {
    const error = await failing([{ a: 1, b: [2] }]);
    expect(error).toMatchObject({ code: 'no-such-field' });
    expect(String(error)).toMatch(/a, b.*--text-field/s);
  });
});

describe('the text of a record', () => {
  test('is every string at the paths, in the order of the record, joined by newlines', () => {
    const value = { output: 'c', list: [{ t: 'x' }, { t: 'y', u: 'no' }], instruction: 'a' };
    expect(textOf(value, [['instruction'], ['output'], ['list', '*', 't']])).toBe('c\nx\ny\na');
  });

  test('is not there, or empty, and the two are different', () => {
    expect(textOf({ a: 1 }, [['text']])).toBeUndefined();
    expect(textOf({ text: null }, [['text']])).toBeUndefined();
    expect(textOf({ text: '' }, [['text']])).toBe('');
    expect(textOf('whole', [[]])).toBe('whole');
  });
});
