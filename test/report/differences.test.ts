import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from '../../dist/report/differences.js';

const marked = (text: string, { marks }: ReturnType<typeof differences>[0]): string[] =>
  marks.map(([from, to]) => text.slice(from, to));
const rest = (text: string, { marks }: ReturnType<typeof differences>[0]): string[] => {
  let [at, left] = [0, ''];
  for (const [from, to] of marks) {
    left += `${text.slice(at, from)} `;
    at = to;
  }
  return `${left}${text.slice(at)}`.split(/\s+/).filter(Boolean);
};

describe('What two texts do not have in common', () => {
  it('is marked on either side, neighbours together; case and punctuation only where asked for', () => {
    const [a, b] = ['One red fox, and a hen.', 'one blue old fox and a hen!'];
    const [left, right] = differences(a, b);
    expect([marked(a, left), marked(b, right)]).toEqual([['red'], ['blue old']]);
    expect([left.start, right.start]).toEqual([4, 4]);
    const [exactLeft, exactRight] = differences(a, b, { exactly: true });
    expect(marked(a, exactLeft)).toEqual(['One red fox,', 'hen.']);
    expect(marked(b, exactRight)).toEqual(['one blue old fox', 'hen!']);
  });

  it('is single characters where a script has no spaces', () => {
    const [a, b] = ['一座石桥共有九个桥洞', '一座木桥共有九个桥洞'];
    const [left, right] = differences(a, b);
    expect([marked(a, left), marked(b, right)]).toEqual([['石'], ['木']]);
  });

  it('leaves the same words in the same order on both sides, wherever words were put in, out or changed', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [a, b] = [one.join(' '), other.join(' ')];
        const [left, right] = differences(a, b);
        expect(rest(a, left)).toEqual(rest(b, right));
        // As many as could be: the longest common sequence.
        expect(rest(a, left)).toHaveLength(longestCommon(one, other));
      }),
    );
  });
});

function longestCommon([first, ...a]: string[], b: string[]): number {
  if (first === undefined) return 0;
  const at = b.indexOf(first);
  const without = longestCommon(a, b);
  return at < 0 ? without : Math.max(without, 1 + longestCommon(a, b.slice(at + 1)));
}
