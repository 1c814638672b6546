import { gate } from '../judge/gate.js';
import type { Baseline, GateOutcome } from '../judge/gate.js';
import type { Judged } from '../judge/gaps.js';
import type { GateState } from '../model/gate-report.js';
import type { Finding } from '../report/finding.js';
import type { Policy } from '../model/policy.js';
import { excessText, gapText, passText } from './lines.js';

export interface Outcome {
  readonly state: GateState;
  readonly findings: readonly Finding[];
  readonly gate: GateOutcome;
}

/** The line that a run is held against. */
export interface Standard {
  readonly policy: Policy;
  readonly baseline?: Baseline;
}

/** Both are said where both hold; contaminated decides before incomplete does. */
export function outcomeOf(result: Judged, interrupted: boolean, { policy, baseline }: Standard): Outcome {
  const judged = gate(result, policy, baseline);
  // An interrupted run may have read nothing yet: that is said already.
  const gaps = judged.gaps.filter(({ kind }) => !(interrupted && kind === 'nothing-read'));
  const findings: Finding[] = [
    ...(interrupted
      ? [finding('suspect', 'INTERRUPTED', 'stopped early; what was found so far is kept, marked partial')]
      : []),
    ...judged.excesses.map((excess) => finding('contaminated', 'CONTAMINATED', excessText(excess))),
    ...gaps.map((gap) => finding('suspect', 'INCOMPLETE', gapText(gap))),
  ];
  if (findings.length === 0) findings.push(finding('clean', 'PASS', passText(result, judged)));
  const open = gaps.length > 0 ? 'incomplete' : 'passed';
  const state = interrupted ? 'interrupted' : judged.excesses.length > 0 ? 'failed' : open;
  return { state, findings, gate: { ...judged, gaps } };
}

function finding(tone: Finding['tone'], word: string, text: string): Finding {
  return { tone, word, text };
}
