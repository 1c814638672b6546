import { BY_FIGURES } from '../judge/figures.js';
import { PART_NAMES } from '../model/benchmark.js';
import type { Item } from '../model/benchmark.js';
import type { Skip } from '../model/input.js';
import type { Match, MatchedPart, Span } from '../model/match.js';
import type { FilePlan } from '../model/plan.js';
import type { FileResult, SkipSummary } from '../model/result.js';
import { LaterFields } from '../read/later-fields.js';
import { notReadIn, unlessEmpty } from '../read/not-read.js';
import type { Catalog } from '../seeds/catalog.js';
import type { ItemTexts } from './item-texts.js';
import type { UnitResults } from './pool.js';
import type { Hit, UnitResult } from './protocol.js';
import type { Prepared } from './setup.js';
import { isOfFile, SkipTally } from './tally.js';
import type { Unit } from './unit.js';

/** What all units together come to. */
export interface Merged {
  readonly files: readonly FileResult[];
  readonly hits: readonly FileHit[];
  readonly skips: readonly SkipSummary[];
  readonly textBytes: number;
  /** Of each file. */
  readonly later: readonly (LaterFields | undefined)[];
}

/** A hit whose record counts from the file's start. */
export interface FileHit extends Hit {
  readonly file: number;
}

/**
 * Puts results together in the order of the units, whatever order they came in. Record numbers of a range count from its
 * own first line: the lines of the ranges before are added. `planned`: what was skipped before any unit was scanned.
 */
export function mergeResults(units: readonly Unit[], results: UnitResults, planned: readonly Skip[]): Merged {
  const skips = new SkipTally();
  planned.forEach(skips.add);
  const files: Writable<FileResult>[] = [];
  const hits: FileHit[] = [];
  const damaged = new Set<number>();
  const later: LaterFields[] = [];
  let textBytes = 0;
  let lines = 0;
  units.forEach((unit, number) => {
    const file = (files[unit.file] ??= emptyFile(unit));
    const result = results[number];
    if (unit.kind !== 'range' || unit.from === 0) lines = 0;
    if (!result) return;
    const shift = shiftOf(unit, result) ?? lines;
    for (const hit of result.hits) hits.push({ ...hit, record: hit.record + shift, file: unit.file });
    for (const skip of result.skips) {
      // Every range of a file that cannot be read says so; the file is counted once.
      if (isOfFile(skip.reason) && damaged.has(unit.file)) continue;
      if (isOfFile(skip.reason)) damaged.add(unit.file);
      skips.addAll({ ...skip, examples: skip.examples.map((one) => shifted(one, shift)) });
    }
    const fields = (later[unit.file] ??= new LaterFields());
    for (const field of result.later) fields.add(field);
    file.records += result.records;
    file.skipped += result.skipped;
    if (result.xxh64 !== '') file.xxh64 = result.xxh64;
    textBytes += result.textBytes;
    lines += result.lines;
  });
  return { files, hits, skips: skips.summaries(), textBytes, later };
}

/** The files with what was not read of each, as it was seen beforehand and as it came. */
export function filesWithNotRead(plans: readonly FilePlan[], { files, later }: Merged): FileResult[] {
  return files.map((file, i) => ({
    ...file,
    ...unlessEmpty(notReadIn(plans[i], file.records, later[i]?.named() ?? [])),
  }));
}

/** A range that an index led to knows which record its first document is. */
function shiftOf({ kind, expected }: Unit, { check }: UnitResult): number | undefined {
  return kind === 'range' && expected && check ? expected.firstRecord - check.firstLine : undefined;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function emptyFile({ input, textPaths }: Unit): Writable<FileResult> {
  const { path, container, compression, bytes } = input;
  return { path, container, compression, bytes, records: 0, skipped: 0, xxh64: '', textPaths };
}

/** Record 0 is the whole file. */
function shifted(skip: Skip, by: number): Skip {
  return skip.record === 0 ? skip : { ...skip, record: skip.record + by };
}

/** Hits as matches, by item number, each item's in canonical order: file, record, part. */
export function matchesOf(
  hits: readonly FileHit[],
  files: readonly FileResult[],
  items: readonly Item[],
  { setup, texts }: Prepared,
): Match[][] {
  const matches: Match[][] = items.map(() => []);
  for (const hit of [...hits].sort(canonically)) {
    matches[hit.item].push(matchOf(hit, files[hit.file].path, items[hit.item], textOf(setup.catalog, hit), texts));
  }
  return matches;
}

function canonically(a: FileHit, b: FileHit): number {
  return a.file - b.file || a.record - b.record || a.part - b.part || a.textStart - b.textStart;
}

/** The number of the text that the hit's part is. */
function textOf(catalog: Catalog, { item, part }: Hit): number {
  let at = catalog.partOffsets[item];
  while (catalog.partNames[at] !== part) at++;
  return catalog.partTexts[at];
}

function matchOf(hit: FileHit, file: string, item: Item, text: number, texts: ItemTexts): Match {
  const { record, offset, verdict, coverage, evidence, longestRun, itemTokens, spans } = hit;
  return {
    benchmark: item.benchmark,
    item: item.id,
    document: { file, record, offset, id: hit.id ?? `${file}#${record}` },
    verdict,
    ...(hit.byFigures ? { reason: BY_FIGURES } : {}),
    part: partOf(hit),
    coverage,
    evidence,
    longestRun,
    spans: Array.from({ length: spans.length / 2 }, (_, i) => ({
      item: texts.span(text, itemTokens[2 * i], itemTokens[2 * i + 1]),
      document: [spans[2 * i], spans[2 * i + 1]] satisfies Span,
    })),
    itemText: texts.text(text),
    documentText: hit.text,
    documentTextStart: hit.textStart,
  };
}

/** A passage may hold the answer by its nature; that its question leaked too is not said by that. */
function partOf({ part, withAnswer }: Hit): MatchedPart {
  const name = PART_NAMES[part];
  return withAnswer && (name === 'question' || name === 'code') ? 'question+answer' : name;
}
