import { PART_NAMES } from '../model/benchmark.js';
import type { PartName } from '../model/benchmark.js';
import type { MatchedPart } from '../model/match.js';
import type { ItemResult } from '../model/result.js';
import { VERDICTS } from '../model/verdict.js';
import type { Verdict } from '../model/verdict.js';
import { nearFromJson } from './near-text.js';
import { numberOf, objectOf, parsedObject, textOf } from './parsed-json.js';

const PARTS: readonly MatchedPart[] = ['question+answer', ...PART_NAMES];

/** The item a line of items.jsonl holds (see lines.ts), or undefined where it holds none. */
export function itemFromLine(line: string): ItemResult | undefined {
  const value = parsedObject(line);
  const verdict = VERDICTS.find((name) => name === value?.['verdict']);
  if (!value || verdict === undefined || typeof value['item'] !== 'string') return undefined;
  const part = PARTS.find((name) => name === value['part']);
  const best = objectOf(value['bestMatch']);
  const nearRecords = nearFromJson(value['nearRecords']);
  return {
    benchmark: textOf(value['benchmark']),
    item: value['item'],
    file: textOf(value['file']),
    record: numberOf(value['record']),
    verdict,
    reason: textOf(value['reason']),
    ...(part === undefined ? {} : { part }),
    coverage: numberOf(value['coverage']),
    evidence: numberOf(value['evidence']),
    documents: numberOf(value['documents']),
    parts: partsOf(value['parts']),
    ...(nearRecords ? { nearRecords } : {}),
    ...(best
      ? { bestMatch: { id: textOf(best['id']), file: textOf(best['file']), record: numberOf(best['record']) } }
      : {}),
  };
}

function partsOf(value: unknown): Partial<Record<PartName, Verdict>> {
  const given = objectOf(value) ?? {};
  const parts: Partial<Record<PartName, Verdict>> = {};
  for (const name of PART_NAMES) {
    const verdict = VERDICTS.find((one) => one === given[name]);
    if (verdict) parts[name] = verdict;
  }
  return parts;
}
