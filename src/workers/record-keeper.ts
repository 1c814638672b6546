import type { HashCore } from '../hashcore/hash-core.js';
import { RecordRows } from '../hashcore/record-rows.js';
import { RecordLog } from '../store/record-log.js';
import type { BatchRecords } from '../store/record-log.js';
import { sketchOf } from '../store/record-scheme.js';
import type { RecordScheme } from '../store/record-scheme.js';
import type { Fingerprinting } from './document-scanner.js';

/** Takes the rows of documents besides their fingerprints, while a batch is built. */
export class RecordKeeper implements Fingerprinting {
  private readonly inner: Fingerprinting;
  private readonly rows: RecordRows;
  private log: RecordLog | undefined;
  /** Lines before the call that the rows are of, or the text's own record. */
  private base = 0;

  constructor(inner: Fingerprinting, core: HashCore, memory: WebAssembly.Memory, scheme: RecordScheme) {
    this.inner = inner;
    this.rows = new RecordRows(core, memory, sketchOf(scheme));
  }

  /** `path`: of the batch's files. What an unfinished batch has left is written over. */
  beginBatch(path: string): void {
    this.log?.abandon();
    this.log = new RecordLog(path);
    this.rows.reset();
  }

  beginUnit(number: number): void {
    this.log?.openUnit(number);
  }

  endUnit(): void {
    this.drain();
  }

  endBatch(): BatchRecords {
    const written = this.log?.finish() ?? { units: [], runs: [] };
    this.log = undefined;
    return written;
  }

  beforeLines(address: number, offset: number, lines: number): void {
    this.drain();
    this.base = lines;
    this.inner.beforeLines(address, offset, lines);
  }

  beforeText(origin: { readonly record: number; readonly offset: number }, bytes: number): void {
    this.drain();
    this.base = origin.record;
    this.inner.beforeText(origin, bytes);
  }

  makeRoom(): void {
    if (this.rows.isFull) this.drain();
    else this.inner.makeRoom();
  }

  private drain(): void {
    const { rows } = this;
    for (let i = 0; i < rows.count; i++) this.log?.add(this.base + rows.line(i), rows.code(i), rows.bandWords(i));
    rows.reset();
  }
}
