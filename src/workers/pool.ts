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
 * so even a single worker is a thread; only standard input, which workers do not have, is scanned here. `prepare` makes what
 * is scanned for, while the threads come up.
 */
export async function scanUnits<Prepared extends { readonly setup: WorkerSetup }>(
  units: readonly Unit[],
  prepare: () => Prepared,
  options: PoolOptions,
): Promise<{ readonly prepared: Prepared; readonly results: UnitResults }> {
  const { signal } = options;
  const results: (UnitResult | undefined)[] = units.map(() => undefined);
  const jobs = units.map((unit, number) => ({ number, about: unit.input.path, unit }));
  const here = jobs.filter(({ unit }) => unit.input.path === '-');
  // In order, so that of every file the first ranges are done when the run is stopped.
  const crew = new Crew<UnitMessage, UnitResult, UnitProgress>(
    jobs.filter(({ unit }) => unit.input.path !== '-'),
    {
      workers: options.workers,
      module: new URL('./worker.js', import.meta.url),
      onProgress: options.onProgress,
      onDone: (number, result) => (results[number] = result),
      stopped: () => signal?.aborted ?? false,
    },
  );
  try {
    const prepared = prepare();
    await stoppable(prepared.setup, signal, [
      crew.run(prepared.setup),
      ...here.map(async (job) => (results[job.number] = await scanHere(job, prepared.setup, options))),
    ]);
    return { prepared, results };
  } finally {
    await crew.dismiss();
  }
}

/** Waits for the scans, and passes on to all threads that they are to stop. */
async function stoppable(
  setup: WorkerSetup,
  signal: AbortSignal | undefined,
  scans: Promise<unknown>[],
): Promise<void> {
  const stop = (): void => void Atomics.store(setup.stop, 0, 1);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all(scans);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

async function scanHere({ unit }: UnitMessage, setup: WorkerSetup, options: PoolOptions): Promise<UnitResult> {
  return scanUnit(unit, createScanner(setup), await loadDigester(), options.onProgress, options.signal);
}
