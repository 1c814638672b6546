import { loadDigester } from '../report/digest.js';
import { Crew } from './crew.js';
import type { UnitMessage, UnitProgress, UnitResult, WorkerSetup } from './protocol.js';
import { scanUnit } from './scan-unit.js';
import { createScanner } from './scanner.js';
import type { Unit } from './unit.js';

export interface PoolOptions {
  readonly workers: number;
  readonly onProgress: (progress: UnitProgress) => void;
  readonly signal?: AbortSignal;
}

/** Results by the number of their unit; undefined for those never begun because the run was stopped. */
export type UnitResults = readonly (UnitResult | undefined)[];

/**
 * Has all units scanned, in any order, by as many workers as there is work for. The main thread's event loop stays free,
 * so even a single worker is a thread; only standard input, which workers do not have, is scanned here.
 */
export async function scanUnits(
  units: readonly Unit[],
  setup: WorkerSetup,
  options: PoolOptions,
): Promise<UnitResults> {
  const { signal } = options;
  const stop = (): void => void Atomics.store(setup.stop, 0, 1);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const results: (UnitResult | undefined)[] = units.map(() => undefined);
  const jobs = units.map((unit, number) => ({ number, about: unit.input.path, unit }));
  const here = jobs.filter(({ unit }) => unit.input.path === '-');
  // In order, so that of every file the first ranges are done when the run is stopped.
  const crew = new Crew<UnitMessage, UnitResult, UnitProgress>(
    jobs.filter(({ unit }) => unit.input.path !== '-'),
    {
      workers: options.workers,
      module: new URL('./worker.js', import.meta.url),
      setup,
      onProgress: options.onProgress,
      onDone: (number, result) => (results[number] = result),
      stopped: () => Atomics.load(setup.stop, 0) !== 0,
    },
  );
  try {
    await Promise.all([
      crew.run(),
      ...here.map(async (job) => (results[job.number] = await scanHere(job, setup, options))),
    ]);
  } finally {
    signal?.removeEventListener('abort', stop);
    await crew.dismiss();
  }
  return results;
}

async function scanHere({ unit }: UnitMessage, setup: WorkerSetup, options: PoolOptions): Promise<UnitResult> {
  return scanUnit(unit, createScanner(setup), await loadDigester(), options.onProgress, options.signal);
}
