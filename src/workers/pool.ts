import { Worker } from 'node:worker_threads';
import { HeldoutError, messageOf } from '../model/errors.js';
import { loadDigester } from '../report/digest.js';
import type { UnitMessage, UnitProgress, UnitResult, WorkerMessage, WorkerSetup } from './protocol.js';
import { scanUnit } from './scan-unit.js';
import { createScanner } from './scanner.js';
import type { Unit } from './unit.js';

export interface PoolOptions {
  readonly workers: number;
  readonly onProgress: (progress: UnitProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Where a worker's short-lived objects live: Node's own 48 MB fill slowly, so that memory would seem to grow with the corpus
 * up to a gigabyte of it, and be the more the more threads there are. (With this, 440 MB come to 110 MB instead of 121.)
 */
const YOUNG_MB = 6;

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
  const here = units.flatMap((unit, number) => (unit.input.path === '-' ? [{ unit, number }] : []));
  const queue = units.flatMap((unit, number) => (unit.input.path === '-' ? [] : [{ unit, number }]));
  const crew = new Crew(setup, queue, results, options);
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

/** The worker threads of one run. */
class Crew {
  private readonly setup: WorkerSetup;
  private readonly queue: readonly UnitMessage[];
  private readonly results: (UnitResult | undefined)[];
  private readonly options: PoolOptions;
  private readonly workers: Worker[] = [];
  private next = 0;

  constructor(
    setup: WorkerSetup,
    queue: readonly UnitMessage[],
    results: (UnitResult | undefined)[],
    options: PoolOptions,
  ) {
    this.setup = setup;
    this.queue = queue;
    this.results = results;
    this.options = options;
  }

  async run(): Promise<void> {
    const count = Math.min(Math.max(1, this.options.workers), this.queue.length);
    await Promise.all(Array.from({ length: count }, () => this.employ()));
  }

  async dismiss(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  /** Starts a worker and keeps it busy; settles when there is nothing left for it, or it has failed. */
  private employ(): Promise<void> {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: this.setup,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.workers.push(worker);
    let job: UnitMessage | undefined;
    return new Promise((resolve, reject) => {
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'progress') {
          this.options.onProgress(message.progress);
          return;
        }
        if (message.kind === 'done') this.results[message.number] = message.result;
        job = this.take();
        if (job) worker.postMessage(job);
        else resolve();
      });
      worker.on('error', (error) => reject(crashed(job, error)));
      worker.on('exit', (code) => reject(crashed(job, new Error(`the worker ended with code ${code}`))));
    });
  }

  /** The next unit; in order, so that of every file the first ranges are done when the run is stopped. */
  private take(): UnitMessage | undefined {
    return Atomics.load(this.setup.stop, 0) === 0 ? this.queue[this.next++] : undefined;
  }
}

function crashed(job: UnitMessage | undefined, cause: unknown): HeldoutError {
  const where = job ? `while scanning ${job.unit.input.path}` : 'before it began';
  const message = `internal error: a worker failed ${where}: ${messageOf(cause)}. Please report it.`;
  return new HeldoutError('internal', message, { cause });
}
