import { HashCore } from './hashcore/hash-core.js';
import { writeTextTables } from './hashcore/layout.js';
import { compileCore, createMemory } from './hashcore/load.js';
import { SketchCore } from './hashcore/sketch-core.js';
import type { CompareRequest, CompareResult, CompareSettings } from './model/comparison.js';
import type { Skip } from './model/input.js';
import { SKETCH_PROFILE } from './model/sketch.js';
import { schemeOf } from './neardup/bands.js';
import { Collector } from './neardup/collector.js';
import { Scratch } from './neardup/scratch.js';
import { confirm, searchKeys } from './neardup/search.js';
import type { Candidates } from './neardup/search.js';
import { beginning, KEPT_OF_SAME, KEPT_TEXT, TextStore } from './neardup/text-store.js';
import { Verdicts } from './neardup/verdicts.js';
import { loadDigester } from './report/digest.js';
import { loadProfile } from './text/profile.js';
import { nothingToCompare, planComparison } from './workers/compare-plan.js';
import type { PlannedFile } from './workers/compare-plan.js';
import { compareResult } from './workers/compare-result.js';
import { filesWithNotRead, mergeResults } from './workers/merge.js';
import { rereadFile } from './workers/reread.js';
import type { Wanted } from './workers/reread.js';
import { sketchFile } from './workers/sketch-files.js';
import type { SketchSink } from './workers/sketch-files.js';
import { Splits } from './workers/splits.js';
import { UnitTally } from './workers/tally.js';
import type { Unit } from './workers/unit.js';

/**
 * Finds the records that are in several sets (or in one several times), and how much of each set's wording is in the others.
 * Two passes over the input: the first keeps keys, the second reads what they point at. The result must be closed.
 */
export async function compare(request: CompareRequest): Promise<CompareResult> {
  const scratch = new Scratch(request.memoryBytes, request.scratch);
  request.onScratch?.(() => scratch.close());
  try {
    const sketchProfile = SKETCH_PROFILE[request.settings.method];
    return await compareIn(scratch, { ...request, settings: { ...request.settings, sketchProfile } });
  } catch (error) {
    scratch.close();
    throw error;
  }
}

async function compareIn(scratch: Scratch, request: CompareRequest): Promise<CompareResult> {
  const { settings, signal } = request;
  const skips: Skip[] = [];
  const files = await planComparison(request, skips, scratch);
  if (files.length === 0 && !signal?.aborted) throw nothingToCompare(skips);
  const splits = new Splits(request.sets, settings);
  const core = createSketcher(settings);
  const collector = new Collector(core, Splits.most, scratch);

  const { units, results, starts } = await firstPass(files, core, collector, splits, request);
  const found = await searchKeys(collector, settings.within, scratch);
  const bytes = files.reduce((sum, { input }) => sum + input.bytes, 0);
  request.onProgress?.({
    phase: 'judge',
    bytesDone: bytes,
    bytesTotal: bytes,
    documents: collector.table.length,
    hits: 0,
  });
  const texts = await secondPass(files, starts, core, collector, found, new TextStore(scratch), settings);
  const confirmed = await confirm(found, collector.table, texts, settings.threshold, scratch);
  const ranks = splits.ranks();
  const { ranges, marks, links } = found;
  const verdicts = new Verdicts(scratch, ranges, marks, links, collector.table, ranks, settings.within);
  const merged = mergeResults(units, results, skips);
  const plans = files.map(({ plan }) => plan);
  return compareResult({
    settings,
    splits,
    files: files.map(({ input: { path }, set }) => ({ path, set })),
    merged: { ...merged, files: filesWithNotRead(plans, merged) },
    collector,
    found,
    confirmed,
    verdicts,
    texts,
    partial: settings.limit > 0 || (signal?.aborted ?? false),
    close: () => scratch.close(),
  });
}

function createSketcher(settings: CompareSettings): SketchCore {
  const { unicode } = loadProfile(settings.profile);
  const memory = createMemory();
  const core = new HashCore({ module: compileCore(), memory, text: writeTextTables(memory, unicode) }, 2 << 20);
  return new SketchCore(core, memory, schemeOf(settings));
}

async function firstPass(
  files: readonly PlannedFile[],
  core: SketchCore,
  collector: Collector,
  splits: Splits,
  request: CompareRequest,
): Promise<{ units: Unit[]; results: ReturnType<UnitTally['result']>[]; starts: number[] }> {
  const { settings, signal, onProgress } = request;
  const digester = await loadDigester();
  const meter = { bytes: 0, total: files.reduce((sum, { input }) => sum + input.bytes, 0) };
  const results: ReturnType<UnitTally['result']>[] = [];
  const starts = [0];
  for (const [number, { input, reading, set }] of files.entries()) {
    const tally = new UnitTally(({ bytes }) => {
      // Parquet is read twice, and a file may grow.
      meter.bytes = Math.min(meter.total, meter.bytes + bytes);
      const documents = collector.table.length;
      onProgress?.({ phase: 'corpus', bytesDone: meter.bytes, bytesTotal: meter.total, documents, hits: 0 });
    });
    const sink: SketchSink = {
      take: ({ row, set: own, ...place }) => void collector.take(row, { file: number, ...place }, own),
      grams: (own, words) => void collector.grams(own, words),
      // Nothing is asked about the wording of one set.
      gramsBelow: (own, bytes) => (settings.within ? 0n : collector.gramsBelow(own, bytes)),
    };
    const setOf = (split: unknown): number | undefined => splits.setOf(set, split);
    if (!signal?.aborted) await sketchFile({ input, reading, setOf }, core, settings, sink, digester, tally, signal);
    tally.tell();
    results.push(tally.result());
    starts.push(collector.table.length);
  }
  const units = files.map(({ input, plan: { textPaths } }, file): Unit => ({
    kind: 'documents',
    file,
    input,
    textPaths,
  }));
  return { units, results, starts };
}

/** Reads again what was found: ids and texts of duplicates, shingles of candidate pairs. */
async function secondPass(
  files: readonly PlannedFile[],
  starts: readonly number[],
  core: SketchCore,
  { table }: Collector,
  { named, inPairs, reworded }: Candidates,
  texts: TextStore,
  settings: CompareSettings,
): Promise<TextStore> {
  const wantedOf = function* (file: number): Generator<Wanted, undefined> {
    for (let number = starts[file]; number < starts[file + 1]; number++)
      if (named.has(number)) yield { number, ...table.place(number) };
    return undefined;
  };
  core.keepGramsBelow(0n);
  for (const [file, { input, reading }] of files.entries())
    await rereadFile(input, reading, wantedOf(file), settings, (number, text, id) => {
      const paired = inPairs.has(number);
      const shingles = paired ? core.shinglesOf(text) : new Float64Array(0);
      const normalised = paired ? core.wordsDigest() : 0;
      const most = paired || reworded.has(number) ? KEPT_TEXT : KEPT_OF_SAME;
      texts.append(number, { id, text: beginning(text, most), textIsCut: text.length > most, normalised, shingles });
    });
  return texts;
}
