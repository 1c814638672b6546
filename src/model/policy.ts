import type { SkipReason } from './input.js';
import type { MatchedPart } from './match.js';

/** Which matches make their item count against the policy. */
export interface Bar {
  /** `suspect` counts both. */
  readonly failOn: 'contaminated' | 'suspect';
  /** Least coverage, 0 to 1, and least evidence, bits, on top of what the verdict asks. */
  readonly minCoverage: number;
  readonly minEvidence: number;
}

/** How many items may count. Where both are given, both must hold. */
export interface Allowance {
  readonly maxContaminated?: number;
  /** Of the items checked: 0 to 1. */
  readonly maxContaminatedRate?: number;
}

export interface PartPolicy extends Bar {
  /** Absent where the part's items go with those of its benchmark. */
  readonly allowance?: Allowance;
}

export interface BenchmarkPolicy extends PartPolicy {
  readonly parts: Readonly<Partial<Record<MatchedPart, PartPolicy>>>;
}

/** An item that may be contaminated for now. */
export interface Waiver {
  readonly benchmark: string;
  readonly item: string;
  readonly reason: string;
  /** The last day it holds, `2027-01-31`, by UTC. */
  readonly expires: string;
}

/** What a scan must meet to pass. */
export interface Policy extends Bar {
  /** Over all benchmarks that have no allowance of their own. */
  readonly allowance: Allowance;
  readonly benchmarks: Readonly<Partial<Record<string, BenchmarkPolicy>>>;
  /** Share of records that may be skipped, of the corpus and of the benchmarks. */
  readonly maxSkippedRate: number;
  /** Skips allowed by reason, Infinity for any number; these are not in the rate. */
  readonly skips: Readonly<Partial<Record<SkipReason, number>>>;
  readonly waivers: readonly Waiver[];
}

/** Every verdict as it is, nothing waived. */
export function plainPolicy(maxContaminated: number, maxSkippedRate: number): Policy {
  return {
    ...PLAIN_BAR,
    allowance: { maxContaminated },
    benchmarks: {},
    maxSkippedRate,
    skips: {},
    waivers: [],
  };
}

export const PLAIN_BAR: Bar = { failOn: 'contaminated', minCoverage: 0, minEvidence: 0 };
