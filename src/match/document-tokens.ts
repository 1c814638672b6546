import type { HashCore, Segment, TokenList } from '../hashcore/hash-core.js';
import { CHECKPOINT_TOKENS } from '../hashcore/layout.js';
import { figuresOf } from '../seeds/figures.js';
import type { FigureList } from '../seeds/figures.js';

/** Documents up to this many tokens are listed whole; of longer ones, only stretches are. */
const WHOLE = 1 << 16;

/** A stretch of the document's tokens; `first` is the number of the first. */
export interface Stretch extends TokenList {
  readonly first: number;
}

/** Tokens of the document that the core scanned last, read again where they are wanted. */
export class DocumentTokens {
  readonly length: number;
  private readonly core: HashCore;
  private readonly json: boolean;
  private readonly segments: readonly Segment[];
  private whole: Stretch | undefined;

  constructor(core: HashCore, json: boolean) {
    this.core = core;
    this.json = json;
    this.length = core.core.documentTokens.value;
    this.segments = core.segments(json);
    // Checkpoints are read now: tokenizing again leaves them alone, another scan does not.
    if (this.length <= WHOLE) this.whole = this.read(0, this.length);
  }

  /** Tokens [from, to) of the document, cut to what there is. */
  stretch(from: number, to: number): Stretch {
    const first = Math.max(0, from);
    const last = Math.min(this.length, to);
    const list = this.whole ?? this.read(first, last);
    const skip = first - list.first;
    const length = Math.max(0, last - first);
    return {
      first,
      length,
      hashes: list.hashes.subarray(skip, skip + length),
      starts: list.starts.subarray(skip, skip + length),
      ends: list.ends.subarray(skip, skip + length),
    };
  }

  /** The figures among a stretch's tokens: which they are, and their signs. */
  figures({ length, starts, ends }: Stretch): FigureList {
    if (length === 0) return { places: [], signs: [] };
    const from = starts[0];
    return figuresOf(this.core.bytes(from, ends[length - 1] - from + 3), from, starts, ends);
  }

  private read(from: number, to: number): Stretch {
    const first = from - (from % CHECKPOINT_TOKENS);
    const start = this.core.checkpoint(first);
    const lists: TokenList[] = [];
    let count = 0;
    for (const segment of this.segments) {
      if (segment.end <= start || first + count >= to) continue;
      const list = this.core.tokens(Math.max(segment.start, start), segment.end, this.json, to - first - count);
      lists.push(list);
      count += list.length;
    }
    return {
      first,
      length: count,
      hashes: concatenate(lists.map((list) => list.hashes)),
      starts: concatenate(lists.map((list) => list.starts)),
      ends: concatenate(lists.map((list) => list.ends)),
    };
  }
}

function concatenate(lists: readonly Uint32Array[]): Uint32Array {
  if (lists.length === 1) return lists[0];
  const whole = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    whole.set(list, at);
    at += list.length;
  }
  return whole;
}
