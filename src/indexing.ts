import { HeldoutError } from './model/errors.js';
import type { IndexedFile } from './model/index-manifest.js';
import type { BuildRequest, BuiltIndex, MergeRequest } from './model/index-request.js';
import type { Skip } from './model/input.js';
import type { ScanPlan } from './model/plan.js';
import { expandPaths } from './read/paths.js';
import { planFile } from './read/plan-file.js';
import { loadDigester } from './report/digest.js';
import { BuildFolder, changedMsOf, difference } from './store/build-folder.js';
import type { BuildPlan } from './store/build-folder.js';
import { looksLikeIndex } from './store/manifest.js';
import { fingerprintsOf } from './store/fingerprints.js';
import { IndexReader } from './store/index-reader.js';
import { BlockStaging, RunSource } from './store/run-file.js';
import { verifyIndex } from './store/verify-index.js';
import { writeIndex } from './store/write-index.js';
import type { IndexHead } from './store/write-index.js';
import { builtIndex, composeIndexes, createComposer, finish, publishIndex } from './workers/composing.js';
import { buildRuns } from './workers/build.js';
import { indexedFiles } from './workers/indexed-files.js';
import { ProgressMeter } from './workers/progress-meter.js';
import { memoryPlan } from './workers/memory-plan.js';

/** Reads a corpus once and writes its index. The same inputs and options give the same bytes. */
export async function buildIndex(request: BuildRequest, chunkBytes = 1 << 20): Promise<BuiltIndex> {
  const folder = new BuildFolder(request.out);
  return folder.alone(() => buildIn(folder, request, chunkBytes));
}

async function buildIn(folder: BuildFolder, request: BuildRequest, chunkBytes: number): Promise<BuiltIndex> {
  const progress = new ProgressMeter(request);
  const plan = begin(folder, await planOf(request), request);
  progress.expect(plan.corpus);
  const memory = memoryPlan(request.memoryBytes, request.workers);
  const { units, batches } = await buildRuns(folder, plan, {
    workers: request.workers,
    chunkBytes,
    capacity: memory.workerEntries,
    onProgress: progress.add,
    onResume: (done, all) => {
      if (done > 0) request.onNotice?.(`going on with ${folder.path}: ${done} of ${all} pieces are done.`);
    },
    ...(request.signal ? { signal: request.signal } : {}),
  });
  const indexed = indexedFiles(plan.corpus, units, batches, plan.source);
  const composer = await createComposer(memory.composerEntries);
  const staging = new BlockStaging(composer.memory);
  const sources = batches.flatMap((batch) =>
    batch.runs.map((run) => {
      const { memory: wasm, core } = composer;
      return new RunSource(`${folder.path}/${run.file}`, run, indexed.numbersOf(run), wasm, core, staging);
    }),
  );
  const { textFields, idField, maxRecordBytes, profile } = plan.settings;
  const head: IndexHead = {
    profile,
    fingerprints: plan.fingerprints,
    keyBits: 64,
    locationsPerKey: plan.locationsPerKey,
    blocks: indexed.blocks,
    sources: [plan.source],
    settings: { textFields, idField, maxRecordBytes },
    unread: plan.unread,
  };
  const shorten = request.epsilon !== undefined || request.publish === true;
  const place = folder.indexFolder(shorten ? 'full' : 'index');
  const manifest = await finish(writeIndex(place, head, indexed.inputs, sources, composer), progress);
  const { epsilon, publish = false } = request;
  const options = { locations: true, publish, ...(epsilon === undefined ? {} : { epsilon }) };
  return shorten ? composeIndexes([place], folder, options, composer, progress) : publishIndex(folder, place, manifest);
}

async function planOf(request: BuildRequest): Promise<BuildPlan> {
  const { settings, guarantee, source, locationsPerKey, workers, memoryBytes } = request;
  const fingerprints = fingerprintsOf(guarantee);
  const skips: Skip[] = [];
  const note = (skip: Skip): void => void skips.push(skip);
  const corpus: ScanPlan['corpus'][number][] = [];
  for (const path of await expandPaths(request.corpus, note)) {
    if (path === '-')
      throw new HeldoutError(
        'usage',
        '-: an index is built from files, so that its hits can be looked up. Save the pipe to a file first.',
      );
    const planned = await planFile(path, settings.textFields, note);
    if (planned) corpus.push(planned);
  }
  const unread = skips.map(({ file, reason, detail }) => ({ path: file, reason, detail }));
  if (corpus.length === 0)
    throw new HeldoutError('no-input', `nothing to index: ${unread[0]?.detail ?? 'no file is left'}.`);
  const { workerEntries } = memoryPlan(memoryBytes, workers);
  const rangeBytes = rangeFor(workerEntries, fingerprints.words.window);
  return {
    ...{ format: 'heldout-build', version: 1, fingerprints, locationsPerKey, source, settings, corpus },
    unread: unread.sort((a, b) => (a.path < b.path ? -1 : 1)),
    changedMs: changedMsOf(corpus),
    rangeBytes,
    batchBytes: rangeBytes,
  };
}

const LEAST_RANGE_BYTES = 1 << 20;
const MOST_RANGE_BYTES = 1 << 26;

/** As much text as fills a worker's memory with fingerprints once: a token is five bytes or more, its share of them 2/(window + 1). */
function rangeFor(entries: number, window: number): number {
  const bytes = (entries * 5 * (window + 1)) / 2;
  return 2 ** Math.floor(Math.log2(Math.min(MOST_RANGE_BYTES, Math.max(LEAST_RANGE_BYTES, bytes))));
}

/** Goes on with what is there unfinished, or begins; whatever an older run did is never lost unasked. */
function begin(folder: BuildFolder, plan: BuildPlan, request: BuildRequest): BuildPlan {
  const before = folder.unfinished();
  if (before && !request.resume)
    throw new HeldoutError(
      'usage',
      `${folder.path}: an unfinished index. Go on with it by --resume, or delete it to begin anew.`,
    );
  if (before) {
    const changed = difference(before, plan);
    if (changed === '') return before;
    throw new HeldoutError(
      'usage',
      `${folder.path}: this unfinished index cannot be gone on with: ${changed}. Delete it to begin anew.`,
    );
  }
  if (request.resume) request.onNotice?.(`nothing to go on with in ${folder.path}: beginning anew.`);
  folder.begin(plan);
  return plan;
}

/** Puts indexes together into one, whose bytes do not depend on their order, nor on what was put together before. */
export async function mergeIndexes(request: MergeRequest): Promise<BuiltIndex> {
  const folder = new BuildFolder(request.out);
  return folder.alone(() => mergeIn(folder, request));
}

async function mergeIn(folder: BuildFolder, request: MergeRequest): Promise<BuiltIndex> {
  if (folder.unfinished())
    throw new HeldoutError(
      'usage',
      `${folder.path}: an unfinished build of an index is in the way. Finish it by heldout index --resume, or delete it.`,
    );
  if (folder.exists) request.onNotice?.(`${folder.path}: an earlier merge did not get to its end: beginning anew.`);
  folder.clear();
  const composer = await createComposer(memoryPlan(request.memoryBytes, 1).composerEntries);
  const { indexes, locations, epsilon, publish = false } = request;
  const options = { locations, publish, ...(epsilon === undefined ? {} : { epsilon }) };
  return composeIndexes(indexes, folder, options, composer, new ProgressMeter(request));
}

/** An index that was opened and looked at. */
export interface OpenIndex extends BuiltIndex {
  readonly files: readonly IndexedFile[];
  /** Reads everything and checks every digest; gives the number of blocks read, or rejects at the first that does not fit. */
  verify(): Promise<number>;
}

export async function openIndex(path: string): Promise<OpenIndex> {
  const digester = await loadDigester();
  const reader = new IndexReader(path, digester);
  const files = reader.inputs();
  reader.close();
  return {
    ...builtIndex(path, reader.manifest),
    files,
    verify: async () => {
      const composer = await createComposer(1 << 12);
      return verifyIndex(path, composer);
    },
  };
}

/** Whether a path is an index, or what is left of one. */
export function isIndex(path: string): boolean {
  return looksLikeIndex(path);
}
