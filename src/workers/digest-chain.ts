import type { HashCore } from '../hashcore/hash-core.js';

/**
 * The digest of a plain file whose ranges several threads scan: it goes from range to range in their order, in memory that the
 * threads share, so that each byte is read once. Whoever has a range reads it, waits for its turn, digests it, and lets the next
 * one go on before it begins to scan. Ranges are begun in order, so the one waited for is always under way.
 */
export interface Chain {
  readonly shared: SharedArrayBuffer;
  /** The range's own number; the last one has the file's digest. */
  readonly number: number;
  readonly isLast: boolean;
}

/** {turn i32, 0, state of the digest (assembly/digest.ts)} */
const STATE_AT = 8;
const CHAIN_BYTES = STATE_AT + 72;

/** Instead of a turn: a range was not read to its end, so there is no digest. */
const BROKEN = -1;

/** Between two looks at whether everyone is to stop. */
const LOOK_MS = 50;

/** The chain through a file of so many ranges. */
export function chainOf(ranges: number): Chain[] {
  const shared = new SharedArrayBuffer(CHAIN_BYTES);
  return Array.from({ length: ranges }, (_, number) => ({ shared, number, isLast: number === ranges - 1 }));
}

/** One range's place in the chain of its file. */
export class ChainLink {
  private readonly core: HashCore;
  private readonly chain: Chain;
  private readonly stopped: () => boolean;
  private readonly turn: Int32Array;
  private isOver = false;

  constructor(core: HashCore, chain: Chain, stopped: () => boolean) {
    this.core = core;
    this.chain = chain;
    this.stopped = stopped;
    this.turn = new Int32Array(chain.shared, 0, 1);
  }

  /** Digests the range's next bytes, which stand in the core's memory; the first time, waits for the turn. */
  take(bytes: Uint8Array, isEnd: boolean): void {
    if (this.isOver) return;
    if (!this.waited()) this.leave(BROKEN);
    else {
      this.core.digestOn(new Uint8Array(this.chain.shared, STATE_AT), bytes);
      if (isEnd) this.leave(this.chain.number + 1);
    }
  }

  /** The range is done with: if it was not taken to its end, nobody is to wait for it. */
  close(): void {
    if (!this.isOver) this.leave(BROKEN);
  }

  /** Of the whole file; empty before all of its `bytes` have passed. */
  hex(bytes: number): string {
    if (!this.chain.isLast || Atomics.load(this.turn, 0) !== this.chain.number + 1) return '';
    return this.core.digestOf(new Uint8Array(this.chain.shared, STATE_AT), bytes);
  }

  private waited(): boolean {
    for (;;) {
      const turn = Atomics.load(this.turn, 0);
      if (turn === this.chain.number || turn === BROKEN) return turn !== BROKEN;
      if (this.stopped()) return false;
      Atomics.wait(this.turn, 0, turn, LOOK_MS);
    }
  }

  private leave(turn: number): void {
    this.isOver = true;
    Atomics.store(this.turn, 0, turn);
    Atomics.notify(this.turn, 0);
  }
}
