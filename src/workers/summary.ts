import type { Checkability } from '../judge/items.js';
import { LEAST_BITS } from '../judge/thresholds.js';
import type { Benchmark } from '../model/benchmark.js';
import type { MatchedPart } from '../model/match.js';
import type { BenchmarkResult, FileResult, ItemResult, ScanResult, SkipSummary } from '../model/result.js';
import type { Verdict } from '../model/verdict.js';
import { checkedOf, NO_COUNTS } from '../report/tally.js';
import { wilson } from '../report/wilson.js';
import type { Catalog } from '../seeds/catalog.js';
import { isOfFile } from './tally.js';

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

/** A text of fewer tokens may lack seeds for its length alone (a gram takes three words, or six code points). */
const FEW_TOKENS = 8;

/** Whether a part of an item, by their positions, has the bits that any rule asks for, and seeds to be found by. */
export function checkabilityOf(catalog: Catalog): (item: number, part: number) => Checkability {
  const { partOffsets, partTexts, seeded, stock, textOffsets, weights } = catalog;
  return (item, part) => {
    const text = partTexts[partOffsets[item] + part];
    let bits = 0;
    for (let i = textOffsets[text]; i < textOffsets[text + 1] && bits < LEAST_BITS; i++) bits += weights[i];
    if (bits < LEAST_BITS) return 'too-little';
    if (stock[text] === 1) return 'stock';
    if (seeded[text] === 1) return 'checkable';
    // Bits enough, but a handful of rare words: too few grams.
    return textOffsets[text + 1] - textOffsets[text] < FEW_TOKENS ? 'too-little' : 'shared';
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
