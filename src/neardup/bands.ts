import type { CompareSettings } from '../model/comparison.js';
import { SKETCH_PROFILE } from '../model/sketch.js';
import type { SketchScheme } from '../model/sketch.js';

/**
 * Least share of pairs at exactly the threshold that must share a band, by theory. What is lost to estimates that err
 * more than theory (very short records) has to fit into what .98, which is promised, leaves.
 */
const LEAST_RECALL = 0.99;

/** Chance that records of similarity `jaccard` share at least one of `bands` bands of `rows` values. */
export function bandRecall(jaccard: number, bands: number, rows: number): number {
  return 1 - (1 - jaccard ** rows) ** bands;
}

/** The longest bands, which let the fewest other pairs through, that still find pairs at the threshold. */
export function chooseBands(threshold: number, bins: number): { bands: number; rows: number; recall: number } {
  for (let rows = 16; rows > 1; rows--) {
    const bands = Math.floor(bins / rows);
    const recall = bandRecall(threshold, bands, rows);
    if (bands > 0 && recall >= LEAST_RECALL) return { bands, rows, recall };
  }
  return { bands: bins, rows: 1, recall: bandRecall(threshold, bins, 1) };
}

export function schemeOf({ method, bins, shingle, threshold }: CompareSettings): SketchScheme {
  const { bands, rows } = chooseBands(threshold, bins);
  return { profile: SKETCH_PROFILE[method], method, bins, bands, rows, shingle, smallBelow: (1n << 64n) - 1n };
}
