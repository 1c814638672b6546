import { keyOf } from '../judge/gate.js';
import type { Baseline } from '../judge/gate.js';
import { VERDICTS } from '../model/verdict.js';
import type { Verdict } from '../model/verdict.js';
import { reportLines } from './report-lines.js';
import { outputOf, savedReport } from './saved-report.js';

/** The items of an earlier report with their verdicts: report.json and items.jsonl are all it takes. */
export async function readBaseline(name: string): Promise<Baseline> {
  const saved = await savedReport(name);
  const items = new Map<string, Verdict>();
  for await (const { key, verdict } of reportLines(saved.dir, outputOf(saved, 'items.jsonl'), knownItem))
    if (verdict === 'contaminated' || verdict === 'suspect') items.set(key, verdict);
  return items;
}

function knownItem(line: string): { key: string; verdict: Verdict } | undefined {
  try {
    const { benchmark, item, verdict } = Object(JSON.parse(line)) as Readonly<Record<string, unknown>>;
    const known = VERDICTS.find((one) => one === verdict);
    if (typeof benchmark !== 'string' || typeof item !== 'string' || known === undefined) return undefined;
    return { key: keyOf({ benchmark, item }), verdict: known };
  } catch {
    return undefined;
  }
}
