import Bunzip from 'seek-bzip';
import { ByteQueue } from './byte-queue.js';

/** More than a bzip2 block can take up: 900,000 symbols of at most 20 bits, and its tables. */
const BLOCK_ROOM = 2_400_000;

/**
 * Bzip2, any number of streams, block by block. The decoder (seek-bzip, plain JavaScript) pulls its input synchronously,
 * so a whole block's worth of bytes is at hand before it is called: memory is a few megabytes whatever the file's size.
 */
export async function* unbzip2(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const queue = new ByteQueue(raw);
  try {
    while (await queue.has(1)) {
      const input = new BlockInput(queue);
      const output = new BlockOutput();
      await input.refill();
      const stream = new Bunzip(input, output);
      for (;;) {
        await input.refill();
        if (!stream._init_block()) break;
        stream._read_bunzip();
        yield output.take();
      }
      if (stream.reader.read(32) >>> 0 !== stream.streamCRC)
        throw new Error('the checksum of the bzip2 stream is wrong');
      input.release();
    }
  } finally {
    await queue.close();
  }
}

class BlockInput {
  readonly #queue: ByteQueue;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(queue: ByteQueue) {
    this.#queue = queue;
  }

  async refill(): Promise<void> {
    this.release();
    await this.#queue.has(BLOCK_ROOM);
    this.#bytes = this.#queue.held;
  }

  /** Gives back what was not read: the next stream starts at the next whole byte. */
  release(): void {
    this.#queue.drop(this.#at);
    this.#bytes = this.#queue.held;
    this.#at = 0;
  }

  readByte(): number {
    // The decoder would read on for ever past the end.
    if (this.#at >= this.#bytes.length) throw new Error('it is cut short: the bzip2 data stops too early');
    return this.#bytes[this.#at++];
  }

  read(target: Uint8Array, offset: number, length: number): number {
    for (let i = 0; i < length; i++) target[offset + i] = this.readByte();
    return length;
  }
}

class BlockOutput {
  #bytes = new Uint8Array(1 << 20);
  #size = 0;

  writeByte(byte: number): void {
    if (this.#size === this.#bytes.length) {
      const larger = new Uint8Array(this.#size * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#size++] = byte;
  }

  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#size);
    this.#size = 0;
    return bytes;
  }
}
