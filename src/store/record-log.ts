import { closeSync, fsyncSync, openSync } from 'node:fs';
import { RANGES } from './compose.js';
import { writeAll, writing } from './durable.js';
import { KEY_RANGE_SHIFT } from './record-source.js';
import { putNumber } from './row-block.js';

/** Keys of bands in a run: 8 MB of them are sorted at once. */
const RUN_KEYS = 1 << 20;
/** Bits that a row's number has behind a key's, in a number that is exact. */
const ROW_BITS = 21;
const BUFFER_BYTES = 1 << 20;

/** What a batch of a build has written of its records. */
export interface BatchRecords {
  /** Units with rows, in order: how many rows, and bytes of them in the batch's file. */
  readonly units: readonly { readonly number: number; readonly rows: number; readonly bytes: number }[];
  readonly runs: readonly BandRun[];
}

/** Keys of bands with the rows of the batch that have them, sorted. */
export interface BandRun {
  readonly file: string;
  readonly entries: number;
}

/** Writes the rows of a batch one behind another, and the keys of their bands as sorted runs. */
export class RecordLog {
  private readonly path: string;
  private readonly file: number;
  private readonly buffer = new Uint8Array(BUFFER_BYTES);
  private length = 0;
  private readonly units: { number: number; rows: number; bytes: number }[] = [];
  private readonly runs: BandRun[] = [];
  private readonly keys = new Float64Array(RUN_KEYS);
  private count = 0;
  /** Of the batch; of the run so far it is what `keys` count from. */
  private rows = 0;
  private firstRow = 0;
  private lastRecord = 0;

  /** `path`: of the batch's files, which get their endings. */
  constructor(path: string) {
    this.path = path;
    this.file = writing(path, () => openSync(`${path}.records`, 'w'));
  }

  /** Numbers of records are counted from 0 again. */
  openUnit(number: number): void {
    this.units.push({ number, rows: 0, bytes: 0 });
    this.lastRecord = 0;
  }

  /** `bandWords`: low and high halves of the keys, of which the high ones are kept. */
  add(record: number, code: Uint8Array, bandWords: Uint32Array): void {
    if (this.length + 72 > BUFFER_BYTES) this.flush();
    if (this.count + bandWords.length / 2 > RUN_KEYS) this.writeRun();
    const from = this.length;
    this.length = putNumber(this.buffer, this.length, record - this.lastRecord);
    this.buffer.set(code, this.length);
    this.length += code.length;
    this.lastRecord = record;
    const unit = this.units[this.units.length - 1];
    unit.rows++;
    unit.bytes += this.length - from;
    const row = this.rows++ - this.firstRow;
    for (let i = 1; i < bandWords.length; i += 2) this.keys[this.count++] = bandWords[i] * 2 ** ROW_BITS + row;
  }

  /** Everything is on disk then. */
  finish(): BatchRecords {
    if (this.count > 0) this.writeRun();
    this.flush();
    writing(this.path, () => {
      fsyncSync(this.file);
      closeSync(this.file);
    });
    return { units: this.units.filter(({ rows }) => rows > 0), runs: this.runs };
  }

  /** Where the batch is given up. */
  abandon(): void {
    closeSync(this.file);
  }

  private flush(): void {
    writing(this.path, () => writeAll(this.file, this.buffer.subarray(0, this.length)));
    this.length = 0;
  }

  /** {key u32, row u32}[], then how many keys each range has, u32[4096]. */
  private writeRun(): void {
    const words = new Uint32Array(2 * this.count + RANGES);
    const ranges = words.subarray(2 * this.count);
    let at = 0;
    for (const value of this.keys.subarray(0, this.count).sort()) {
      const key = Math.floor(value / 2 ** ROW_BITS);
      words[at++] = key;
      words[at++] = this.firstRow + (value % 2 ** ROW_BITS);
      ranges[key >>> KEY_RANGE_SHIFT]++;
    }
    const path = `${this.path}.${this.runs.length}.bands`;
    writing(path, () => {
      const file = openSync(path, 'w');
      try {
        writeAll(file, new Uint8Array(words.buffer));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    });
    this.runs.push({ file: path.slice(path.lastIndexOf('/') + 1), entries: this.count });
    this.count = 0;
    this.firstRow = this.rows;
  }
}
