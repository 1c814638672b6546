import path from 'node:path';
import { gateReport, policyOfReport } from '../gate/gate-report.js';
import { outcomeOf } from '../gate/outcome.js';
import type { Baseline } from '../judge/gate.js';
import type { Judged } from '../judge/gaps.js';
import { HeldoutError } from '../model/errors.js';
import type { BaselineReport, GateReport } from '../model/gate-report.js';
import type { Verdict } from '../model/verdict.js';
import type { Report } from '../report/report.js';
import { readBaseline } from './baseline.js';
import type { Contradictions } from './contradictions.js';
import { outputOf } from './saved-report.js';

/**
 * Holds a report against its own policy once more. What a baseline let pass is known where the baseline is at hand and the same; where
 * it is not, nothing is compared.
 */
export async function recountGate(
  report: Report,
  gate: GateReport,
  { isOurs, root }: { readonly isOurs: boolean; readonly root: string },
  found: Contradictions,
): Promise<void> {
  const baseline = gate.baseline ? await sameBaseline(gate.baseline, root) : new Map<string, Verdict>();
  if (!baseline) {
    found.open.push(
      `what the policy said: the baseline ${gate.baseline?.path ?? ''} is not there, or another than then`,
    );
    return;
  }
  const policy = policyOfReport(gate);
  const judged = outcomeOf(judgedOf(report), gate.state === 'interrupted', { policy, baseline });
  const again = { ...gateReport(judged, policy), ...(gate.baseline ? { baseline: gate.baseline } : {}) };
  // The lines of a report without text have stand-ins for names, and another version may have other words.
  const lines = report.report.redaction || !isOurs ? gate.lines : again.lines;
  if (gate.waivers.length > 0) found.open.push('reasons and last days of waivers: only the config has them');
  found.expect('report.json, gate', gate, { ...again, lines }, 'items and policy give');
}

async function sameBaseline({ path: name, xxh64 }: BaselineReport, root: string): Promise<Baseline | undefined> {
  try {
    const { items, saved } = await readBaseline(path.resolve(root, name));
    return outputOf(saved, 'items.jsonl').xxh64 === xxh64 ? items : undefined;
  } catch (error) {
    if (error instanceof HeldoutError) return undefined;
    throw error;
  }
}

/** The report as the gate looks at a result. */
function judgedOf({ report, items, matches }: Report): Judged {
  const { provenance, benchmarks, skipped, settings, totals } = report;
  return {
    settings,
    totals,
    items,
    matches,
    corpus: provenance.corpus,
    benchmarks: benchmarks.map(({ name, verdicts, files }) => ({
      name,
      counts: verdicts,
      files: provenance.benchmarks.filter(({ path }) => files.includes(path)),
    })),
    skips: skipped.map(({ reason, count, examples }) => ({
      reason,
      count,
      examples: examples.map((one) => ({ reason, ...one })),
    })),
  };
}
