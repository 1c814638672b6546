import { describe, expect, it } from 'vitest';
import { cutOf } from '../../dist/clean/edit.js';
import { BY_FIGURES } from '../../dist/judge/figures.js';

const text = 'Vorher. Man stimmt 11 Geigen und 4 Celli in 16 Minuten. Nachher.';

function spanOf(figure: string): { item: [number, number]; document: [number, number] } {
  const at = text.indexOf(figure);
  return { item: [0, 1], document: [at, at + figure.length] };
}

const match = {
  ...{ benchmark: 'b', item: 'q', document: { file: 'f', record: 1, offset: 0, id: 'd' } },
  ...{ verdict: 'contaminated' as const, part: 'question' as const, coverage: 0.2, evidence: 20, longestRun: 1 },
  spans: [spanOf('11'), spanOf('4'), spanOf('16')],
};
const knife = { mode: 'cut' as const, margin: 0, minLength: 1, maskText: '', force: false };
const removal = { file: 'f', record: 1, offset: 0, id: 'd' };

describe('cutting what was found by its figures', () => {
  it('takes out the words between them too', () => {
    const { text: left } = cutOf(text, { ...removal, matches: [{ ...match, reason: BY_FIGURES }] }, knife);
    expect(left).not.toContain('Geigen');
    expect(left).toContain('Vorher');
    expect(left).toContain('Nachher');
  });

  it('takes out no more than the spans of any other match', () => {
    expect(cutOf(text, { ...removal, matches: [match] }, knife).text).toContain('Geigen');
  });
});
