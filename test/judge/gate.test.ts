import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gate, keyOf } from '../../dist/judge/gate.js';
import type { Baseline, GateOutcome } from '../../dist/judge/gate.js';
import type { Match, MatchedPart } from '../../dist/model/match.js';
import { plainPolicy } from '../../dist/model/policy.js';
import type { BenchmarkPolicy, Policy } from '../../dist/model/policy.js';
import type { ScanResult } from '../../dist/model/result.js';
import type { Verdict } from '../../dist/model/verdict.js';
import { policyOf } from '../../dist/config/policy-of.js';
import type { BenchmarkJson, PolicyJson } from '../../dist/config/config-json.js';
import { cleanResult, fileOf, itemOf, matchOf } from '../report/fixture.js';

interface Found {
  readonly benchmark?: string;
  readonly item: string;
  readonly verdict?: Verdict;
  readonly part?: MatchedPart;
  readonly coverage?: number;
  readonly evidence?: number;
}

const TEXT = 'a ferry carries 37 lorries';

/** A result with these matches, each benchmark having 100 checked items. */
function result(...found: Found[]): ScanResult {
  const matches: Match[] = found.map((one) =>
    matchOf({ benchmark: 'a', ...one, itemText: TEXT, documentText: TEXT, shared: [TEXT] }),
  );
  const names = [...new Set(['a', 'b', ...matches.map(({ benchmark }) => benchmark)])];
  const keys = [...new Map(matches.map((match) => [keyOf(match), match])).values()];
  const [benchmark] = cleanResult().benchmarks;
  return {
    ...cleanResult(),
    benchmarks: names.map((name) => ({
      ...benchmark,
      name,
      items: 100,
      counts: { contaminated: 0, suspect: 0, clean: 100, unchecked: 0 },
    })),
    items: keys.map(({ benchmark, item, verdict }) => itemOf(benchmark, item, verdict)),
    matches,
  };
}

const policy = (json: PolicyJson, waivers: Policy['waivers'] = []): Policy => policyOf({ policy: json, waivers });
const scopes = ({ excesses }: GateOutcome): unknown[] => excesses.map(({ scope }) => scope);
const of = (a: BenchmarkJson): Policy => policy({ benchmarks: { a } });

describe('The gate', () => {
  it('fails for one contaminated item unless something is said, and not for a suspect one', () => {
    expect(scopes(gate(result({ item: '1' }), policy({})))).toEqual([{}]);
    expect(scopes(gate(result({ item: '1', verdict: 'suspect' }), policy({})))).toEqual([]);
    expect(scopes(gate(result({ item: '1', verdict: 'suspect' }), policy({ failOn: 'suspect' })))).toEqual([{}]);
  });

  it('counts an item once, however many documents hold it', () => {
    const [excess] = gate(result({ item: '1' }, { item: '1', coverage: 0.9 }, { item: '2' }), policy({})).excesses;
    expect(excess.counted.map(({ item }) => item.item)).toEqual(['1', '2']);
  });

  it('holds a rate against the items checked', () => {
    const two = result({ item: '1' }, { item: '2' });
    expect(scopes(gate(two, policy({ maxContaminatedRate: 0.01 })))).toEqual([]);
    expect(scopes(gate(two, policy({ maxContaminatedRate: 0.009 })))).toEqual([{}]);
    expect(scopes(gate(two, of({ maxContaminatedRate: 0.01 })))).toEqual([{ benchmark: 'a' }]);
    expect(scopes(gate(two, policy({ maxContaminatedRate: 0.5, maxContaminated: 1 })))).toEqual([{}]);
  });

  it('gives a benchmark its own allowance, and leaves the others to the one of all', () => {
    const found = result({ item: '1' }, { benchmark: 'b', item: '1' });
    expect(scopes(gate(found, of({ maxContaminated: 1 })))).toEqual([{}]);
    expect(scopes(gate(found, of({ maxContaminated: 0 })))).toEqual([{ benchmark: 'a' }, {}]);
  });

  it('takes thresholds by benchmark and part, the nearest that is said', () => {
    const weak = { item: '1', part: 'answer', coverage: 0.86, evidence: 101 } as const;
    const passes = (own: BenchmarkJson, found: Found = weak): boolean =>
      scopes(gate(result(found), of(own))).length === 0;
    expect(passes({})).toBe(false);
    expect(passes({ minCoverage: 0.9 })).toBe(true);
    expect(passes({ minEvidence: 102 })).toBe(true);
    expect(passes({ minCoverage: 0.9, parts: { answer: { minCoverage: 0.8 } } })).toBe(false);
    expect(passes({ parts: { answer: { minCoverage: 0.9 } } })).toBe(true);
    expect(passes({ parts: { answer: { minCoverage: 0.9 } } }, { ...weak, part: 'question' })).toBe(false);
    expect(passes({ parts: { question: { minCoverage: 0.9 } } }, { ...weak, part: 'question+answer' })).toBe(true);
  });

  it('lets answers pass that stand alone, and no item whose question leaked too', () => {
    const own: BenchmarkJson = { parts: { answer: { maxContaminated: 9 } } };
    expect(scopes(gate(result({ item: '1', part: 'answer' }), of(own)))).toEqual([]);
    expect(scopes(gate(result({ item: '1', part: 'answer' }, { item: '1' }), of(own)))).toEqual([{}]);
  });

  it('takes a waived item for none, and names a waiver that waives nothing', () => {
    const waivers = ['1', '9'].map((item) => ({ benchmark: 'a', item, reason: 'known', expires: '2099-01-01' }));
    const outcome = gate(result({ item: '1' }), policy({}, waivers));
    expect(outcome).toMatchObject({ excesses: [], waived: 1, strayWaivers: [{ item: '9' }] });
  });

  it('fails only for what a baseline did not have', () => {
    const baseline: Baseline = new Map([
      [keyOf({ benchmark: 'a', item: '1' }), 'contaminated'],
      [keyOf({ benchmark: 'a', item: '2' }), 'suspect'],
    ]);
    const known = gate(result({ item: '1' }), policy({}), baseline);
    expect(known).toMatchObject({ excesses: [], known: 1 });
    expect(scopes(gate(result({ item: '3' }), policy({}), baseline))).toEqual([{}]);
    // It was only suspect then.
    expect(scopes(gate(result({ item: '2' }), policy({}), baseline))).toEqual([{}]);
  });

  it('gives nobody an allowance by the name of a property that all objects have', () => {
    const found = result({ benchmark: 'constructor', item: '1' }, { benchmark: '__proto__', item: '1' });
    expect(scopes(gate(found, policy({})))).toEqual([{}]);
  });

  it('never passes more when less is allowed', () => {
    const found = fc.array(
      fc.record({
        benchmark: fc.constantFrom('a', 'b'),
        item: fc.constantFrom('1', '2', '3', '4'),
        verdict: fc.constantFrom<Verdict[]>('contaminated', 'suspect'),
        part: fc.constantFrom<MatchedPart[]>('question', 'answer', 'question+answer'),
        coverage: fc.double({ min: 0.4, max: 1, noNaN: true }),
      }),
    );
    const most = fc.nat(3);
    fc.assert(
      fc.property(found, most, most, (matches, some, less) => {
        const scan = result(...matches);
        const allowing = (maxContaminated: number): number =>
          gate(scan, policy({ maxContaminated, failOn: 'suspect' })).excesses.length;
        expect(allowing(Math.min(some, less))).toBeGreaterThanOrEqual(allowing(Math.max(some, less)));
      }),
    );
  });

  it('says what is missing: files by default, and what a reason allows', () => {
    const skipping = (json: PolicyJson): GateOutcome =>
      gate(
        {
          ...result(),
          corpus: [fileOf('corpus/a', 100, 5)],
          skips: [
            { reason: 'corrupt-file', count: 1, examples: [] },
            { reason: 'no-text', count: 5, examples: [] },
          ],
        },
        policy(json),
      );
    const kinds = (json: PolicyJson): string[] => skipping(json).gaps.map(({ kind }) => kind);
    expect(kinds({})).toEqual(['reason', 'rate']);
    expect(kinds({ maxSkippedRate: 0.05 })).toEqual(['reason']);
    expect(kinds({ skips: { 'corrupt-file': 1, 'no-text': 'any' } })).toEqual([]);
    expect(kinds({ skips: { 'corrupt-file': 1, 'no-text': 4 } })).toEqual(['reason']);
  });

  it('does not pass over a rule for a benchmark that was not scanned: its name may be misspelt', () => {
    const { gaps } = gate(result(), policy({ benchmarks: { aa: { maxContaminated: 0 } } }));
    expect(gaps).toEqual([{ kind: 'no-such-benchmark', name: 'aa', scanned: ['a', 'b'] }]);
    expect(gate(result(), policy({ benchmarks: { a: { maxContaminated: 0 } } })).gaps).toEqual([]);
  });

  it('judges by the two numbers of the command line as by a config that says the same', () => {
    const own: BenchmarkPolicy | undefined = undefined;
    expect(plainPolicy(3, 0.5)).toEqual({
      ...policy({ maxContaminated: 3, maxSkippedRate: 0.5 }),
      benchmarks: own ?? {},
    });
  });
});
