import { describe, expect, it } from 'vitest';
import { fieldList, fieldMap, share, size, wholeNumber, workers } from '../../dist/cli/option-values.js';

describe('what is typed', () => {
  it.each([
    ['4096', 4096],
    ['64KB', 65_536],
    ['256MB', 268_435_456],
    ['1 GiB', 1_073_741_824],
    ['1.5k', 1536],
    ['10b', 10],
  ])('is understood as a size: %s', (text, bytes) => {
    expect(size(text)).toBe(bytes);
  });

  it.each(['', '0', '-1', 'lots', '2TB', '2GB', 'MB', '1e9', 'Infinity', '0.1'])('is refused as a size: %j', (text) => {
    expect(() => size(text)).toThrow(/size/);
  });

  it('is understood as a share, in per cent too', () => {
    expect([share('0'), share('0.001'), share('.5'), share('0.1%'), share('1')]).toEqual([0, 0.001, 0.5, 0.001, 1]);
  });

  it.each(['', '-0.1', '1.1', '101%', 'NaN', 'a'])('is refused as a share: %j', (text) => {
    expect(() => share(text)).toThrow(/share/);
  });

  it.each(['', '-1', '1.5', '1e3', 'x', '99999999999999999999'])('is refused as a whole number: %j', (text) => {
    expect(() => wholeNumber(text)).toThrow(/whole number/);
  });

  it('is refused as a number of workers where none or an army is meant', () => {
    expect(workers('1')).toBe(1);
    for (const text of ['0', '513', 'all']) expect(() => workers(text)).toThrow();
  });

  it('adds up over repetitions and commas', () => {
    expect(fieldList('text, body', fieldList('meta.text', []))).toEqual(['meta.text', 'text', 'body']);
    expect(() => fieldList('text,,body', [])).toThrow(/field name/);
    expect(fieldMap('answer=target', fieldMap('question=prompt.text', {}))).toEqual({
      question: 'prompt.text',
      answer: 'target',
    });
  });

  it.each(['question', 'question=', '=x', 'title=x', 'question=a,question=b'])('is refused as a map: %s', (text) => {
    expect(() => fieldMap(text, {})).toThrow();
  });
});
