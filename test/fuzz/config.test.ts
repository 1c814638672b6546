import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../dist/config/config-file.js';
import { configCheck } from '../../dist/config/schema.js';
import { HeldoutError } from '../../dist/model/errors.js';

const check = configCheck();
const GOOD = JSON.stringify({
  benchmarks: ['bench/*.jsonl'],
  against: ['corpus/'],
  map: { question: 'prompt' },
  policy: {
    maxContaminatedRate: 0.1,
    skips: { 'no-text': 'any', 'broken-record': 3 },
    benchmarks: { gsm8k: { failOn: 'suspect', parts: { answer: { maxContaminated: 3, minCoverage: 0.5 } } } },
  },
  waivers: [{ benchmark: 'gsm8k', item: '17', reason: 'known', expires: '2027-01-31' }],
});

/** A config or one clear error, and nothing else. */
function holds(text: string): void {
  try {
    const { policy } = parseConfig(text, 'c.json', '2026-11-24', check);
    expect(policy.maxSkippedRate).toBeLessThanOrEqual(1);
    expect(Object.values(policy.skips).every((n) => n >= 0)).toBe(true);
    expect(['contaminated', 'suspect']).toContain(policy.failOn);
  } catch (error) {
    expect(error).toBeInstanceOf(HeldoutError);
    if (error instanceof HeldoutError) expect(error.message).toMatch(/^c\.json: \S/);
  }
}

const KEYS = [
  'policy',
  'benchmarks',
  'against',
  'waivers',
  'skips',
  'parts',
  'map',
  '__proto__',
  'constructor',
  'a/b~c',
  '',
];

describe('The config parser', () => {
  it('takes any bytes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), holds), { numRuns: 300 });
  });

  it('takes any JSON, its own keys in it', () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom(null, true, 0, -1, 0.5, 1e400, '', 'any', 'suspect', '2027-01-31'),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc
          .array(fc.tuple(fc.oneof(fc.constantFrom(...KEYS), fc.string()), tie('tree')), { maxLength: 4 })
          .map(Object.fromEntries),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => holds(JSON.stringify(value))),
      { numRuns: 500 },
    );
  });

  it('takes a good config with a piece cut out, doubled or changed', () => {
    const place = fc.nat(GOOD.length);
    const piece = fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', 'null', '-1', '"x"', '\\', '\u0000');
    fc.assert(
      fc.property(place, place, piece, (a, b, text) => holds(GOOD.slice(0, a) + text + GOOD.slice(b))),
      { numRuns: 500 },
    );
  });
});
