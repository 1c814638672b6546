import type { MatchedPart } from '../model/match.js';
import { PLAIN_BAR } from '../model/policy.js';
import type { Allowance, Bar, BenchmarkPolicy, PartPolicy, Policy } from '../model/policy.js';
import { DEFAULT_SETTINGS } from '../model/settings.js';
import type { BenchmarkJson, ConfigJson, LevelJson } from './config-json.js';

/** The policy of a config, with everything said that it leaves open. */
export function policyOf({ policy = {}, waivers = [] }: ConfigJson): Policy {
  const bar = barOf(policy, PLAIN_BAR);
  const skips = Object.entries(policy.skips ?? {}).map(([reason, n]) => [reason, n === 'any' ? Infinity : n] as const);
  const benchmarks = Object.entries(policy.benchmarks ?? {}).map(
    ([name, own]) => [name, benchmarkOf(own, bar)] as const,
  );
  return {
    ...bar,
    allowance: allowanceOf(policy) ?? { maxContaminated: DEFAULT_SETTINGS.maxContaminated },
    benchmarks: Object.fromEntries(benchmarks),
    maxSkippedRate: policy.maxSkippedRate ?? DEFAULT_SETTINGS.maxSkippedRate,
    skips: Object.fromEntries(skips),
    waivers,
  };
}

function benchmarkOf(own: BenchmarkJson, above: Bar): BenchmarkPolicy {
  const level = levelOf(own, above);
  const parts: Partial<Record<MatchedPart, PartPolicy>> = {};
  for (const part of ['question+answer', 'question', 'choices', 'answer', 'passage', 'code'] as const) {
    const said = own.parts?.[part];
    if (said) parts[part] = levelOf(said, level);
  }
  return { ...level, parts };
}

function levelOf(own: LevelJson, above: Bar): PartPolicy {
  const allowance = allowanceOf(own);
  return { ...barOf(own, above), ...(allowance ? { allowance } : {}) };
}

function barOf(own: LevelJson, above: Bar): Bar {
  return {
    failOn: own.failOn ?? above.failOn,
    minCoverage: own.minCoverage ?? above.minCoverage,
    minEvidence: own.minEvidence ?? above.minEvidence,
  };
}

function allowanceOf({ maxContaminated, maxContaminatedRate }: LevelJson): Allowance | undefined {
  if (maxContaminated === undefined && maxContaminatedRate === undefined) return undefined;
  return {
    ...(maxContaminated === undefined ? {} : { maxContaminated }),
    ...(maxContaminatedRate === undefined ? {} : { maxContaminatedRate }),
  };
}
