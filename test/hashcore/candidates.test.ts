import { describe, expect, it } from 'vitest';
import { HashCore } from '../../dist/hashcore/hash-core.js';
import { CANDIDATES, writeTextTables } from '../../dist/hashcore/layout.js';
import { compileCore, createMemory } from '../../dist/hashcore/load.js';
import { buildSearch } from '../../dist/seeds/build-catalog.js';
import { buildWeights } from '../../dist/text/weights.js';
import { unicode } from '../differential/core.js';

const QUESTION = 'zealous quokka vexes nymph jackdaw fjord';
const OTHER = 'wizened badger hums plangent sonnet';
/** So many that the weight of one copy has drained before the next. */
const APART = Array.from({ length: 124 }, (_, i) => `w${i}`).join(' ');

function newCore(): HashCore {
  const items = [QUESTION, OTHER].map((text, i) => ({
    ...{ benchmark: 'b', id: String(i), file: 'b', record: i },
    parts: [{ name: 'question' as const, text }],
  }));
  const memory = createMemory();
  const shared = { module: compileCore(), memory, text: writeTextTables(memory, unicode) };
  const { table } = buildSearch(new HashCore(shared), memory, items, buildWeights([]));
  return new HashCore(shared, 1 << 16, table);
}

describe('a document with more candidates than there is room for', () => {
  const copies = 2 * CANDIDATES + 100;
  const text = `${`${QUESTION} ${APART} `.repeat(copies)}${OTHER}`;

  it.each([false, true])('loses none, as JSON: %s', (json) => {
    const core = newCore();
    core.usePaths([['text']]);
    const line = json ? `${JSON.stringify({ text })}\n` : text;
    const end = core.writeText(line) + core.input;
    if (json) core.core.scanLines(core.input, end);
    else core.core.scanText(core.input, end);
    const ofQuestion = core.candidates(json).filter(({ part }) => part === 0);
    expect(ofQuestion.map(({ first }) => first)).toEqual(Array.from({ length: copies }, (_, i) => i * 130 + 2));
    expect(ofQuestion.at(-1)?.last).toBe(copies * 130 - 125);
    expect(core.candidates(json).some(({ part }) => part === 1)).toBe(true);
  });

  it('leaves the next one as it is', () => {
    const core = newCore();
    for (const next of [text, OTHER]) core.core.scanText(core.input, core.input + core.writeText(next));
    expect(core.candidates(false).map(({ part }) => part)).toEqual([1]);
  });
});
