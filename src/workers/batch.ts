import type { Settings } from '../model/settings.js';
import type { BatchRecords } from '../store/record-log.js';
import type { RecordScheme } from '../store/record-scheme.js';
import type { Run } from '../store/run-file.js';
import type { Windows } from '../text/select.js';
import type { Job } from './crew.js';
import type { UnitResult } from './protocol.js';
import type { KeyRanges } from './key-ranges.js';
import type { ComposedRanges } from './range-composer.js';
import type { HeldNow, UnitFingerprints } from './run-builder.js';
import type { Unit } from './unit.js';

/** Some units whose fingerprints are written together: what is done, and what is lost, at once. */
export interface Batch extends Job {
  readonly units: readonly { readonly number: number; readonly unit: Unit }[];
}

/** batch-000000.json: written when everything of the batch is on disk. */
export interface BatchResult {
  readonly units: readonly {
    readonly number: number;
    readonly result: Omit<UnitResult, 'hits'>;
    readonly fingerprints: UnitFingerprints;
  }[];
  readonly runs: readonly Run[];
  /** Where signatures of records are kept. */
  readonly records?: BatchRecords;
}

/** From a worker that builds. */
export type BuildDone =
  /** A batch, and what its thread holds in memory by now; nothing where the batch is on disk, or was stopped. */
  | { readonly kind: 'read'; readonly batch?: BatchResult; readonly held?: HeldNow }
  | { readonly kind: 'composed'; readonly ranges: ComposedRanges };

export type BuildJob = Batch | KeyRanges;

/** What a worker that builds is started with. */
export interface BuildSetup {
  readonly settings: Settings;
  readonly windows: Windows;
  /** Absent where nothing is kept of records. */
  readonly records?: RecordScheme;
  readonly chunkBytes: number;
  /** Entries held in memory before they are written as a run. */
  readonly capacity: number;
  /** Whether they are held until memory is full; else each batch is written when it ends, for --resume. */
  readonly hold: boolean;
  /** Where runs and results of batches go. */
  readonly folder: string;
  /** One number in shared memory: 1 asks everyone to stop. */
  readonly stop: Int32Array;
}

/** What a compressed file is taken to hold, times its size: only to balance the work. */
const COMPRESSION = 4;

/** Small files together until they come to `batchBytes`; large ones alone. */
export function batchesOf(units: readonly Unit[], batchBytes: number): Batch[] {
  const batches: { number: number; about: string; units: { number: number; unit: Unit }[] }[] = [];
  let room = 0;
  units.forEach((unit, number) => {
    const bytes = bytesOf(unit);
    if (bytes > room) {
      batches.push({ number: batches.length, about: unit.input.path, units: [] });
      room = batchBytes;
    }
    batches[batches.length - 1].units.push({ number, unit });
    room -= bytes;
  });
  return batches;
}

function bytesOf(unit: Unit): number {
  const { input } = unit;
  if (unit.kind === 'range') return Math.min(unit.to, input.bytes) - unit.from;
  // Digesting is ten times as fast as reading for fingerprints.
  if (unit.kind === 'digest') return Math.ceil(input.bytes / 10);
  return input.bytes * (input.compression === 'none' ? 1 : COMPRESSION);
}

/** The name of a batch's files, without their endings. */
export function batchName(number: number): string {
  return `batch-${String(number).padStart(6, '0')}`;
}
