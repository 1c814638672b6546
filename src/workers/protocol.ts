import type { NotReadField, SkipReason, Skip } from '../model/input.js';
import type { Settings } from '../model/settings.js';
import type { CoreShared } from '../hashcore/hash-core.js';
import type { GramTable } from '../hashcore/layout.js';
import type { Finding } from '../match/finding.js';
import type { Location } from '../match/locate.js';
import type { Catalog } from '../seeds/catalog.js';
import type { CrewMessage, Job } from './crew.js';
import type { CheckResult, CheckSetup } from './expected.js';
import type { Unit } from './unit.js';

/** What a worker is started with: tables in shared memory, and settings. */
export interface WorkerSetup {
  readonly shared: CoreShared;
  readonly table: GramTable;
  readonly catalog: Catalog;
  readonly settings: Settings;
  readonly chunkBytes: number;
  /** Set where units are read to confirm what an index says. */
  readonly check?: CheckSetup;
  /** One number in shared memory: 1 asks everyone to stop. */
  readonly stop: Int32Array;
}

/** A finding and where it is. Its record counts from the unit's first line, and the document's own id may be missing. */
export interface Hit extends Location, Omit<Finding, 'runs'> {
  readonly record: number;
  readonly offset: number;
  readonly id: string | undefined;
}

export interface SkipCount {
  readonly reason: SkipReason;
  readonly count: number;
  /** The first few. */
  readonly examples: readonly Skip[];
}

export interface UnitResult {
  /** Records read, skipped ones included. */
  readonly records: number;
  readonly skipped: number;
  /** Lines in the unit, blank ones included; 0 where records are not lines. */
  readonly lines: number;
  readonly textBytes: number;
  /** Empty where this unit does not take it, or could not. */
  readonly xxh64: string;
  readonly skips: readonly SkipCount[];
  readonly hits: readonly Hit[];
  /** Fields counted by read/later-fields.ts. */
  readonly later: readonly NotReadField[];
  /** Where the unit was read to confirm what an index says. */
  readonly check?: CheckResult;
}

/** What a unit has done since it last said so. */
export interface UnitProgress {
  /** Bytes on disk. */
  readonly bytes: number;
  readonly documents: number;
  readonly hits: number;
}

/** To a worker: the next unit. */
export interface UnitMessage extends Job {
  readonly unit: Unit;
}

/** From a worker that scans units. */
export type WorkerMessage = CrewMessage<UnitResult, UnitProgress>;
