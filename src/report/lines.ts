import { PART_NAMES } from '../model/benchmark.js';
import type { PartName } from '../model/benchmark.js';
import type { Match } from '../model/match.js';
import type { ItemResult } from '../model/result.js';
import type { Verdict } from '../model/verdict.js';
import { safeJson } from './escape.js';
import { reportedNear } from './near-text.js';
import { round } from './numbers.js';

/** The item as a report holds it: figures rounded, keys in order. */
export function reportedItem(item: ItemResult): ItemResult {
  return {
    benchmark: item.benchmark,
    item: item.item,
    file: item.file,
    record: item.record,
    verdict: item.verdict,
    reason: item.reason,
    ...(item.part === undefined ? {} : { part: item.part }),
    coverage: round(item.coverage, 4),
    evidence: round(item.evidence, 1),
    documents: item.documents,
    parts: inOrder(item.parts),
    ...(item.nearRecords ? { nearRecords: reportedNear(item.nearRecords) } : {}),
    ...(item.bestMatch
      ? { bestMatch: { id: item.bestMatch.id, file: item.bestMatch.file, record: item.bestMatch.record } }
      : {}),
  };
}

/**
 * One line of items.jsonl, newline included. Every line has every key, so that it loads as a table. Named one by one: taking
 * objects apart into rests is what most of the writing of a report of forty thousand items was.
 */
export function itemLine(item: ItemResult): string {
  const line = {
    benchmark: item.benchmark,
    item: item.item,
    file: item.file,
    record: item.record,
    verdict: item.verdict,
    reason: item.reason,
    part: item.part ?? null,
    coverage: round(item.coverage, 4),
    evidence: round(item.evidence, 1),
    documents: item.documents,
    parts: inOrder(item.parts),
    bestMatch: item.bestMatch
      ? { id: item.bestMatch.id, file: item.bestMatch.file, record: item.bestMatch.record }
      : null,
    ...(item.nearRecords ? { nearRecords: reportedNear(item.nearRecords) } : {}),
  };
  return `${safeJson(line)}\n`;
}

/** The match as a report holds it: figures rounded, keys in order. */
export function reportedMatch(match: Match): Match {
  const { id, file, record, offset } = match.document;
  return {
    benchmark: match.benchmark,
    item: match.item,
    document: { id, file, record, offset },
    verdict: match.verdict,
    ...(match.reason === undefined ? {} : { reason: match.reason }),
    part: match.part,
    coverage: round(match.coverage, 4),
    evidence: round(match.evidence, 1),
    longestRun: match.longestRun,
    spans: match.spans.map(({ item, document }) => ({ item, document })),
    itemText: match.itemText,
    documentText: match.documentText,
    documentTextStart: match.documentTextStart,
    ...(match.redacted ? { redacted: match.redacted } : {}),
  };
}

/** One line of matches.jsonl, newline included. */
export function matchLine(match: Match): string {
  return `${safeJson(reportedMatch(match))}\n`;
}

/** The keys an object happens to have been built with must not show in the report. */
function inOrder(parts: ItemResult['parts']): Partial<Record<PartName, Verdict>> {
  const ordered: Partial<Record<PartName, Verdict>> = {};
  for (const name of PART_NAMES) {
    const verdict = parts[name];
    if (verdict) ordered[name] = verdict;
  }
  return ordered;
}
