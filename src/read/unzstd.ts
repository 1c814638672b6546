import { ZSTDDecoder } from 'zstddec/stream';
import { zstdUnits } from './zstd-frames.js';

/**
 * Zstandard, any number of frames. Node's own decoder stops silently after the first frame and Node 20 has none, hence
 * zstddec (WebAssembly). Its streaming call has two traps, both closed here:
 * - it ignores error codes and would try the same bytes for ever (or go on with garbage): it is fed one unit at a time,
 *   and a call that neither gives output nor takes the next unit means an error;
 * - it frees its memory only when it runs to its end: it is told there is no more input and run out.
 */
export async function* unzstd(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new ZSTDDecoder();
  await decoder.init();
  const units = zstdUnits(raw);
  const feed = new UnitFeed();
  const output = decoder.decodeStreaming(feed.units());
  let failed = false;
  try {
    let previousWasEmpty = false;
    for (;;) {
      if (feed.pending === undefined && !feed.ended) {
        const unit = await units.next();
        if (unit.done === true) feed.ended = true;
        else feed.pending = unit.value;
      }
      const waiting = feed.pending;
      const step = output.next();
      if (step.done === true) return;
      const progressed = feed.pending !== waiting || !previousWasEmpty;
      if (!progressed) {
        failed = true;
        throw new Error('a zstd block is damaged');
      }
      previousWasEmpty = step.value.length === 0;
      if (!previousWasEmpty) yield step.value;
    }
  } finally {
    await units.return(undefined);
    feed.pending = undefined;
    feed.ended = true;
    if (!failed) runOut(output);
  }
}

/** Hands over one unit a pull, so that the caller can tell whether the last one was used up. */
class UnitFeed {
  pending: Uint8Array | undefined;
  ended = false;

  *units(): Generator<Uint8Array> {
    while (this.pending !== undefined) {
      const unit = this.pending;
      this.pending = undefined;
      yield unit;
    }
  }
}

/** An early stop ends in the decoder's own "incomplete" complaint, which is not news. */
function runOut(output: Generator<Uint8Array>): void {
  try {
    while (output.next().done !== true);
  } catch {
    return;
  }
}
