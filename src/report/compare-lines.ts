import type { ClusterSummary, DuplicateRecord, Pair, Place, PlacedText } from '../model/comparison.js';
import { safeJson } from './escape.js';
import { round } from './numbers.js';

/** The record as a report holds it: figures rounded, keys in order. */
export function reportedDuplicate(found: DuplicateRecord): DuplicateRecord {
  return {
    ...placeOf(found),
    cluster: found.cluster,
    kind: found.kind,
    jaccard: round(found.jaccard, 4),
    like: placeOf(found.like),
    representative: found.representative,
    drop: found.drop,
  };
}

/** One line of duplicates.jsonl, newline included. */
export function duplicateLine(found: DuplicateRecord): string {
  return `${safeJson(reportedDuplicate(found))}\n`;
}

/** One line of drop.jsonl. */
export function dropLine({ set, id, file, record, kind, like }: DuplicateRecord): string {
  return `${safeJson({ set, id, file, record, kind, like: { set: like.set, id: like.id } })}\n`;
}

/** The pair as a report holds it. */
export function reportedPair({ kind, cluster, jaccard, leftInRight, rightInLeft, left, right }: Pair): Pair {
  return {
    kind,
    cluster,
    jaccard: round(jaccard, 4),
    leftInRight: round(leftInRight, 4),
    rightInLeft: round(rightInLeft, 4),
    left: textOf(left),
    right: textOf(right),
  };
}

/** One line of pairs.jsonl. */
export function pairLine(pair: Pair): string {
  return `${safeJson(reportedPair(pair))}\n`;
}

/** The cluster as a report holds it. */
export function reportedCluster({ cluster, records, representative }: ClusterSummary): ClusterSummary {
  return { cluster, records, representative: placeOf(representative) };
}

/** One line of clusters.jsonl. */
export function clusterLine(found: ClusterSummary): string {
  return `${safeJson(reportedCluster(found))}\n`;
}

function textOf(placed: PlacedText): PlacedText {
  const { drop, text, textIsCut, redacted } = placed;
  return {
    ...placeOf(placed),
    drop,
    text,
    textIsCut,
    ...(redacted ? { redacted: { hmac: redacted.hmac, length: redacted.length } } : {}),
  };
}

function placeOf({ set, id, file, record, offset }: Place): Place {
  return { set, id, file, record, offset };
}
