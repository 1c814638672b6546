import type { HashCore } from '../hashcore/hash-core.js';
import { isJson } from '../read/json-record.js';
import type { ByteSource } from './byte-source.js';

const NEWLINE = 10;
const RETURN = 13;
const MARK = [0xef, 0xbb, 0xbf];

/** Whole lines in the core's input buffer, [from, end) counted from its start; or one line that is over the limit. */
export type Window =
  | { readonly tooLong: false; readonly from: number; readonly end: number; readonly offset: number }
  | { readonly tooLong: true };

/**
 * Reads a source straight into the core's input buffer and gives it out in windows of whole lines. What is left of a line
 * moves to the front; the buffer grows with a long line up to the limit, and lines beyond that are never gathered.
 */
export class LineBuffer {
  private readonly core: HashCore;
  private readonly source: ByteSource;
  private readonly chunkBytes: number;
  private readonly maxLine: number;
  /** Bytes [at, filled) of the buffer are still to be given; `position` is the source's offset of byte 0. */
  private at = 0;
  private filled = 0;
  private position = 0;
  private ended = false;
  /** Why the source ended early. */
  private failure: { readonly cause: unknown } | undefined;
  private discarding = false;

  constructor(core: HashCore, source: ByteSource, chunkBytes: number, maxLine: number) {
    this.core = core;
    this.source = source;
    this.chunkBytes = chunkBytes;
    this.maxLine = maxLine;
  }

  /** Bytes of the input buffer in use: what comes behind them is free. */
  get used(): number {
    return this.filled;
  }

  /** The next window; the one before is no longer in the buffer then. A source that fails gives its last line first, if it is whole. */
  async next(): Promise<Window | undefined> {
    for (;;) {
      const rest = this.view().subarray(this.at, this.filled);
      const newline = this.discarding ? rest.indexOf(NEWLINE) : rest.lastIndexOf(NEWLINE);
      if (newline >= 0) return this.discarding ? this.endDiscarding(newline + 1) : this.cut(this.at + newline + 1);
      // One for a carriage return, three for a byte-order mark: these do not count, and are looked at when the line is whole.
      if (rest.length > this.maxLine + 4) this.discarding = true;
      if (this.discarding) this.at = this.filled;
      if (!this.ended) await this.refill();
      else if (this.discarding) return this.endDiscarding(0);
      else if (this.filled > this.at && !this.isCut(rest)) this.endLastLine();
      else if (this.failure) throw this.failure.cause;
      else return undefined;
    }
  }

  private view(): Uint8Array {
    return this.core.bytes(this.core.input, this.filled);
  }

  private endDiscarding(length: number): Window {
    this.discarding = false;
    this.at += length;
    return { tooLong: true };
  }

  /** The lines up to `end`, or as many as come before one that is too long. */
  private cut(end: number): Window {
    const bytes = this.view();
    if (this.position + this.at === 0 && MARK.every((byte, i) => bytes[i] === byte)) this.at = 3;
    const from = this.at;
    let to = end - from <= this.maxLine ? end : from;
    while (to < end) {
      const newline = bytes.indexOf(NEWLINE, to);
      const length = newline - to - (newline > to && bytes[newline - 1] === RETURN ? 1 : 0);
      if (length > this.maxLine) {
        if (to > from) break;
        this.at = newline + 1;
        return { tooLong: true };
      }
      to = newline + 1;
    }
    this.at = to;
    return { tooLong: false, from, end: to, offset: this.position + from };
  }

  private async refill(): Promise<void> {
    if (this.at > 0) {
      this.view().copyWithin(0, this.at);
      this.position += this.at;
      this.filled -= this.at;
      this.at = 0;
    }
    const needed = this.filled + this.chunkBytes;
    if (needed > this.core.inputCapacity) this.core.reserveInput(Math.max(needed, 2 * this.core.inputCapacity));
    const first = this.position + this.filled === 0;
    const length = await this.fill(this.core.bytes(this.core.input + this.filled, this.chunkBytes));
    // A range begins where its first line does.
    if (first) this.position = this.source.start;
    this.filled += length;
    this.ended = length === 0;
    this.core.terminate(this.filled);
  }

  private async fill(target: Uint8Array): Promise<number> {
    try {
      return await this.source.fill(target);
    } catch (cause) {
      this.failure = { cause };
      return 0;
    }
  }

  /** Damage may come right behind a line, or in it: half a record is no JSON. */
  private isCut(line: Uint8Array): boolean {
    return this.failure !== undefined && !isJson(line);
  }

  private endLastLine(): void {
    this.core.reserveInput(this.filled + 1);
    this.core.bytes(this.core.input + this.filled, 1)[0] = NEWLINE;
    this.filled++;
    this.core.terminate(this.filled);
  }
}
