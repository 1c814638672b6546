import type { PlainFile } from '../read/bytes.js';

/** Bytes that are pulled into a buffer. */
export interface ByteSource {
  /** Where the first byte given stands in the decompressed file; known after the first `fill`. */
  readonly start: number;
  /** Writes at least one byte to the front of `target` and says how many; 0 at the end. */
  fill(target: Uint8Array): number | Promise<number>;
}

const NEWLINE = 10;
/** Read at a time where only a line's end is looked for. */
const STEP = 64 * 1024;

/**
 * The lines of a plain file that begin in bytes [from, to), whole. Both ends are moved the same way, behind the first
 * newline at or after the byte before them, so that neighbouring ranges meet without gap or overlap.
 */
export class RangeSource implements ByteSource {
  start: number;
  private readonly file: PlainFile;
  private readonly to: number;
  private position: number;
  private begun = false;
  /** Whether all has been given. */
  ended = false;
  private lastByte = NEWLINE;

  constructor(file: PlainFile, from: number, to: number) {
    this.file = file;
    this.to = to;
    this.start = from;
    this.position = from;
  }

  fill(target: Uint8Array): number {
    if (!this.begun) this.begin();
    if (this.ended) return 0;
    const length = this.position < this.to ? this.within(target) : 0;
    return length < target.length && !this.ended ? length + this.beyond(target.subarray(length)) : length;
  }

  private within(target: Uint8Array): number {
    const wanted = Math.min(target.length, this.to - this.position);
    const length = this.file.readInto(target.subarray(0, wanted), this.position);
    if (length > 0) this.lastByte = target[length - 1];
    this.position += length;
    // Less than was wanted: the file is at its end.
    this.ended = length < wanted || (this.position === this.to && this.lastByte === NEWLINE);
    return length;
  }

  /** The rest of the line that began before `to`. */
  private beyond(target: Uint8Array): number {
    const length = this.file.readInto(target.subarray(0, STEP), this.position);
    this.position += length;
    const newline = target.subarray(0, length).indexOf(NEWLINE);
    if (newline >= 0 || length === 0) this.ended = true;
    return newline >= 0 ? newline + 1 : length;
  }

  /** Leaves the line that began before `from` to the range before. */
  private begin(): void {
    this.begun = true;
    if (this.position === 0) return;
    const buffer = new Uint8Array(STEP);
    for (let at = this.position - 1; at < this.to;) {
      const length = this.file.readInto(buffer, at);
      if (length === 0) break;
      const newline = buffer.subarray(0, length).indexOf(NEWLINE);
      at += newline >= 0 ? newline + 1 : length;
      if (newline < 0) continue;
      this.start = at;
      this.position = at;
      this.ended = at >= this.to;
      return;
    }
    this.ended = true;
  }
}

/** Chunks of any size. With a signal, waiting for the next one ends when it is aborted: standard input may stay silent. */
export class StreamSource implements ByteSource {
  readonly start = 0;
  private readonly chunks: AsyncIterator<Uint8Array>;
  private chunk: Uint8Array = new Uint8Array(0);
  private abandon: () => void = () => undefined;
  private abandoned = false;
  private readonly signal: AbortSignal | undefined;

  constructor(chunks: AsyncIterable<Uint8Array>, signal?: AbortSignal) {
    this.chunks = chunks[Symbol.asyncIterator]();
    this.signal = signal;
    signal?.addEventListener('abort', () => this.abandon(), { once: true });
  }

  async fill(target: Uint8Array): Promise<number> {
    while (this.chunk.length === 0) {
      if (this.signal?.aborted) return 0;
      const next = await this.next();
      if (!next) return 0;
      this.chunk = next;
    }
    const length = Math.min(target.length, this.chunk.length);
    target.set(this.chunk.subarray(0, length));
    this.chunk = this.chunk.subarray(length);
    return length;
  }

  /** Lets go of the file. Not after an abandoned wait, which would have to end first. */
  async close(): Promise<void> {
    if (!this.abandoned) await this.chunks.return?.();
  }

  private next(): Promise<Uint8Array | undefined> {
    return new Promise((resolve, reject) => {
      this.abandon = () => {
        this.abandoned = true;
        resolve(undefined);
      };
      this.chunks.next().then((next) => resolve(next.done === true ? undefined : next.value), reject);
    });
  }
}
