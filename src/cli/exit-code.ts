import { gate } from '../judge/gate.js';
import type { Baseline, GateOutcome } from '../judge/gate.js';
import type { ErrorCode } from '../model/errors.js';
import { plainPolicy } from '../model/policy.js';
import type { Policy } from '../model/policy.js';
import type { ScanResult } from '../model/result.js';
import type { Finding } from '../report/finding.js';
import type { Tone } from '../report/style.js';
import { excessText, gapText, passText } from './gate-text.js';

/**
 * 0 clean by the policy · 1 contaminated by the policy · 2 bad usage or unreadable input · 3 finished, but something was
 * skipped that the policy does not allow · 130 interrupted.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

export interface Outcome {
  readonly code: ExitCode;
  readonly findings: readonly Finding[];
  readonly gate: GateOutcome;
}

/** The line that a run is held against. `settings` alone know no more than two numbers. */
export interface Standard {
  readonly policy: Policy;
  readonly baseline?: Baseline;
}

export function plainStandard({ settings }: Pick<ScanResult, 'settings'>): Standard {
  return { policy: plainPolicy(settings.maxContaminated, settings.maxSkippedRate) };
}

/** Both are said where both hold; contaminated decides the code before incomplete does. */
export function outcome(
  result: ScanResult,
  interrupted: boolean,
  { policy, baseline }: Standard = plainStandard(result),
): Outcome {
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
  const nothingRead = gaps.some(({ kind }) => kind === 'nothing-read');
  const contaminated = judged.excesses.length > 0;
  const code = interrupted ? 130 : contaminated ? 1 : nothingRead ? 2 : gaps.length > 0 ? 3 : 0;
  return { code, findings, gate: judged };
}

function finding(tone: Tone, word: string, text: string): Finding {
  return { tone, word, text };
}

/** The exit status of a run that could not go on: never 1, which says contaminated. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return code === 'interrupted' ? 130 : 2;
}
