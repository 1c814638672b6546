import type { Containment } from '../model/comparison.js';
import { wilson } from '../report/wilson.js';

/**
 * Of `of` grams of one set, a fair sample of the `share` of all, the other set has `shared`. Sampled without replacement, so
 * that nothing is left to err where every gram was counted.
 */
export function containmentOf({ shared, of, share }: { shared: number; of: number; share: number }): Containment {
  const { value, low, high } = wilson(shared, of);
  const spread = Math.sqrt(1 - share);
  const narrowed = (end: number): number => value + (end - value) * spread;
  return {
    value,
    standardError: of === 0 ? 0 : Math.sqrt((value * (1 - value)) / of) * spread,
    low: of === 0 ? 0 : narrowed(low),
    high: of === 0 ? 1 : narrowed(high),
    sampled: of,
    share,
  };
}
