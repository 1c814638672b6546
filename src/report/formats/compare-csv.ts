import type { Place, PlacedText } from '../../model/comparison.js';
import type { Comparison } from '../comparison.js';
import { redactedStandIn } from '../match-text.js';
import { csvLine } from './csv-line.js';

/** A line a record that has a duplicate, as in duplicates.jsonl. */
export function* duplicatesCsv(comparison: Comparison): Generator<string> {
  const head = ['set', 'id', 'file', 'record', 'cluster', 'kind', 'jaccard', 'drop', 'representative'];
  yield csvLine([...head, 'like_set', 'like_id', 'like_file', 'like_record']);
  for (const { cluster, kind, jaccard, drop, representative, like, ...place } of comparison.duplicates())
    yield csvLine([
      ...cells(place),
      ...[cluster, kind, jaccard, drop ? 'yes' : 'no', representative ? 'yes' : 'no'],
      ...cells(like),
    ]);
}

/** A line a pair, as in pairs.jsonl. */
export function* pairsCsv(comparison: Comparison): Generator<string> {
  const side = (name: string): string[] =>
    ['set', 'id', 'file', 'record', 'drop', 'text'].map((column) => `${name}_${column}`);
  yield csvLine([
    ...['kind', 'cluster', 'jaccard', 'left_in_right', 'right_in_left'],
    ...side('left'),
    ...side('right'),
  ]);
  for (const { kind, cluster, jaccard, leftInRight, rightInLeft, left, right } of comparison.pairs())
    yield csvLine([kind, cluster, jaccard, leftInRight, rightInLeft, ...textCells(left), ...textCells(right)]);
}

function cells({ set, id, file, record }: Place): (string | number)[] {
  return [set, id, file, record];
}

function textCells(placed: PlacedText): (string | number)[] {
  const { drop, text, redacted } = placed;
  return [...cells(placed), drop ? 'yes' : 'no', redacted ? redactedStandIn(redacted) : text];
}
