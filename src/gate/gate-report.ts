import { keyOf } from '../judge/gate.js';
import type { BaselineReport, GateReport, PolicyReport, WaiverReport } from '../model/gate-report.js';
import type { SkipReason } from '../model/input.js';
import type { Policy, Waiver } from '../model/policy.js';
import type { Outcome } from './outcome.js';

/** What report.json says of the policy. Written out, so that the order of keys does not depend on who built the policy. */
export function gateReport({ state, findings, gate }: Outcome, policy: Policy, baseline?: BaselineReport): GateReport {
  const used = new Set(gate.usedWaivers.map(keyOf));
  const stray = new Set(gate.strayWaivers.map(keyOf));
  const useOf = (waiver: Waiver): WaiverReport['use'] =>
    used.has(keyOf(waiver)) ? 'waived' : stray.has(keyOf(waiver)) ? 'no such item' : 'not needed';
  return {
    state,
    lines: findings.map(({ word, text }) => ({ word, text })),
    counted: gate.counted,
    known: gate.known,
    waived: gate.waived,
    policy: policyReport(policy),
    waivers: policy.waivers.map((waiver) => ({
      benchmark: waiver.benchmark,
      item: waiver.item,
      reason: waiver.reason,
      expires: waiver.expires,
      use: useOf(waiver),
    })),
    ...(baseline ? { baseline } : {}),
  };
}

function policyReport(policy: Policy): PolicyReport {
  const { failOn, minCoverage, minEvidence, allowance, benchmarks, maxSkippedRate, skips } = policy;
  const allowed = Object.entries(skips).map(([reason, n]) => [reason, n === Infinity ? 'any' : n] as const);
  return {
    ...{ failOn, minCoverage, minEvidence, allowance, benchmarks, maxSkippedRate },
    skips: Object.fromEntries(allowed),
  };
}

/** The policy that a report was held against. */
export function policyOfReport({ policy, waivers }: GateReport): Policy {
  const skips: Partial<Record<SkipReason, number>> = {};
  for (const [reason, n] of Object.entries(policy.skips)) skips[reason as SkipReason] = n === 'any' ? Infinity : n;
  return { ...policy, skips, waivers };
}
