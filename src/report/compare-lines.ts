import type { ClusterSummary, DuplicateRecord, NearPair, Place, PlacedText } from '../model/comparison.js';
import { safeJson } from './escape.js';
import { round } from './numbers.js';

/** One line of duplicates.jsonl, newline included. */
export function duplicateLine(found: DuplicateRecord): string {
  const line = {
    ...placeOf(found),
    cluster: found.cluster,
    kind: found.kind,
    jaccard: round(found.jaccard, 4),
    like: placeOf(found.like),
    representative: found.representative,
    drop: found.drop,
  };
  return `${safeJson(line)}\n`;
}

/** One line of drop.jsonl. */
export function dropLine({ set, id, file, record, kind, like }: DuplicateRecord): string {
  return `${safeJson({ set, id, file, record, kind, like: { set: like.set, id: like.id } })}\n`;
}

/** One line of pairs.jsonl. */
export function pairLine({ jaccard, leftInRight, rightInLeft, left, right }: NearPair): string {
  const line = {
    kind: 'near',
    jaccard: round(jaccard, 4),
    leftInRight: round(leftInRight, 4),
    rightInLeft: round(rightInLeft, 4),
    left: textOf(left),
    right: textOf(right),
  };
  return `${safeJson(line)}\n`;
}

/** One line of clusters.jsonl. */
export function clusterLine({ cluster, records, representative }: ClusterSummary): string {
  return `${safeJson({ cluster, records, representative: placeOf(representative) })}\n`;
}

function textOf(placed: PlacedText): unknown {
  return { ...placeOf(placed), text: placed.text, textIsCut: placed.textIsCut };
}

function placeOf({ set, id, file, record, offset }: Place): Place {
  return { set, id, file, record, offset };
}
