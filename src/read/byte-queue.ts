/** Reads exact numbers of bytes from chunks of any size; pulls a chunk only when it is needed. */
export class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array(0);
  #ended = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Whether `count` more bytes are there. */
  async has(count: number): Promise<boolean> {
    if (this.#held.length >= count) return true;
    const pieces = [this.#held];
    let size = this.#held.length;
    while (size < count && !this.#ended) {
      const next = await this.#chunks.next();
      if (next.done === true) this.#ended = true;
      else {
        pieces.push(next.value);
        size += next.value.length;
      }
    }
    this.#held = joinBytes(pieces);
    return size >= count;
  }

  /** The next `count` bytes, left in place. `what` names the format for the message when they are missing. */
  async peek(count: number, what: string): Promise<Uint8Array> {
    if (!(await this.has(count))) throw new Error(`it is cut short: the ${what} stops too early`);
    return this.#held.subarray(0, count);
  }

  async take(count: number, what: string): Promise<Uint8Array> {
    const bytes = await this.peek(count, what);
    this.#held = this.#held.subarray(count);
    return bytes;
  }

  /** All bytes at hand, left in place. */
  get held(): Uint8Array {
    return this.#held;
  }

  /** Drops bytes at hand. */
  drop(count: number): void {
    this.#held = this.#held.subarray(count);
  }

  /** Lets the source close its file. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

/** One array of several; the array itself when there is only one. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const filled = pieces.filter((piece) => piece.length > 0);
  if (filled.length === 1) return filled[0];
  const joined = new Uint8Array(filled.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of filled) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
