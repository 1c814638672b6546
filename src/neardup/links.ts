import { BUCKETS, Buckets } from './buckets.js';
import type { Ranges } from './buckets.js';
import type { Scratch } from './scratch.js';

const NONE = 0xffffffff;

/** The clusters that reach into a range of records. */
export interface ClustersOfRange {
  readonly range: number;
  /** The number of a record's cluster, from 1, in the order in which clusters are first asked for. */
  readonly clusterOf: (record: number) => number;
}

/**
 * Records that hang together, of however many links: only one range of records is in memory at a time (after Sibeyn's
 * components in external memory). Downwards, what hangs together in a range is joined, and its links to lower records become
 * links from each of them to the lowest; upwards, each range is told by lower ones which clusters it has parts of.
 */
export class Links {
  private readonly ranges: Ranges;
  /** {higher, lower} by the higher one. */
  private readonly links: Buckets;
  /** {record, who wants to know its cluster} */
  private readonly questions: Buckets;
  /** {record, cluster} */
  private readonly answers: Buckets;

  constructor(scratch: Scratch, ranges: Ranges) {
    this.ranges = ranges;
    this.links = new Buckets(scratch, 2);
    this.questions = new Buckets(scratch, 2);
    this.answers = new Buckets(scratch, 2);
  }

  join(a: number, b: number): void {
    const higher = Math.max(a, b);
    this.links.add(this.ranges.of(higher), higher, Math.min(a, b));
  }

  /**
   * The clusters, range by range, each of which must be asked in the order of its records before the next one. Clusters that nobody
   * asks about have no number. To be called once, when all is joined.
   */
  *clusters(): Generator<ClustersOfRange> {
    const parts = new Parts(this.ranges.width);
    for (let range = BUCKETS - 1; range >= 0; range--) this.passDown(range, parts);
    const numbers = new Uint32Array(this.ranges.width);
    let clusters = 0;
    for (let range = 0; range < BUCKETS; range++) {
      const base = range * this.ranges.width;
      parts.join(base, this.links, range);
      numbers.fill(0);
      for (const some of this.answers.stretches(range))
        for (let i = 0; i < some.length; i += 2) numbers[some[i] - base] = some[i + 1];
      yield { range, clusterOf: (record) => (numbers[parts.find(record - base)] ||= ++clusters) };
      for (const some of this.questions.stretches(range))
        for (let i = 0; i < some.length; i += 2) {
          const number = numbers[parts.find(some[i] - base)];
          if (number > 0) this.answers.add(this.ranges.of(some[i + 1]), some[i + 1], number);
        }
    }
    for (const list of [this.links, this.questions, this.answers]) list.close();
  }

  private passDown(range: number, parts: Parts): void {
    const base = range * this.ranges.width;
    parts.join(base, this.links, range);
    for (const some of this.links.stretches(range))
      for (let i = 0; i < some.length; i += 2) {
        const lower = some[i + 1];
        if (lower >= base) continue;
        const lowest = parts.lowest[parts.find(some[i] - base)];
        if (lower !== lowest) this.join(lower, lowest);
      }
    for (let i = 0; i < this.ranges.width; i++)
      if (parts.lowest[i] !== NONE) this.questions.add(this.ranges.of(parts.lowest[i]), parts.lowest[i], base + i);
  }
}

/** Union-find over one range: who hangs together there, and with which lowest record outside. */
class Parts {
  /** Of the first of a part: the lowest record below the range that it has a link to, or NONE. */
  readonly lowest: Uint32Array;
  private readonly parents: Uint32Array;

  constructor(width: number) {
    this.lowest = new Uint32Array(width);
    this.parents = new Uint32Array(width);
  }

  join(base: number, links: Buckets, range: number): void {
    const { parents, lowest } = this;
    for (let i = 0; i < parents.length; i++) parents[i] = i;
    lowest.fill(NONE);
    for (const some of links.stretches(range))
      for (let i = 0; i < some.length; i += 2) if (some[i + 1] >= base) this.union(some[i] - base, some[i + 1] - base);
    for (const some of links.stretches(range))
      for (let i = 0; i < some.length; i += 2) {
        if (some[i + 1] >= base) continue;
        const first = this.find(some[i] - base);
        lowest[first] = Math.min(lowest[first], some[i + 1]);
      }
  }

  find(i: number): number {
    const { parents } = this;
    while (parents[i] !== i) {
      // Halves the way for whoever comes next.
      parents[i] = parents[parents[i]];
      i = parents[i];
    }
    return i;
  }

  /** The lower one stands for both. */
  private union(a: number, b: number): void {
    const first = this.find(a);
    const second = this.find(b);
    this.parents[Math.max(first, second)] = Math.min(first, second);
  }
}
