import { Worker } from 'node:worker_threads';
import { HeldoutError, messageOf } from '../model/errors.js';

/** A piece of work for one worker, and where it belongs. */
export interface Job {
  readonly number: number;
  /** For a message, should the worker fail. */
  readonly about: string;
}

/** From a worker. `ready` asks for the first job, `done` for the next; a `failed` one is told as it is. */
export type CrewMessage<Result, Progress> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly number: number; readonly result: Result }
  | { readonly kind: 'failed'; readonly code: HeldoutError['code']; readonly message: string };

export interface CrewOptions<Result, Progress> {
  readonly workers: number;
  /** Module that a worker runs, and what it is started with. */
  readonly module: URL;
  readonly setup: unknown;
  readonly onProgress: (progress: Progress) => void;
  readonly onDone: (number: number, result: Result) => void;
  /** Whether no further job is to be begun. */
  readonly stopped: () => boolean;
}

/**
 * Where a worker's short-lived objects live: Node's own 48 MB fill slowly, so that memory would seem to grow with the corpus
 * up to a gigabyte of it, and be the more the more threads there are. (With this, 440 MB come to 110 MB instead of 121.)
 */
const YOUNG_MB = 6;

/** The worker threads of one run: jobs are begun in order, by whoever is free. */
export class Crew<Work extends Job, Result, Progress> {
  private readonly queue: readonly Work[];
  private readonly options: CrewOptions<Result, Progress>;
  private readonly workers: Worker[] = [];
  private next = 0;

  constructor(queue: readonly Work[], options: CrewOptions<Result, Progress>) {
    this.queue = queue;
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
    const { module, setup, onProgress, onDone } = this.options;
    const worker = new Worker(module, {
      workerData: setup,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.workers.push(worker);
    let job: Work | undefined;
    return new Promise((resolve, reject) => {
      worker.on('message', (message: CrewMessage<Result, Progress>) => {
        if (message.kind === 'progress') {
          onProgress(message.progress);
          return;
        }
        if (message.kind === 'failed') {
          reject(new HeldoutError(message.code, message.message));
          return;
        }
        if (message.kind === 'done') onDone(message.number, message.result);
        job = this.options.stopped() ? undefined : this.queue[this.next++];
        if (job) worker.postMessage(job);
        else resolve();
      });
      worker.on('error', (error) => reject(crashed(job, error)));
      worker.on('exit', (code) => reject(crashed(job, new Error(`the worker ended with code ${code}`))));
    });
  }
}

function crashed(job: Job | undefined, cause: unknown): HeldoutError {
  const where = job ? `while scanning ${job.about}` : 'before it began';
  const message = `internal error: a worker failed ${where}: ${messageOf(cause)}. Please report it.`;
  return new HeldoutError('internal', message, { cause });
}
