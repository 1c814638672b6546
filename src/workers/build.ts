import { HeldoutError } from '../model/errors.js';
import { windowsOf } from '../store/fingerprints.js';
import type { BuildFolder, BuildPlan } from '../store/build-folder.js';
import { batchesOf, batchName } from './batch.js';
import type { Batch, BatchResult, BuildSetup } from './batch.js';
import { Crew } from './crew.js';
import type { UnitProgress } from './protocol.js';
import { unitsOf } from './unit.js';
import type { Unit } from './unit.js';

export interface BuildOptions {
  readonly workers: number;
  readonly chunkBytes: number;
  /** Entries that a worker holds in memory. */
  readonly capacity: number;
  readonly signal?: AbortSignal;
  readonly onProgress: (progress: UnitProgress) => void;
  /** How many batches an earlier run has left done. */
  readonly onResume: (done: number, all: number) => void;
}

/** Reads the corpus and leaves its fingerprints as runs in the folder; what is there already is not done again. */
export async function buildRuns(
  folder: BuildFolder,
  plan: BuildPlan,
  options: BuildOptions,
): Promise<{ readonly units: Unit[]; readonly batches: BatchResult[] }> {
  const units = unitsOf(plan.corpus, plan.settings, plan.rangeBytes);
  const batches = batchesOf(units, plan.batchBytes);
  const isDone = (batch: Batch): boolean => folder.readJson(batchName(batch.number)) !== undefined;
  const left = batches.filter((batch) => !isDone(batch));
  options.onResume(batches.length - left.length, batches.length);
  await work(folder, plan, left, options);
  const results = batches.map((batch) => folder.readJson(batchName(batch.number)) as BatchResult | undefined);
  if (options.signal?.aborted || results.includes(undefined))
    throw new HeldoutError('interrupted', `stopped; ${folder.path} keeps what is done. Go on with --resume.`);
  return { units, batches: results.filter((result) => result !== undefined) };
}

async function work(
  folder: BuildFolder,
  plan: BuildPlan,
  queue: readonly Batch[],
  options: BuildOptions,
): Promise<void> {
  const { workers, chunkBytes, capacity, signal, onProgress } = options;
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const halt = (): void => void Atomics.store(stop, 0, 1);
  if (signal?.aborted) halt();
  signal?.addEventListener('abort', halt, { once: true });
  const windows = windowsOf(plan.fingerprints);
  const setup: BuildSetup = { settings: plan.settings, windows, chunkBytes, capacity, folder: folder.path, stop };
  const crew = new Crew<Batch, boolean, UnitProgress>(queue, {
    workers,
    module: new URL('./build-worker.js', import.meta.url),
    onProgress,
    onDone: () => undefined,
    stopped: () => Atomics.load(stop, 0) !== 0,
  });
  try {
    await crew.run(setup);
  } finally {
    signal?.removeEventListener('abort', halt);
    await crew.dismiss();
  }
}
