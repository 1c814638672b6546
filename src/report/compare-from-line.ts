import { KINDS } from '../model/comparison.js';
import type { ClusterSummary, DuplicateKind, DuplicateRecord, Pair, Place, PlacedText } from '../model/comparison.js';
import { redactedTextOf } from './match-from-line.js';
import { numberOf, objectOf, parsedObject, textOf } from './parsed-json.js';
import type { JsonObject } from './parsed-json.js';

/** The record a line of duplicates.jsonl holds (see compare-lines.ts), or undefined where it holds none. */
export function duplicateFromLine(line: string): DuplicateRecord | undefined {
  const value = parsedObject(line);
  const kind = kindOf(value);
  const place = value && placeOf(value);
  const like = placeOf(objectOf(value?.['like']));
  if (!value || !kind || !place || !like) return undefined;
  return {
    ...place,
    cluster: numberOf(value['cluster']),
    kind,
    jaccard: numberOf(value['jaccard']),
    like,
    representative: value['representative'] === true,
    drop: value['drop'] === true,
  };
}

/** The pair a line of pairs.jsonl holds. */
export function pairFromLine(line: string): Pair | undefined {
  const value = parsedObject(line);
  const kind = kindOf(value);
  const left = placedText(objectOf(value?.['left']));
  const right = placedText(objectOf(value?.['right']));
  if (!value || !kind || !left || !right) return undefined;
  return {
    kind,
    cluster: numberOf(value['cluster']),
    jaccard: numberOf(value['jaccard']),
    leftInRight: numberOf(value['leftInRight']),
    rightInLeft: numberOf(value['rightInLeft']),
    left,
    right,
  };
}

/** The cluster a line of clusters.jsonl holds. */
export function clusterFromLine(line: string): ClusterSummary | undefined {
  const value = parsedObject(line);
  const representative = placeOf(objectOf(value?.['representative']));
  if (!value || !representative) return undefined;
  return { cluster: numberOf(value['cluster']), records: numberOf(value['records']), representative };
}

function kindOf(value: JsonObject | undefined): DuplicateKind | undefined {
  return KINDS.find((kind) => kind === value?.['kind']);
}

function placeOf(value: JsonObject | undefined): Place | undefined {
  if (!value || typeof value['file'] !== 'string' || typeof value['record'] !== 'number') return undefined;
  return {
    set: textOf(value['set']),
    id: textOf(value['id']),
    file: value['file'],
    record: value['record'],
    offset: numberOf(value['offset']),
  };
}

function placedText(value: JsonObject | undefined): PlacedText | undefined {
  const place = placeOf(value);
  if (!value || !place) return undefined;
  const redacted = redactedTextOf(objectOf(value['redacted']));
  return {
    ...place,
    drop: value['drop'] === true,
    text: textOf(value['text']),
    textIsCut: value['textIsCut'] === true,
    ...(redacted ? { redacted } : {}),
  };
}
