import type { SkipReason } from './input.js';
import type { Policy, Waiver } from './policy.js';

/** `incomplete`: nothing is exceeded, but something was not looked at that the policy asks for. */
export type GateState = 'passed' | 'failed' | 'incomplete' | 'interrupted';

/** What a policy said to a result, as report.json holds it. */
export interface GateReport {
  readonly state: GateState;
  /** What the run comes to, as it was printed: a line for each condition that is not met, or one that says what was met. */
  readonly lines: readonly { readonly word: string; readonly text: string }[];
  /** Items that count against the policy, those within an allowance included; that would, but a baseline had them; or are waived. */
  readonly counted: number;
  readonly known: number;
  readonly waived: number;
  readonly policy: PolicyReport;
  readonly waivers: readonly WaiverReport[];
  readonly baseline?: BaselineReport;
}

/** The policy, its waivers apart; `any` stands for any number of skips. */
export type PolicyReport = Omit<Policy, 'skips' | 'waivers'> & {
  readonly skips: Readonly<Partial<Record<SkipReason, number | 'any'>>>;
};

export interface WaiverReport extends Waiver {
  /** Whether its item would have counted, is there and would not, or is in no benchmark of the scan. */
  readonly use: 'waived' | 'not needed' | 'no such item';
}

export interface BaselineReport {
  readonly path: string;
  /** Digest of its items.jsonl. */
  readonly xxh64: string;
  /** Its items that were contaminated or suspect. */
  readonly items: number;
  /** In what it is no earlier report of the same benchmarks, a sentence each. */
  readonly notes: readonly string[];
}
