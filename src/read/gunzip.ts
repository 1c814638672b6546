import { createGunzip, type Gunzip } from 'node:zlib';

/** Output bytes per step of the engine: with the default 16 kB Node's zlib runs at half its speed. */
const OUTPUT_CHUNK = 256 * 1024;

/** Input bytes per step: measured best, and it bounds what one step can blow up to. */
const INPUT_CHUNK = 64 * 1024;

/**
 * Gzip, any number of members. Written to piece by piece instead of piped, for two reasons: nothing is read ahead of
 * what is asked for, and a destroyed stream would drop the good bytes it still holds when damage is met. (Before damage
 * in the middle the engine itself keeps back less than OUTPUT_CHUNK of good bytes; a file cut short gives them all.)
 */
export async function* gunzip(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const engine = createGunzip({ chunkSize: OUTPUT_CHUNK });
  const run = new EngineRun(engine);
  let fed = 0;
  try {
    for await (const chunk of sliced(raw)) {
      // Zeros after the last member are padding (gzip itself allows them); the engine stops at the first zero.
      if (run.ended || engine.bytesWritten < fed) {
        refuseGarbage(chunk);
        continue;
      }
      fed += chunk.length;
      await run.write(chunk);
      yield* run.take();
      if (run.failure) throw run.failure;
      const unread = fed - engine.bytesWritten;
      if (unread > 0) refuseGarbage(chunk.subarray(chunk.length - unread));
    }
    await run.finish();
    yield* run.take();
    if (run.failure) throw run.failure;
  } finally {
    engine.destroy();
  }
}

async function* sliced(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of raw) {
    for (let at = 0; at < chunk.length; at += INPUT_CHUNK) yield chunk.subarray(at, at + INPUT_CHUNK);
  }
}

function refuseGarbage(rest: Uint8Array): void {
  if (rest.some((byte) => byte !== 0)) throw new Error('there are other bytes after the end of the gzip data');
}

/** What the engine has said so far; `failure` comes after the output that precedes it. */
class EngineRun {
  readonly #engine: Gunzip;
  #output: Uint8Array[] = [];
  #wake: () => void = () => undefined;
  failure: Error | undefined;
  ended = false;

  constructor(engine: Gunzip) {
    this.#engine = engine;
    engine.on('data', (piece: Uint8Array) => this.#output.push(piece));
    engine.on('error', (error: Error) => {
      this.failure = error;
      this.#wake();
    });
    engine.on('end', () => {
      this.ended = true;
      this.#wake();
    });
  }

  take(): Uint8Array[] {
    const output = this.#output;
    this.#output = [];
    return output;
  }

  write(chunk: Uint8Array): Promise<void> {
    return this.#until((done) => this.#engine.write(chunk, done));
  }

  async finish(): Promise<void> {
    if (this.ended || this.failure) return;
    await this.#until(() => this.#engine.end());
  }

  /** A failing engine calls neither the write's callback nor `end`, hence the shared wake-up. */
  #until(start: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      start(resolve);
    });
  }
}
