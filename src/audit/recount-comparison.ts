import { KINDS } from '../model/comparison.js';
import type { DuplicateKind, DuplicateRecord, Place } from '../model/comparison.js';
import { clusterFromLine, duplicateFromLine, pairFromLine } from '../report/compare-from-line.js';
import type { CompareJson } from '../report/compare-json.js';
import { clusterLine, dropLine, duplicateLine, pairLine } from '../report/compare-lines.js';
import { rateJson } from '../report/shared-json.js';
import { wilson } from '../report/wilson.js';
import type { Contradictions } from './contradictions.js';
import { reportLines, withForm } from './report-lines.js';
import { outputOf } from './saved-report.js';
import type { SavedComparison } from './saved-comparison.js';

type Kinds = Record<DuplicateKind, number>;

/** What the list of duplicates comes to. */
interface Counted {
  readonly byKind: Kinds;
  readonly bySet: Map<string, Kinds>;
  drop: number;
  lines: number;
  /** Records of each cluster, by its number: from 1. */
  readonly inCluster: number[];
}

/**
 * Counts again whatever can be counted from the lists of a comparison that are whole: what is said twice in a report is compared. `isOurs`: this
 * version wrote it, so that the form of a line can be told.
 */
export async function recountComparison(saved: SavedComparison, isOurs: boolean, found: Contradictions): Promise<void> {
  const counted = await duplicatesOf(saved, isOurs, found);
  await clustersOf(saved, isOurs, counted, found);
  await pairsOf(saved, isOurs, counted, found);
  recountTotals(saved.report, counted, found);
  recountOverlaps(saved.report, counted, found);
}

/** The lines of a list; `isOurs`: each must be as heldout writes it. */
async function* linesOf<T>(
  saved: SavedComparison,
  name: string,
  parse: (line: string) => T | undefined,
  write: ((value: T) => string) | undefined,
  found: Contradictions,
): AsyncGenerator<{ readonly value: T; readonly where: string }> {
  const output = outputOf(saved, name);
  let lines = 0;
  for await (const { value, hasForm } of reportLines(saved.dir, output, withForm(parse, write ?? (() => '')))) {
    const where = `${name} line ${++lines}:`;
    if (write && !hasForm) found.add(`${where} it is not as heldout writes it`);
    yield { value, where };
  }
  found.expect(`report.json, outputs: lines of ${name}`, output.lines, lines, 'the file has');
}

async function duplicatesOf(saved: SavedComparison, isOurs: boolean, found: Contradictions): Promise<Counted> {
  const counted: Counted = { byKind: none(), bySet: new Map(), drop: 0, lines: 0, inCluster: [] };
  const places = placesOf(saved.report);
  const write = isOurs ? duplicateLine : undefined;
  // Both lists are in the order of the input: each record to drop is the next line of the other.
  const drops = linesOf(saved, 'drop.jsonl', (text) => text, undefined, found);
  for await (const { value, where } of linesOf(saved, 'duplicates.jsonl', duplicateFromLine, write, found)) {
    counted.lines++;
    counted.byKind[value.kind]++;
    const own = counted.bySet.get(value.set) ?? none();
    counted.bySet.set(value.set, own);
    own[value.kind]++;
    counted.inCluster[value.cluster] = (counted.inCluster[value.cluster] ?? 0) + 1;
    if (value.drop) {
      counted.drop++;
      const due = await drops.next();
      if (due.done === true) found.add(`drop.jsonl has no line for ${where} it is to be dropped`);
      else if (`${due.value.value}\n` !== dropLine(value))
        found.add(`${due.value.where} duplicates.jsonl has another record to drop there`);
    }
    for (const place of [value, value.like]) checkPlace(place, places, where, found);
    recountDuplicate(value, saved.report, where, found);
  }
  for await (const { where } of drops) found.add(`${where} duplicates.jsonl has no such record to drop`);
  return counted;
}

function recountDuplicate(
  { kind, jaccard, representative, drop, set, like }: DuplicateRecord,
  { settings: { within, threshold } }: CompareJson,
  where: string,
  found: Contradictions,
): void {
  const isAlike = kind === 'near' ? jaccard >= threshold - ROUNDING && jaccard <= 1 : jaccard === 1;
  if (!isAlike) found.add(`${where} it is ${kind} by a similarity of ${jaccard}`);
  if (representative && drop) found.add(`${where} it represents its cluster, and is to be dropped`);
  if ((set === like.set) !== within)
    found.add(`${where} it is like a record of ${like.set}; ${within ? 'one set' : 'other sets'} was asked about`);
}

/** Similarities are rounded in a report. */
const ROUNDING = 0.00005;

async function clustersOf(
  saved: SavedComparison,
  isOurs: boolean,
  { inCluster }: Counted,
  found: Contradictions,
): Promise<void> {
  let lines = 0;
  let largest = 0;
  const write = isOurs ? clusterLine : undefined;
  for await (const { value, where } of linesOf(saved, 'clusters.jsonl', clusterFromLine, write, found)) {
    lines++;
    if (value.cluster !== lines) found.add(`${where} it is cluster ${value.cluster}`);
    found.expect(`${where} records`, value.records, inCluster[value.cluster] ?? 0, 'duplicates.jsonl gives');
    largest = Math.max(largest, value.records);
  }
  const { clusters, largestCluster } = saved.report.totals;
  found.expect(
    'report.json, totals',
    { clusters, largestCluster },
    { clusters: lines, largestCluster: largest },
    'clusters.jsonl gives',
  );
  if (inCluster.length > lines + 1)
    found.add(`duplicates.jsonl has cluster ${inCluster.length - 1}; clusters.jsonl ends at ${lines}`);
}

async function pairsOf(
  saved: SavedComparison,
  isOurs: boolean,
  { inCluster }: Counted,
  found: Contradictions,
): Promise<void> {
  const places = placesOf(saved.report);
  const isRedacted = saved.report.redaction !== undefined;
  let near = 0;
  const write = isOurs ? pairLine : undefined;
  for await (const { value, where } of linesOf(saved, 'pairs.jsonl', pairFromLine, write, found)) {
    if (value.kind === 'near') near++;
    if (inCluster[value.cluster] === undefined) found.add(`${where} duplicates.jsonl has no cluster ${value.cluster}`);
    for (const side of [value.left, value.right]) {
      checkPlace(side, places, where, found);
      if ((side.redacted !== undefined) !== isRedacted)
        found.add(`${where} it has ${side.redacted ? 'no text' : 'text'}; report.json says otherwise`);
    }
  }
  found.expect('report.json, totals.pairs', saved.report.totals.pairs, near, 'pairs.jsonl gives');
}

interface Places {
  readonly files: ReadonlySet<string>;
  readonly sets: ReadonlySet<string>;
}

function placesOf({ provenance, sets }: CompareJson): Places {
  return { files: new Set(provenance.files.map((file) => file.path)), sets: new Set(sets.map(({ name }) => name)) };
}

function checkPlace({ set, file }: Place, places: Places, where: string, found: Contradictions): void {
  if (!places.files.has(file)) found.add(`${where} it names ${file}, which is none of the files of report.json`);
  if (!places.sets.has(set)) found.add(`${where} it names ${set}, which is none of the sets of report.json`);
}

function recountTotals(
  { totals, provenance, sets, partial, settings }: CompareJson,
  counted: Counted,
  found: Contradictions,
): void {
  const { duplicates, byKind, drop, records, skippedRecords } = totals;
  found.expect(
    'report.json, totals',
    { duplicates, byKind, drop },
    { duplicates: counted.lines, byKind: counted.byKind, drop: counted.drop },
    'duplicates.jsonl gives',
  );
  const skipped = provenance.files.reduce((sum, file) => sum + file.skipped, 0);
  const read = provenance.files.reduce((sum, file) => sum + file.records, 0);
  found.expect(
    'report.json, totals',
    { records, skippedRecords },
    { records: read - skipped, skippedRecords: skipped },
    'the files give',
  );
  const inSets = sets.reduce((sum, set) => sum + set.records, 0);
  found.expect('report.json, totals.records', records, inSets, 'the sets give');
  const atLimit = provenance.files.some((file) => settings.limit > 0 && file.records >= settings.limit);
  if (atLimit) found.expect('report.json, partial', partial, true, 'the limit of records gives');
}

/** Of two sets, or of one, what is in a set's overlap is what the list has of it; among more, a record may be in several others. */
function recountOverlaps({ overlaps, sets, settings }: CompareJson, { bySet }: Counted, found: Contradictions): void {
  for (const { of, in: other, compared, records, byKind, rate } of overlaps) {
    const at = `report.json, overlaps of ${of} in ${other}`;
    const set = sets.find(({ name }) => name === of);
    found.expect(`${at}, compared`, compared, set ? set.records - set.wordless : 0, 'its set gives');
    const sum = KINDS.reduce((total, kind) => total + byKind[kind], 0);
    found.expect(`${at}, records`, records, sum, 'its kinds give');
    found.expect(`${at}, rate`, rate, rateJson(wilson(records, compared)), 'its records give');
    if (settings.within || sets.length === 2)
      found.expect(`${at}, byKind`, byKind, bySet.get(of) ?? none(), 'duplicates.jsonl gives');
  }
}

function none(): Kinds {
  return { exact: 0, normalised: 0, near: 0 };
}
