import type { Match } from '../model/match.js';
import type { Policy, Waiver } from '../model/policy.js';
import type { ItemResult } from '../model/result.js';
import type { Verdict } from '../model/verdict.js';
import { gapsOf } from './gaps.js';
import type { Gap, Judged } from './gaps.js';
import { barOf, Ledger } from './ledger.js';
import type { Excess } from './ledger.js';

/** What a policy says to a result. It is met where nothing is exceeded and nothing is missing. */
export interface GateOutcome {
  readonly excesses: readonly Excess[];
  readonly gaps: readonly Gap[];
  /** Items that count against the policy, those within an allowance included. */
  readonly counted: number;
  /** Items that would count, but a baseline had them already, or they are waived. */
  readonly known: number;
  readonly waived: number;
  /** Waivers of items that would count. */
  readonly usedWaivers: readonly Waiver[];
  /** Waivers of items that are in no benchmark: a slip of the pen, most likely. */
  readonly strayWaivers: readonly Waiver[];
}

/** The items that a baseline had, by `keyOf`, with the verdict they had then. */
export type Baseline = ReadonlyMap<string, Verdict>;

export function keyOf({ benchmark, item }: { readonly benchmark: string; readonly item: string }): string {
  return JSON.stringify([benchmark, item]);
}

/** Holds a result against a policy. Everything it needs is given: the day on which waivers expire too (config/waivers). */
export function gate(result: Judged, policy: Policy, baseline: Baseline = new Map()): GateOutcome {
  const matches = matchesByItem(result.matches);
  const waivers = new Set(policy.waivers.map(keyOf));
  const ledger = new Ledger(policy);
  const names = new Set<string>();
  let counted = 0;
  let known = 0;
  const waived = new Set<string>();
  for (const item of result.items) {
    const key = keyOf(item);
    names.add(key);
    const counting = (matches.get(key) ?? []).filter((match) => counts(match, policy));
    if (counting.length === 0) continue;
    if (waivers.has(key)) waived.add(key);
    else if (counting.every(({ verdict }) => wasThere(baseline.get(key), verdict))) known++;
    else {
      counted++;
      ledger.charge(item, counting);
    }
  }
  return {
    excesses: ledger.excesses(result.benchmarks),
    gaps: gapsOf(result, policy),
    counted,
    known,
    waived: waived.size,
    usedWaivers: policy.waivers.filter((waiver) => waived.has(keyOf(waiver))),
    strayWaivers: policy.waivers.filter((waiver) => !names.has(keyOf(waiver))),
  };
}

/** A suspect item that is contaminated now is news; one that got better is none. */
function wasThere(before: ItemResult['verdict'] | undefined, now: Verdict): boolean {
  return before === 'contaminated' || (before === 'suspect' && now === 'suspect');
}

function counts(match: Match, policy: Policy): boolean {
  const bar = barOf(match, policy);
  const bad = match.verdict === 'contaminated' || (match.verdict === 'suspect' && bar.failOn === 'suspect');
  return bad && match.coverage >= bar.minCoverage && match.evidence >= bar.minEvidence;
}

function matchesByItem(matches: readonly Match[]): Map<string, Match[]> {
  const groups = new Map<string, Match[]>();
  for (const match of matches) {
    const group = groups.get(keyOf(match));
    if (group) group.push(match);
    else groups.set(keyOf(match), [match]);
  }
  return groups;
}
