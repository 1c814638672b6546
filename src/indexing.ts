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
import { RECORD_SCHEME } from './store/record-scheme.js';
import { verifyIndex } from './store/verify-index.js';
import { codingOfHead, writeIndex } from './store/write-index.js';
import type { IndexHead } from './store/write-index.js';
import { builtIndex, composeIndexes, createComposer, finish, publishIndex } from './workers/composing.js';
import { batchSources } from './workers/batch-sources.js';
import { Build } from './workers/build.js';
import { composedBuild } from './workers/compose-build.js';
import { indexedFiles } from './workers/indexed-files.js';
import { ProgressMeter } from './workers/progress-meter.js';
import { memoryPlan } from './workers/memory-plan.js';
import { RANGE_BYTES } from './workers/unit.js';
import type { MemoryPlan } from './workers/memory-plan.js';

/** How a build goes about it; no index depends on it. */
export interface BuildTuning {
  /** Read at a time, where that is not for the way of reading to say. */
  readonly chunkBytes?: number;
  /** What is read of a larger corpus is written as it is read, whatever memory there is, so that a killed build has not lost it. */
  readonly mostHeldBytes: number;
  /** Entries that a worker holds, where that is not for the memory to say. */
  readonly workerEntries?: number;
}

/** Two gigabytes: half a minute's work. */
const USUAL_TUNING: BuildTuning = { mostHeldBytes: 2 * 1024 ** 3 };

const CHUNK_BYTES = 1 << 20;

/** Reads a corpus once and writes its index. The same inputs and options give the same bytes. */
export async function buildIndex(request: BuildRequest, tuning: Partial<BuildTuning> = {}): Promise<BuiltIndex> {
  const folder = new BuildFolder(request.out);
  return folder.alone(() => buildIn(folder, request, { ...USUAL_TUNING, ...tuning }));
}

async function buildIn(
  folder: BuildFolder,
  request: BuildRequest,
  { chunkBytes, mostHeldBytes, workerEntries }: BuildTuning,
): Promise<BuiltIndex> {
  const progress = new ProgressMeter(request);
  const plan = begin(folder, await planOf(request, mostHeldBytes), request);
  progress.expect(plan.corpus);
  const memory = memoryPlan(request.memoryBytes, request.workers);
  const hold = fitsMemory(plan, memory, request.workers, mostHeldBytes);
  const build = new Build(folder, plan, {
    workers: request.workers,
    // A range that is held is read at once (workers/unit.ts), and the end of its last line with it.
    chunkBytes: chunkBytes ?? (hold ? RANGE_BYTES + (1 << 16) : CHUNK_BYTES),
    capacity: workerEntries ?? memory.workerEntries,
    hold,
    onProgress: progress.add,
    onResume: (done, all) => {
      if (done > 0) request.onNotice?.(`going on with ${folder.path}: ${done} of ${all} pieces are done.`);
    },
    ...(request.signal ? { signal: request.signal } : {}),
  });
  try {
    return await finishBuild(folder, build, plan, request, progress);
  } finally {
    await build.dismiss();
  }
}

async function finishBuild(
  folder: BuildFolder,
  build: Build,
  plan: BuildPlan,
  request: BuildRequest,
  progress: ProgressMeter,
): Promise<BuiltIndex> {
  const read = await build.read();
  const indexed = indexedFiles(plan.corpus, read.units, read.batches, plan.source);
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
  const keep = plan.records && {
    scheme: plan.records,
    sources: batchSources(folder.path, read.units, read.batches, (file) => indexed.inputOf(file)),
  };
  const { composerEntries } = memoryPlan(request.memoryBytes, request.workers);
  const composer = await createComposer(shorten ? composerEntries : 1);
  const keys = composedBuild(build, read, indexed, folder.path, codingOfHead(head), composerEntries);
  const manifest = await finish(writeIndex(place, head, indexed.inputs, keys, composer, keep), progress);
  const { epsilon, publish = false } = request;
  const options = { locations: true, records: true, publish, ...(epsilon === undefined ? {} : { epsilon }) };
  return shorten ? composeIndexes([place], folder, options, composer, progress) : publishIndex(folder, place, manifest);
}

async function planOf(request: BuildRequest, mostHeldBytes: number): Promise<BuildPlan> {
  if (request.records && request.publish)
    throw new HeldoutError(
      'usage',
      'signatures of records tell whoever has them which records are in the corpus, so a published index has none: leave out --records or --publish.',
    );
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
  const memory = memoryPlan(memoryBytes, workers);
  const most = fitsMemory({ corpus, fingerprints }, memory, workers, mostHeldBytes) ? RANGE_BYTES : MOST_RANGE_BYTES;
  const fitting = memory.workerEntries * bytesAnEntry(fingerprints.words.window);
  const rangeBytes = rangeFor(Math.min(most, fitting, textBytesOf(corpus) / (PIECES_A_WORKER * workers)));
  return {
    ...{ format: 'heldout-build', version: 1, fingerprints, locationsPerKey, source, settings, corpus },
    ...(request.records ? { records: RECORD_SCHEME } : {}),
    unread: unread.sort((a, b) => (a.path < b.path ? -1 : 1)),
    changedMs: changedMsOf(corpus),
    rangeBytes,
    batchBytes: rangeBytes,
  };
}

const LEAST_RANGE_BYTES = 1 << 20;
const MOST_RANGE_BYTES = 1 << 26;

/** So that all workers are done at about the same time. */
const PIECES_A_WORKER = 8;

function rangeFor(bytes: number): number {
  return 2 ** Math.floor(Math.log2(Math.max(LEAST_RANGE_BYTES, bytes)));
}

/** Text for each fingerprint: a token is five bytes or more, its share of them 2/(window + 1). */
function bytesAnEntry(window: number): number {
  return (5 * (window + 1)) / 2;
}

/** What compressed files are taken to hold, times their size: if it is more, some of it goes to disk after all. */
const COMPRESSION = 4;

function textBytesOf(corpus: BuildPlan['corpus']): number {
  return corpus.reduce((sum, { file }) => sum + file.bytes * (file.compression === 'none' ? 1 : COMPRESSION), 0);
}

/** Workers do not get the same share of the text. */
const SHARE = 0.75;

/** Whether all fingerprints are held in memory until they are put together, so that none of them has to be written twice. */
function fitsMemory(
  { corpus, fingerprints }: Pick<BuildPlan, 'corpus' | 'fingerprints'>,
  { workerEntries }: MemoryPlan,
  workers: number,
  mostBytes: number,
): boolean {
  const bytes = textBytesOf(corpus);
  const entries = bytes / bytesAnEntry(fingerprints.words.window);
  return bytes <= mostBytes && entries <= SHARE * workerEntries * workers;
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
  const { indexes, locations, records = true, epsilon, publish = false } = request;
  const options = { locations, records, publish, ...(epsilon === undefined ? {} : { epsilon }) };
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
      const composer = await createComposer(1);
      return verifyIndex(path, composer);
    },
  };
}

/** Whether a path is an index, or what is left of one. */
export function isIndex(path: string): boolean {
  return looksLikeIndex(path);
}
