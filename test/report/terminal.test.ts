import { describe, expect, it } from 'vitest';
import { cellsOf, wrap } from '../../dist/report/cells.js';
import { terminalReport } from '../../dist/report/terminal.js';
import { fit, textWidth } from '../../dist/report/width.js';
import { worstMatches } from '../../dist/report/worst.js';
import { cleanResult, fullResult, matchOf } from './fixture.js';

function page(width: number, colour = false): string {
  return terminalReport(fullResult(), { version: '0.1.0', width, colour, outDir: 'heldout-report', worst: 3 });
}

describe('the result on a terminal', () => {
  it.each([60, 80, 120])('is the golden one at %i columns', async (width) => {
    await expect(page(width)).toMatchFileSnapshot(`golden/terminal-${width}.txt`);
  });

  it('is the golden one in colour', async () => {
    await expect(page(80, true)).toMatchFileSnapshot('golden/terminal-80-colour.txt');
  });

  it('is the golden one for a clean scan', async () => {
    const clean = terminalReport(cleanResult(), {
      version: '0.1.0',
      width: 80,
      colour: false,
      outDir: 'out',
      worst: 3,
    });
    await expect(clean).toMatchFileSnapshot('golden/terminal-clean.txt');
  });

  it.each([80, 100, 120])('keeps within %i columns, wide characters counted as two', (width) => {
    for (const line of page(width).split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(width);
  });

  it('says the same with and without colour, but for the marks', () => {
    // eslint-disable-next-line no-control-regex -- taking the colours away
    const plain = page(100, true).replace(/\u001b\[[\d;]*m/g, '');
    expect(plain.split('\n').slice(0, 9)).toEqual(page(100).split('\n').slice(0, 9));
  });

  it('lets nothing of a hostile corpus through', () => {
    // eslint-disable-next-line no-control-regex -- controls are what this is about
    expect(page(80)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u200b]/u);
  });

  it('says first that a result is partial', () => {
    const partial = terminalReport(
      { ...cleanResult(), partial: true },
      { version: '1', width: 80, colour: false, worst: 3 },
    );
    expect(partial.split('\n')[1]).toContain('PARTIAL');
    expect(partial).not.toContain('Report');
  });
});

describe('the matches shown', () => {
  const texts = { itemText: 'a b', documentText: 'a b', shared: ['a b'] };

  it('are contaminated before any that is suspect, whatever its benchmark', () => {
    const [contaminated, , suspect] = fullResult().matches;
    const matches = [
      { ...suspect, benchmark: 'other', item: 's' },
      ...['a', 'b', 'c'].map((item) => ({ ...contaminated, item })),
    ];
    expect(worstMatches(matches, 4).map(({ verdict }) => verdict)).toEqual([
      ...['contaminated', 'contaminated', 'contaminated'],
      'suspect',
    ]);
  });

  it('are one of each benchmark before a second of any, each item once, the worst first', () => {
    const matches = [
      matchOf({ ...texts, benchmark: 'x', item: '1', evidence: 50 }),
      matchOf({ ...texts, benchmark: 'x', item: '2', evidence: 900 }),
      matchOf({ ...texts, benchmark: 'x', item: '2', evidence: 950 }),
      matchOf({ ...texts, benchmark: 'y', item: '1', evidence: 10 }),
      matchOf({ ...texts, benchmark: 'x', item: '3', evidence: 990, verdict: 'suspect' }),
    ];
    const picked = worstMatches(matches, 3).map(({ benchmark, item, evidence }) => [benchmark, item, evidence]);
    expect(picked).toEqual([
      ['x', '2', 950],
      ['y', '1', 10],
      ['x', '1', 50],
    ]);
    expect(worstMatches([...matches].reverse(), 3)).toEqual(worstMatches(matches, 3));
  });

  it('begin at the shared words, however long the text before them', () => {
    const before = 'filler '.repeat(500);
    const cells = cellsOf(before, { marks: [], from: 3400, cutBefore: false, brackets: false, limit: 40 });
    expect(cells[0].text).toBe('…');
    expect(cells.length).toBeLessThanOrEqual(42);
  });
});

describe('wrapping', () => {
  const lines = (text: string, width: number): string[] =>
    wrap(cellsOf(text, { marks: [], from: 0, cutBefore: false, brackets: false, limit: 1000 }), width).map((line) =>
      line.map((cell) => cell.text).join(''),
    );

  it('breaks at spaces, inside a word only where the word is longer than the line', () => {
    expect(lines('one two threefourfive six', 8)).toEqual(['one two', 'threefou', 'rfive', 'six']);
  });

  it('breaks between wide characters and never lets one stick out', () => {
    expect(lines('我们的考试题', 5)).toEqual(['我们', '的考', '试题']);
  });

  it('keeps combining marks on their letter', () => {
    expect(lines('e\u0301e\u0301e\u0301', 2)).toEqual(['e\u0301e\u0301', 'e\u0301']);
  });

  it('shortens a name in its middle', () => {
    expect(fit('benchmark-of-many-words-test', 12)).toBe('benchm…-test');
    expect(textWidth(fit('非常长的基准测试名称', 9))).toBeLessThanOrEqual(9);
  });
});
