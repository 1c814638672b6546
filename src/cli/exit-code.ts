import { outcomeOf } from '../gate/outcome.js';
import type { Outcome as Judgement, Standard } from '../gate/outcome.js';
import type { ErrorCode } from '../model/errors.js';
import { plainPolicy } from '../model/policy.js';
import type { ScanResult } from '../model/result.js';
import type { Finding } from '../report/finding.js';

/**
 * 0 clean by the policy · 1 contaminated by the policy · 2 bad usage or unreadable input · 3 finished, but something was
 * skipped that the policy does not allow · 130 interrupted.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

export interface Outcome extends Judgement {
  readonly code: ExitCode;
  readonly findings: readonly Finding[];
}

/** `settings` alone know no more than two numbers. */
export function plainStandard({ settings }: Pick<ScanResult, 'settings'>): Standard {
  return { policy: plainPolicy(settings.maxContaminated, settings.maxSkippedRate) };
}

/** What the run comes to, with its exit status. */
export function outcome(result: ScanResult, interrupted: boolean, standard: Standard = plainStandard(result)): Outcome {
  const judged = outcomeOf(result, interrupted, standard);
  const nothingRead = judged.gate.gaps.some(({ kind }) => kind === 'nothing-read');
  const codes = { passed: 0, failed: 1, incomplete: nothingRead ? 2 : 3, interrupted: 130 } as const;
  return { ...judged, code: codes[judged.state] };
}

/** The exit status of a run that could not go on: never 1, which says contaminated. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return code === 'interrupted' ? 130 : 2;
}
