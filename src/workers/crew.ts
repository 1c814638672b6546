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
  /** Module that a worker runs. */
  readonly module: URL;
  readonly onProgress: (progress: Progress) => void;
  readonly onDone: (number: number, result: Result) => void;
  /** Whether no further job is to be begun. */
  readonly stopped: () => boolean;
  /** Threads that come up though there is no job for them yet. */
  readonly least?: number;
}

/**
 * Where a worker's short-lived objects live: Node's own 48 MB fill slowly, so that memory would seem to grow with the corpus
 * up to a gigabyte of it, and be the more the more threads there are. (With this, 440 MB come to 110 MB instead of 121.)
 */
const YOUNG_MB = 6;

/**
 * The worker threads of one run: jobs are begun in order, by whoever is free. The threads come up as soon as there is a crew,
 * while the main thread still makes what they are to work with; that is told to them by `run`, before which nothing may be
 * waited for: a thread that fails must find a listener.
 */
export class Crew<Work extends Job, Result, Progress> {
  private queue: readonly Work[];
  private readonly options: CrewOptions<Result, Progress>;
  private readonly workers: readonly Worker[];
  private next = 0;

  constructor(queue: readonly Work[], options: CrewOptions<Result, Progress>) {
    this.queue = queue;
    this.options = options;
    const count = Math.max(Math.min(Math.max(1, options.workers), queue.length), options.least ?? 0);
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    this.workers = Array.from({ length: count }, () => new Worker(options.module, { resourceLimits }));
  }

  /** `setup`: a worker's first message. */
  async run(setup: unknown): Promise<void> {
    await Promise.all(this.workers.map((worker) => this.employ(worker, () => worker.postMessage(setup))));
  }

  /** Has the same threads do other work, once they have run; `setup` is what each is told before. */
  async goOn(queue: readonly Work[], setup: unknown): Promise<void> {
    this.queue = queue;
    this.next = 0;
    const begin = (worker: Worker): void => {
      worker.postMessage(setup);
      const job = this.queue[this.next++];
      if (job) worker.postMessage(job);
    };
    const needed = this.workers.slice(0, queue.length);
    await Promise.all(needed.map((worker) => this.employ(worker, () => begin(worker))));
  }

  async dismiss(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  /** Tells a worker what it works with, and keeps it busy; settles when there is nothing left for it, or it has failed. */
  private employ(worker: Worker, begin: () => void): Promise<void> {
    const { onProgress, onDone } = this.options;
    let job: Work | undefined;
    return new Promise((resolve, reject) => {
      const take = (message: CrewMessage<Result, Progress>): void => {
        if (message.kind === 'progress') {
          onProgress(message.progress);
          return;
        }
        if (message.kind === 'failed') {
          reject(new HeldoutError(message.code, message.message));
          return;
        }
        // It goes on while what it has done is taken in.
        job = this.options.stopped() ? undefined : this.queue[this.next++];
        if (job) worker.postMessage(job);
        if (message.kind === 'done') onDone(message.number, message.result);
        if (job) return;
        worker.off('message', take);
        resolve();
      };
      worker.on('message', take);
      worker.on('error', (error) => reject(crashed(job, error)));
      worker.on('exit', (code) => reject(crashed(job, new Error(`the worker ended with code ${code}`))));
      begin();
    });
  }
}

function crashed(job: Job | undefined, cause: unknown): HeldoutError {
  const where = job ? `while scanning ${job.about}` : 'before it began';
  const message = `internal error: a worker failed ${where}: ${messageOf(cause)}. Please report it.`;
  return new HeldoutError('internal', message, { cause });
}
