import { LEAST_BITS } from '../judge/thresholds.js';
import type { Benchmark, Item, PartName } from '../model/benchmark.js';
import type { Match, MatchedPart } from '../model/match.js';
import type { BenchmarkResult, FileResult, ItemResult, ScanResult, SkipSummary } from '../model/result.js';
import { VERDICTS } from '../model/verdict.js';
import type { Verdict } from '../model/verdict.js';
import { checkedOf, NO_COUNTS } from '../report/tally.js';
import { wilson } from '../report/wilson.js';
import type { Catalog } from '../seeds/catalog.js';
import { isOfFile } from './tally.js';

/** Verdicts on items from their matches. `checkable`: whether a part of the item has text enough for any rule to hold. */
export function judgeItems(
  items: readonly Item[],
  matches: readonly (readonly Match[])[],
  checkable: (item: number, part: number) => boolean,
): ItemResult[] {
  return items.map((item, number) => judgeItem(item, matches[number], (part) => checkable(number, part)));
}

function judgeItem(item: Item, matches: readonly Match[], checkable: (part: number) => boolean): ItemResult {
  const best = [...matches].sort(worstFirst).at(0);
  const parts: Partial<Record<PartName, Verdict>> = {};
  item.parts.forEach(({ name }, i) => (parts[name] = partVerdict(item, name, matches, checkable(i))));
  const unchecked = !best && Object.values(parts).every((verdict) => verdict === 'unchecked');
  const documents = new Set(matches.map(({ document }) => `${document.file}\n${document.record}`));
  return {
    benchmark: item.benchmark,
    item: item.id,
    file: item.file,
    record: item.record,
    verdict: best?.verdict ?? (unchecked ? 'unchecked' : 'clean'),
    reason: unchecked ? 'too little text to tell from chance' : '',
    coverage: best?.coverage ?? 0,
    evidence: best?.evidence ?? 0,
    documents: documents.size,
    parts,
    ...(best ? { part: best.part, bestMatch: placeOf(best) } : {}),
  };
}

function placeOf({ document: { file, record, id } }: Match): { file: string; record: number; id: string } {
  return { file, record, id };
}

/** Worst verdict, then with the answer, then most covered, then most surprising; the order of the corpus decides ties. */
function worstFirst(a: Match, b: Match): number {
  return (
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    Number(b.part === 'question+answer') - Number(a.part === 'question+answer') ||
    b.coverage - a.coverage ||
    b.evidence - a.evidence
  );
}

function partVerdict(item: Item, name: PartName, matches: readonly Match[], checkable: boolean): Verdict {
  const found = matches.filter(({ part }) => covers(item, part, name)).map(({ verdict }) => verdict);
  const worst = VERDICTS.find((verdict) => found.includes(verdict));
  return worst ?? (checkable ? 'clean' : 'unchecked');
}

/** Whether a match of `matched` says something of the part. */
function covers(item: Item, matched: MatchedPart, name: PartName): boolean {
  if (matched !== 'question+answer') return matched === name;
  const asked: PartName = item.parts.some((part) => part.name === 'question') ? 'question' : 'code';
  return name === asked || name === 'answer';
}

export function benchmarkResult(
  benchmark: Benchmark,
  items: readonly ItemResult[],
  files: readonly FileResult[],
): BenchmarkResult {
  const counts: Record<Verdict, number> = { ...NO_COUNTS };
  const byPart: Partial<Record<MatchedPart, number>> = {};
  for (const { verdict, part } of items) {
    counts[verdict]++;
    if (verdict === 'contaminated' && part) byPart[part] = (byPart[part] ?? 0) + 1;
  }
  const rate = wilson(counts.contaminated, checkedOf(counts));
  return { name: benchmark.name, files, fields: benchmark.fields, items: items.length, counts, byPart, rate };
}

/** Whether a part of an item, by its position, has the bits that any rule asks for. */
export function isCheckable(catalog: Catalog): (item: number, part: number) => boolean {
  const { partOffsets, partTexts, textOffsets, weights } = catalog;
  return (item, part) => {
    const text = partTexts[partOffsets[item] + part];
    let bits = 0;
    for (let i = textOffsets[text]; i < textOffsets[text + 1] && bits < LEAST_BITS; i++) bits += weights[i];
    return bits >= LEAST_BITS;
  };
}

export function totalsOf(
  files: readonly FileResult[],
  skips: readonly SkipSummary[],
  textBytes: number,
): ScanResult['totals'] {
  const records = files.reduce((sum, file) => sum + file.records, 0);
  const skippedDocuments = files.reduce((sum, file) => sum + file.skipped, 0);
  const unreadableFiles = skips.reduce((sum, { reason, count }) => sum + (isOfFile(reason) ? count : 0), 0);
  return { documents: records - skippedDocuments, skippedDocuments, unreadableFiles, textBytes };
}
