import type { PartName } from '../model/benchmark.js';
import type { ItemResult } from '../model/result.js';
import { PART_NAMES } from '../model/benchmark.js';
import type { Verdict } from '../model/verdict.js';

/** Items that were compared with no document at all are not clean, whatever is wrong with the corpus. */
export function uncompared(items: readonly ItemResult[], documents: number): readonly ItemResult[] {
  if (documents > 0) return items;
  return items.map((item) => {
    if (item.verdict !== 'clean') return item;
    const parts: Partial<Record<PartName, Verdict>> = {};
    for (const name of PART_NAMES) if (item.parts[name]) parts[name] = 'unchecked';
    return { ...item, verdict: 'unchecked', reason: 'there was no document to compare it with', parts };
  });
}
