import { closeSync, openSync, readSync } from 'node:fs';
import { HeldoutError, messageOf } from '../model/errors.js';
import { RANGES } from './compose.js';
import type { BandRun, BatchRecords } from './record-log.js';
import { Renumbered } from './record-source.js';
import type { RecordPiece, RecordRow, RecordSource } from './record-source.js';
import { RowReader } from './row-block.js';

const ENTRY_BYTES = 8;
/** Bytes of rows read at once; a row is far shorter. */
const READ_BYTES = 1 << 20;
const MOST_ROW_BYTES = 80;

/** Where a unit's records go: which file of the index, and by how much their numbers are short. */
export interface UnitPlace {
  readonly input: number;
  /** Records of the same file that stand before the unit. */
  readonly shift: number;
}

/** What a batch of a build has left of its records. */
export class BatchSource implements RecordSource {
  readonly pieces: readonly RecordPiece[];
  readonly ranges = new Float64Array(RANGES);
  /** Of each run, how many keys stand before each range. */
  private readonly runs: readonly { readonly run: BandRun; readonly before: Float64Array }[];
  private readonly folder: string;

  /** `name`: of the batch's files in `folder`, without their endings. */
  constructor(folder: string, name: string, { units, runs }: BatchRecords, placeOf: (unit: number) => UnitPlace) {
    this.folder = folder;
    const path = `${folder}/${name}.records`;
    let from = 0;
    this.pieces = units.map(({ number, rows, bytes }) => {
      const { input, shift } = placeOf(number);
      from += bytes;
      const [start, end] = [from - bytes, from];
      return { input, order: number, count: rows, rows: () => rowsIn(path, start, end, rows, shift) };
    });
    this.runs = runs.map((run) => {
      const footer = new Uint8Array(RANGES * 4);
      readAt(`${folder}/${run.file}`, run.entries * ENTRY_BYTES, footer);
      const before = new Float64Array(RANGES + 1);
      new Uint32Array(footer.buffer).forEach((count, i) => {
        this.ranges[i] += count;
        before[i + 1] = before[i] + count;
      });
      return { run, before };
    });
  }

  load(from: number, to: number, firstRows: readonly number[], take: (key: number, row: number) => void): void {
    const renumbered = new Renumbered(this.pieces, firstRows);
    for (const { run, before } of this.runs) {
      const bytes = new Uint8Array((before[to] - before[from]) * ENTRY_BYTES);
      if (bytes.length === 0) continue;
      readAt(`${this.folder}/${run.file}`, before[from] * ENTRY_BYTES, bytes);
      const words = new Uint32Array(bytes.buffer);
      for (let i = 0; i < words.length; i += 2) take(words[i], renumbered.of(words[i + 1]));
    }
  }
}

/** The rows in bytes [from, end) of a file, a megabyte at a time. */
function* rowsIn(path: string, from: number, end: number, count: number, shift: number): Generator<RecordRow> {
  let record = shift;
  let reader = new RowReader(new Uint8Array(0));
  let left = 0;
  let at = from;
  for (let i = 0; i < count; i++) {
    if (left - reader.at < MOST_ROW_BYTES && at + left < end) {
      at += reader.at;
      const bytes = new Uint8Array(Math.min(READ_BYTES, end - at));
      readAt(path, at, bytes);
      reader = new RowReader(bytes);
      left = bytes.length;
    }
    const step = reader.step();
    const code = reader.code();
    if (step < 0 || !code) throw unreadable(path, 'it does not hold what its batch says');
    record += step;
    yield { record, code };
  }
}

/** Opened for each reading: there may be more batches than a process may have files open. */
function readAt(path: string, position: number, target: Uint8Array): void {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    for (let at = 0; at < target.length;) {
      const count = readSync(file, target, at, target.length - at, position + at);
      if (count === 0) throw new Error('it is cut short');
      at += count;
    }
  } catch (cause) {
    throw unreadable(path, messageOf(cause), cause);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function unreadable(path: string, why: string, cause?: unknown): HeldoutError {
  const message = `${path}: a part of the unfinished index cannot be read: ${why}. Delete its folder and start again.`;
  return new HeldoutError('index', message, { cause });
}
