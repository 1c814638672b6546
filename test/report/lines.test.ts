import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { itemLine, matchLine } from '../../dist/report/lines.js';
import { matchFromLine } from '../../dist/report/match-from-line.js';
import { style } from '../../dist/report/style.js';
import { matchLines } from '../../dist/report/worst.js';
import { fullResult } from './fixture.js';

const result = fullResult();

describe('report lines', () => {
  it('of items are the golden ones', async () => {
    await expect(result.items.map(itemLine).join('')).toMatchFileSnapshot('golden/items.jsonl');
  });

  it('of matches are the golden ones', async () => {
    await expect(result.matches.map(matchLine).join('')).toMatchFileSnapshot('golden/matches.jsonl');
  });

  it('do not depend on the order in which an object was built', () => {
    const [match] = result.matches;
    const backwards = Object.fromEntries(Object.entries(match).reverse()) as typeof match;
    expect(matchLine(backwards)).toBe(matchLine(match));
    const item = { ...result.items[0], parts: { answer: 'clean', question: 'suspect' } as const };
    expect(itemLine(item)).toContain('"parts":{"question":"suspect","answer":"clean"}');
  });

  it('round coverage to four decimals and evidence to one', () => {
    const line = matchLine({ ...result.matches[0], coverage: 0.123456, evidence: 99.96 });
    expect(line).toContain('"coverage":0.1235,"evidence":100,');
  });

  it('point with every span at the words they name, on both sides', () => {
    for (const { spans, itemText, documentText, documentTextStart: start } of result.matches)
      for (const { item, document } of spans)
        expect(documentText.slice(document[0] - start, document[1] - start)).toBe(itemText.slice(...item));
  });

  it('of matches are read back whole', () => {
    for (const match of result.matches) {
      const again = matchFromLine(matchLine(match));
      expect(again && matchLine(again)).toBe(matchLine(match));
    }
  });

  it.each(['', '{}', 'null', '[1]', '{"document":{}}', '{"broken'])('are refused when they are none: %j', (line) => {
    expect(matchFromLine(line)).toBeUndefined();
  });

  it('of the golden matches show as the golden page', async () => {
    const lines = readFileSync(new URL('golden/matches.jsonl', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n');
    const page = lines.flatMap((line) => {
      const match = matchFromLine(line);
      return match ? [...matchLines(match, 1, style(false), 90, 20), ''] : ['not a match'];
    });
    await expect(page.join('\n')).toMatchFileSnapshot('golden/matches-90.txt');
  });
});
