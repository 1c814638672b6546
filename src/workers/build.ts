import { HeldoutError } from '../model/errors.js';
import type { BuildFolder, BuildPlan } from '../store/build-folder.js';
import { windowsOf } from '../store/fingerprints.js';
import { batchesOf, batchName } from './batch.js';
import type { Batch, BatchResult, BuildDone, BuildJob, BuildSetup } from './batch.js';
import { Crew } from './crew.js';
import type { UnitProgress } from './protocol.js';
import type { HeldEntries, HeldNow } from './run-builder.js';
import { unitsOf } from './unit.js';
import type { Unit } from './unit.js';

export interface BuildOptions {
  readonly workers: number;
  readonly chunkBytes: number;
  /** Entries that a worker holds in memory. */
  readonly capacity: number;
  /** As in a worker's setup (batch.ts). */
  readonly hold: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress: (progress: UnitProgress) => void;
  /** How many batches an earlier run has left done. */
  readonly onResume: (done: number, all: number) => void;
}

/** What the corpus has come to: in runs on disk, and in the workers' memory. */
export interface ReadCorpus {
  readonly units: readonly Unit[];
  readonly batches: readonly BatchResult[];
  readonly held: readonly HeldEntries[];
}

/** The threads of a build, which read the corpus first and put its fingerprints together then. */
export class Build {
  private readonly folder: BuildFolder;
  private readonly options: BuildOptions;
  private readonly units: readonly Unit[];
  private readonly batches: readonly Batch[];
  private readonly setup: BuildSetup;
  private readonly results = new Map<number, BatchResult>();
  private readonly held = new Map<number, HeldEntries>();
  private readonly crew: Crew<BuildJob, BuildDone, UnitProgress>;
  private readonly halt: () => void;
  private onRanges: (number: number, done: BuildDone) => void = () => undefined;

  constructor(folder: BuildFolder, plan: BuildPlan, options: BuildOptions) {
    const { chunkBytes, capacity, hold, signal, workers, onProgress } = options;
    const stop = new Int32Array(new SharedArrayBuffer(4));
    this.folder = folder;
    this.options = options;
    ({ units: this.units, batches: this.batches } = this.cut(plan));
    const windows = windowsOf(plan.fingerprints);
    this.setup = {
      ...{ settings: plan.settings, windows, chunkBytes, capacity, hold, folder: folder.path, stop },
      ...(plan.records ? { records: plan.records } : {}),
    };
    this.halt = () => void Atomics.store(stop, 0, 1);
    if (signal?.aborted) this.halt();
    signal?.addEventListener('abort', this.halt, { once: true });
    const left = this.batches.filter((batch) => this.onDisk(batch) === undefined);
    options.onResume(this.batches.length - left.length, this.batches.length);
    this.crew = new Crew<BuildJob, BuildDone, UnitProgress>(left, {
      workers,
      module: new URL('./build-worker.js', import.meta.url),
      onProgress,
      onDone: (number, done) => this.take(number, done),
      stopped: () => Atomics.load(stop, 0) !== 0,
      least: 1,
    });
  }

  /** Reads the corpus; what an earlier run has left done is not done again. */
  async read(): Promise<ReadCorpus> {
    await this.crew.run(this.setup);
    const results = this.batches.map((batch) => this.results.get(batch.number) ?? this.onDisk(batch));
    const batches = results.filter((result) => result !== undefined);
    if (this.options.signal?.aborted || batches.length < results.length) throw this.interrupted();
    return { units: this.units, batches, held: [...this.held.values()] };
  }

  /** Has the workers put ranges of keys together; tells `onDone` of each, in any order. */
  async compose(
    jobs: readonly BuildJob[],
    setup: unknown,
    onDone: (number: number, done: BuildDone) => void,
  ): Promise<void> {
    this.onRanges = onDone;
    await this.crew.goOn(jobs, setup);
    if (this.options.signal?.aborted) throw this.interrupted();
  }

  async dismiss(): Promise<void> {
    this.options.signal?.removeEventListener('abort', this.halt);
    await this.crew.dismiss();
  }

  private take(number: number, done: BuildDone): void {
    if (done.kind === 'composed') {
      this.onRanges(number, done);
      return;
    }
    if (done.batch) this.results.set(number, done.batch);
    if (done.held) this.hold(done.held);
  }

  private hold({ told, ...now }: HeldNow): void {
    const none: Pick<HeldEntries, 'blocks' | 'starts'> = { blocks: [], starts: [] };
    const { blocks, starts } = this.held.get(now.thread) ?? none;
    blocks.length = 2 * told;
    for (const one of now.blocks) blocks.push(one);
    starts.length = told;
    for (const one of now.starts) starts.push(one);
    this.held.set(now.thread, { ...now, blocks, starts });
  }

  /**
   * Digests go along with the ranges where all of them are read by this run: those that an earlier one has left on disk would be
   * waited for in vain, and were cut with the digests apart.
   */
  private cut({ corpus, settings, rangeBytes, batchBytes }: BuildPlan): { units: Unit[]; batches: Batch[] } {
    const cut = (chained: boolean): { units: Unit[]; batches: Batch[] } => {
      const units = unitsOf(corpus, settings, rangeBytes, chained);
      return { units, batches: batchesOf(units, batchBytes) };
    };
    const apart = cut(false);
    const isNew = !apart.batches.some((batch) => this.onDisk(batch));
    return this.options.hold && isNew ? cut(true) : apart;
  }

  private onDisk(batch: Batch): BatchResult | undefined {
    return this.folder.readJson(batchName(batch.number)) as BatchResult | undefined;
  }

  private interrupted(): HeldoutError {
    return new HeldoutError('interrupted', `stopped; ${this.folder.path} keeps what is done. Go on with --resume.`);
  }
}
