import { describe, expect, it } from 'vitest';
import { judgeIndexed } from '../../dist/judge/unconfirmed.js';
import type { PartSight } from '../../dist/judge/unconfirmed.js';
import type { ItemResult } from '../../dist/model/result.js';

const nothing = { coverage: 0, evidence: 0 };
const sight = (guaranteed: boolean): PartSight => ({
  ...{ guaranteed, seen: nothing, possible: nothing, documents: 0, reason: '' },
});

describe('an item of which an index knows nothing', () => {
  it('is unchecked where its question is below the guarantee, however long its choices are', () => {
    const result: ItemResult = {
      ...{ benchmark: 'b', item: '1', file: 'b', record: 1, verdict: 'clean' as const, reason: '' },
      ...{ coverage: 0, evidence: 0, documents: 0, parts: { question: 'clean', choices: 'clean' } },
    };
    const sights = (question: boolean) =>
      new Map([['question', sight(question)] as const, ['choices', sight(true)] as const]);
    expect(judgeIndexed(result, sights(true), 13).verdict).toBe('clean');
    expect(judgeIndexed(result, sights(false), 13)).toMatchObject({
      verdict: 'unchecked',
      reason: expect.stringContaining('below guarantee') as string,
    });
  });
});
