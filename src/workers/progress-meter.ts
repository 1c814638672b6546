import type { ScanPlan, ScanRequest } from '../model/plan.js';
import type { Progress } from '../model/progress.js';
import type { UnitProgress } from './protocol.js';
import type { Unit } from './unit.js';

/** Between two words to the caller. There is no timer: a word is said when one arrives and enough time has passed. */
const GAP_MS = 100;

/** Adds up what the units say. */
export class ProgressMeter {
  private readonly say: (progress: Progress) => void;
  private bytesTotal = 0;
  private bytesDone = 0;
  private documents = 0;
  private hits = 0;
  private due = 0;

  constructor(request: Pick<ScanRequest, 'onProgress'>) {
    this.say = request.onProgress ?? (() => undefined);
  }

  /** Bytes on disk to be read; not known for standard input. */
  expect(corpus: ScanPlan['corpus']): void {
    const known = corpus.every(({ file }) => file.path !== '-');
    this.bytesTotal = known ? corpus.reduce((sum, { file }) => sum + file.bytes, 0) : 0;
  }

  /** Stretches of files, whose bytes are known, and whole ones. */
  expectUnits(units: readonly Unit[]): void {
    this.bytesTotal = units.reduce(
      (sum, unit) => sum + (unit.kind === 'range' ? unit.to - unit.from : unit.input.bytes),
      0,
    );
  }

  readonly add = (progress: UnitProgress): void => {
    // Parquet is read twice, and a file may grow.
    this.bytesDone += progress.bytes;
    if (this.bytesTotal > 0) this.bytesDone = Math.min(this.bytesDone, this.bytesTotal);
    this.documents += progress.documents;
    this.hits += progress.hits;
    const now = performance.now();
    if (now < this.due) return;
    this.due = now + GAP_MS;
    this.enter('corpus');
  };

  /** An index is being written, so much of it done. */
  write(share: number): void {
    const { documents, hits } = this;
    this.say({ phase: 'write', bytesDone: share, bytesTotal: 1, documents, hits });
  }

  enter(phase: Progress['phase']): void {
    const { bytesDone, bytesTotal, documents, hits } = this;
    this.say({ phase, bytesDone, bytesTotal, documents, hits });
  }
}
