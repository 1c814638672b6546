import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../dist/config/config-file.js';
import type { Config } from '../../dist/config/config-file.js';
import { HeldoutError } from '../../dist/model/errors.js';

const TODAY = '2026-11-24';
const parse = (value: unknown): Config => parseConfig(JSON.stringify(value), 'heldout.config.json', TODAY);

function fault(value: unknown): string {
  try {
    parse(value);
  } catch (error) {
    if (error instanceof HeldoutError && error.code === 'usage') return error.message;
    throw error;
  }
  return '';
}

const waiver = (rest: object = {}): unknown => ({
  waivers: [{ benchmark: 'gsm8k', item: '17', reason: 'in the docs on purpose', expires: '2027-01-31', ...rest }],
});

describe('A config', () => {
  it('is what it says, and the defaults where it says nothing', () => {
    expect(parse({}).policy).toEqual({
      failOn: 'contaminated',
      minCoverage: 0,
      minEvidence: 0,
      allowance: { maxContaminated: 0 },
      benchmarks: {},
      maxSkippedRate: 0.001,
      skips: {},
      waivers: [],
    });
    const { policy } = parse({
      policy: {
        minCoverage: 0.6,
        benchmarks: { gsm8k: { failOn: 'suspect', parts: { answer: { maxContaminated: 3 } } } },
      },
    });
    expect(policy.benchmarks['gsm8k']).toEqual({
      failOn: 'suspect',
      minCoverage: 0.6,
      minEvidence: 0,
      parts: { answer: { failOn: 'suspect', minCoverage: 0.6, minEvidence: 0, allowance: { maxContaminated: 3 } } },
    });
  });

  it.each([
    [{ polcy: {} }, 'polcy is no key that is known here. Did you mean policy?'],
    [
      { policy: { maxContaminatd: 1 } },
      'policy.maxContaminatd is no key that is known here. Did you mean maxContaminated?',
    ],
    [{ policy: { max_skipped_rate: 0 } }, 'Did you mean maxSkippedRate?'],
    [{ policy: { benchmarks: { a: { parts: { awnser: {} } } } } }, 'policy.benchmarks.a.parts.awnser is no key'],
    [{ policy: { skips: { 'broken-records': 1 } } }, 'Did you mean broken-record?'],
    [{ redactd: true }, 'redactd is no key that is known here. Did you mean redact?'],
    [{ redact: 'yes' }, 'redact must be true or false'],
    [{ zzz: 1 }, 'zzz is no key that is known here. What may stand here: $schema, benchmarks, against'],
    [{ policy: { maxContaminated: '3' } }, 'policy.maxContaminated must be a whole number; it is "3"'],
    [{ policy: { maxContaminated: 1.5 } }, 'policy.maxContaminated must be a whole number; it is 1.5'],
    [{ policy: { maxContaminated: -1 } }, 'policy.maxContaminated must be 0 or more; it is -1'],
    [{ policy: { maxContaminatedRate: 2 } }, 'policy.maxContaminatedRate must be 1 or less; it is 2'],
    [{ policy: { failOn: 'dirty' } }, 'policy.failOn must be "contaminated" or "suspect"; it is "dirty"'],
    [{ policy: { skips: { 'no-text': 'some' } } }, 'policy.skips.no-text must be a whole number, 0 or more, or "any"'],
    [{ benchmarks: 'bench.jsonl' }, 'benchmarks must be a list; it is "bench.jsonl"'],
    [{ against: [] }, 'against must not be empty'],
    [{ against: [3] }, 'against[0] must be a text in quotes; it is 3'],
    [[], 'it must be an object; it is []'],
    [null, 'it must be an object; it is null'],
    [{ waivers: [{ benchmark: 'a', item: '1', expires: '2027-01-01' }] }, 'waivers[0] lacks reason'],
    [
      waiver({ expires: 'soon' }),
      'waivers[0].expires must be as described: The last day it holds, such as 2027-01-31.',
    ],
    [waiver({ expires: '2027-02-30' }), 'waivers[0] (gsm8k 17): 2027-02-30 is no day'],
  ])('that is wrong is refused with the place, the fault and what would be right: %j', (value, expected) => {
    expect(fault(value)).toContain(expected);
    expect(fault(value)).toMatch(/^heldout\.config\.json: /);
  });

  it('that is not JSON is refused with line and column', () => {
    expect(() => parseConfig('{\n  "out": "x",\n}', 'c.json', TODAY)).toThrow(
      /^c\.json: not valid JSON in line 3, column 1: /,
    );
  });

  it('with a waiver that has expired is refused; on its last day it holds', () => {
    expect(fault(waiver({ expires: TODAY }))).toBe('');
    expect(fault(waiver({ expires: '2026-11-23' }))).toBe(
      'heldout.config.json: waivers[0] (gsm8k 17) expired on 2026-11-23 ("in the docs on purpose"). Take the item out of ' +
        'the corpus or the benchmark and remove the waiver, or set a later day in "expires".',
    );
  });

  it('of a secret test set says of a waiver neither item nor reason', () => {
    const late = { ...(waiver({ expires: '2026-11-23' }) as object), redact: true };
    expect(fault(late)).toContain('waivers[0] expired on 2026-11-23. Take');
    expect(fault(late)).not.toMatch(/17|on purpose/);
  });

  it('is described by a schema that is itself valid, strictly', () => {
    const schema = JSON.parse(
      readFileSync(new URL('../../heldout.config.schema.json', import.meta.url), 'utf8'),
    ) as object;
    const ajv = new Ajv({ strict: true, strictTypes: false });
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });
});
