import { joinBytes } from './byte-queue.js';
import { isJson } from './json-record.js';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** One line without its end. `bytes` is undefined where the line is longer than allowed. */
export interface Line {
  /** 1-based; blank lines count. */
  readonly line: number;
  /** Where the line starts in the decompressed file; after the byte-order mark, for the first. */
  readonly offset: number;
  readonly bytes: Uint8Array | undefined;
}

/**
 * Cuts byte chunks of any size into lines: `\n` or `\r\n`, a byte-order mark dropped, blank lines counted but not given.
 * A line over the limit is never gathered, so memory stays within the limit and one chunk.
 */
export class LineSplitter {
  readonly #maxBytes: number;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #tooLong = false;
  #line = 1;
  #lineStart = 0;
  #position = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Lines that end in this chunk. They are views of it: use them before its bytes change. */
  push(chunk: Uint8Array): Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, from);
      if (end < 0) break;
      this.#hold(chunk.subarray(from, end));
      this.#finish(lines);
      this.#position += 1;
      this.#lineStart = this.#position;
      from = end + 1;
    }
    this.#hold(chunk.subarray(from));
    return lines;
  }

  /** The last line, where no newline ends it. */
  end(): Line[] {
    const lines: Line[] = [];
    if (this.#heldBytes > 0 || this.#tooLong) this.#finish(lines);
    return lines;
  }

  #hold(piece: Uint8Array): void {
    this.#position += piece.length;
    if (this.#tooLong || piece.length === 0) return;
    this.#held.push(piece);
    this.#heldBytes += piece.length;
    // Room for a byte-order mark and a carriage return, which are not part of the line.
    if (this.#heldBytes <= this.#maxBytes + 4) return;
    this.#tooLong = true;
    this.#held = [];
    this.#heldBytes = 0;
  }

  #finish(lines: Line[]): void {
    const line = this.#line++;
    const whole = joinBytes(this.#held);
    const mark = line === 1 ? markLength(whole) : 0;
    const bytes = whole.subarray(mark, whole.at(-1) === RETURN ? whole.length - 1 : whole.length);
    const tooLong = this.#tooLong || bytes.length > this.#maxBytes;
    const offset = this.#lineStart + mark;
    this.#held = [];
    this.#heldBytes = 0;
    this.#tooLong = false;
    if (tooLong) lines.push({ line, offset, bytes: undefined });
    else if (!isBlank(bytes)) lines.push({ line, offset, bytes });
  }
}

/** Length of a UTF-8 byte-order mark at the start. */
export function markLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function isBlank(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== RETURN) return false;
  return true;
}

/**
 * The lines of a JSONL file, a batch for each chunk that ends any. Where reading fails part-way, the last line is given before
 * the failure if it is whole; a line that was cut is part of the damage.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line[]> {
  const splitter = new LineSplitter(maxBytes);
  let failure: { readonly cause: unknown } | undefined;
  try {
    for await (const chunk of chunks) {
      const lines = splitter.push(chunk);
      if (lines.length > 0) yield lines;
    }
  } catch (cause) {
    failure = { cause };
  }
  const last = splitter.end().filter(({ bytes }) => !failure || (bytes !== undefined && isJson(bytes)));
  if (last.length > 0) yield last;
  if (failure) throw failure.cause;
}
