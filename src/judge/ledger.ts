import type { Match, MatchedPart } from '../model/match.js';
import type { Allowance, Bar, BenchmarkPolicy, PartPolicy, Policy } from '../model/policy.js';
import type { BenchmarkResult, ItemResult } from '../model/result.js';
import { VERDICTS } from '../model/verdict.js';

/** What an allowance is for; nothing named: every benchmark without one of its own. */
export interface Scope {
  readonly benchmark?: string;
  readonly part?: MatchedPart;
}

/** An item that counts against a policy, and the worst match that makes it count. */
export interface CountedItem {
  readonly item: ItemResult;
  readonly match: Match;
}

/** More items than an allowance has room for. */
export interface Excess {
  readonly scope: Scope;
  readonly allowance: Allowance;
  readonly counted: readonly CountedItem[];
  /** Items checked of the benchmarks that the allowance is for. */
  readonly checked: number;
}

type Counted = Pick<BenchmarkResult, 'name' | 'counts'>;

interface Account {
  readonly scope: Scope;
  readonly allowance: Allowance;
  readonly counted: CountedItem[];
}

/**
 * Charges items to the allowances of a policy. A match falls to the allowance of its part, else to that of its benchmark,
 * else to the one of the whole; an item is charged once to each that one of its counting matches falls to. So
 * `answer: { maxContaminated: 100 }` lets answers pass that stand alone, and no item whose question leaked too.
 */
export class Ledger {
  private readonly policy: Policy;
  private readonly accounts = new Map<string, Account>();

  constructor(policy: Policy) {
    this.policy = policy;
  }

  charge(item: ItemResult, matches: readonly Match[]): void {
    const worst = new Map<Account, Match>();
    for (const match of matches) {
      const account = this.accountOf(match);
      const before = worst.get(account);
      if (!before || isWorse(match, before)) worst.set(account, match);
    }
    for (const [account, match] of worst) account.counted.push({ item, match });
  }

  /** In the order in which they were first charged. */
  excesses(benchmarks: readonly Counted[]): Excess[] {
    return [...this.accounts.values()]
      .map((account) => ({ ...account, checked: this.checkedOf(account.scope, benchmarks) }))
      .filter(isExceeded);
  }

  private accountOf({ benchmark, part }: Match): Account {
    const own = ownOf(this.policy, benchmark);
    const found = own && partOf(own, part);
    if (found?.[1].allowance) return this.account({ benchmark, part: found[0] }, found[1].allowance);
    return own?.allowance ? this.account({ benchmark }, own.allowance) : this.account({}, this.policy.allowance);
  }

  private account(scope: Scope, allowance: Allowance): Account {
    const key = JSON.stringify(scope);
    const account = this.accounts.get(key) ?? { scope, allowance, counted: [] };
    this.accounts.set(key, account);
    return account;
  }

  private checkedOf({ benchmark }: Scope, benchmarks: readonly Counted[]): number {
    return benchmarks
      .filter(({ name }) => (benchmark === undefined ? !ownOf(this.policy, name)?.allowance : name === benchmark))
      .reduce((sum, { counts }) => sum + counts.contaminated + counts.suspect + counts.clean, 0);
  }
}

/** What a match of this benchmark and part must reach to count. */
export function barOf({ benchmark, part }: Match, policy: Policy): Bar {
  const own = ownOf(policy, benchmark);
  return own ? (partOf(own, part)?.[1] ?? own) : policy;
}

function ownOf({ benchmarks }: Policy, name: string): BenchmarkPolicy | undefined {
  return Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
}

/** A question with its answer goes as a question (or code), where nothing is said of both. */
function partOf({ parts }: BenchmarkPolicy, part: MatchedPart): [MatchedPart, PartPolicy] | undefined {
  const names: readonly MatchedPart[] = part === 'question+answer' ? [part, 'question', 'code'] : [part];
  for (const name of names) {
    const found = parts[name];
    if (found) return [name, found];
  }
  return undefined;
}

function isExceeded({ allowance, counted, checked }: Excess): boolean {
  const { maxContaminated = Infinity, maxContaminatedRate = 1 } = allowance;
  return counted.length > maxContaminated || counted.length > maxContaminatedRate * checked;
}

function isWorse(a: Match, b: Match): boolean {
  const byVerdict = VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict);
  return byVerdict !== 0 ? byVerdict < 0 : a.evidence > b.evidence;
}
