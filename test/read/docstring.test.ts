import { describe, expect, it } from 'vitest';
import { docstringOf } from '../../dist/read/docstring.js';

const prompt = (body: string): string =>
  `from typing import List\n\n\ndef f(xs: List[int]) -> int:\n    """${body}"""\n`;

describe('the docstring of a code prompt', () => {
  it('is its prose, without the examples', () => {
    expect(
      docstringOf(prompt(' Return the number of\n    even values in the list.\n    >>> f([1, 2])\n    1\n    ')),
    ).toBe('Return the number of\n    even values in the list.');
    expect(docstringOf(prompt('Return the largest value in the list.\n\n    Examples:\n    f([1]) == 1\n'))).toBe(
      'Return the largest value in the list.',
    );
  });

  it('is that of the last function, where helpers stand before it', () => {
    const code = `${prompt('Help by doing nothing much at all here.')}    pass\n${prompt('Count the words of the longest sentence given.')}`;
    expect(docstringOf(code)).toBe('Count the words of the longest sentence given.');
  });

  it('is found in a block comment of other languages', () => {
    const java = '/**\n * Return the sum of all values in the array.\n */\npublic int sum(int[] a) {\n';
    expect(docstringOf(java)).toBe('Return the sum of all values in the array.');
  });

  it('is nothing when there is none, or only examples, or a few words', () => {
    expect(docstringOf('def f():\n    return 1\n')).toBeUndefined();
    expect(docstringOf(prompt('>>> f([1])\n1'))).toBeUndefined();
    expect(docstringOf(prompt('Add two numbers.'))).toBeUndefined();
  });
});
