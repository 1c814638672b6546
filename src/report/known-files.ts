import { COMPARISON_FILES } from './formats/compare-format.js';
import { DERIVED_FILES } from './formats/format.js';

/** Every file that a report of any kind may have: those of an older one must not stay beside a new one. */
export const ALL_FILES: readonly string[] = [
  ...new Set([
    ...['items.jsonl', 'matches.jsonl'],
    ...['duplicates.jsonl', 'drop.jsonl', 'clusters.jsonl', 'pairs.jsonl'],
    ...DERIVED_FILES,
    ...COMPARISON_FILES,
  ]),
];
