import type { Candidate } from '../hashcore/hash-core.js';
import type { Catalog } from './catalog.js';
import { keyAt, slotOf } from './family.js';
import type { Family } from './family.js';

/** Bits that a member's weight drains by for every token, as in the core (hashcore/assembly/seeds.ts). */
const LEAK = 2;

/** Of members that are not there word for word, the best so many of each block of so many tokens are aligned. */
const BEST_OF_BLOCK = 16;
const BLOCK_TOKENS = 32;

/**
 * Tells which members of the family stand in a stretch where the core saw the family: each that is there word for word,
 * and those whose seeds weigh most. One a thread; a stretch may have thousands of members, so nothing here is an object each.
 */
export class FamilySeeds {
  private readonly catalog: Catalog;
  private readonly family: Family;
  /** By member: in which stretch it was seen last, and there its last seed, its first, its weight, its run or NO_RUN. */
  private readonly stretch: Uint32Array;
  private readonly last: Int32Array;
  private readonly first: Int32Array;
  private readonly weight: Int32Array;
  private readonly run: Int32Array;
  private readonly runs = new Runs();
  private number = 0;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
    this.family = catalog.family;
    const members = catalog.family.texts.length;
    this.stretch = new Uint32Array(members);
    this.last = new Int32Array(members);
    this.first = new Int32Array(members);
    this.weight = new Int32Array(members);
    this.run = new Int32Array(members);
  }

  /** Members in the tokens of a stretch, whose first has the number `offset` in the document. */
  find(hashes: Uint32Array, offset: number): Candidate[] {
    const { family, runs } = this;
    this.number++;
    runs.count = 0;
    const found: Candidate[] = [];
    for (let token = 0; token < hashes.length; token++) {
      const key = keyAt(hashes, token);
      if (key === 0) continue;
      const slot = slotOf(family.keys, key);
      for (let entry = family.starts[slot]; entry < family.starts[slot + 1]; entry++) {
        const member = family.members[entry];
        const start = token - family.ends[entry];
        if (family.ends[entry] === family.anchors[member] && this.isWhole(member, hashes, start))
          found.push(this.wholeAt(member, start + offset));
        this.gather(member, family.bits[entry], token);
      }
    }
    for (const run of runs.best(family.digests))
      found.push({
        part: family.texts[runs.member[run]],
        first: runs.first[run] + offset,
        last: runs.last[run] + offset,
      });
    return found;
  }

  /** Whether all of the member's tokens stand in a row from `first` on. */
  private isWhole(member: number, hashes: Uint32Array, first: number): boolean {
    const { textOffsets, hashes: own } = this.catalog;
    const text = this.family.texts[member];
    const from = textOffsets[text];
    const length = textOffsets[text + 1] - from;
    if (first < 0 || first + length > hashes.length) return false;
    for (let i = 0; i < length; i++) if (own[from + i] !== hashes[first + i]) return false;
    return true;
  }

  private wholeAt(member: number, first: number): Candidate {
    const text = this.family.texts[member];
    const { textOffsets } = this.catalog;
    return { part: text, first, last: first + textOffsets[text + 1] - textOffsets[text] - 1 };
  }

  private gather(member: number, bits: number, token: number): void {
    const { runs } = this;
    const drained = (token - this.last[member]) * LEAK;
    if (this.stretch[member] !== this.number || drained >= this.weight[member]) {
      this.stretch[member] = this.number;
      this.first[member] = token;
      this.weight[member] = 0;
      this.run[member] = NO_RUN;
    } else {
      this.weight[member] -= drained;
    }
    this.last[member] = token;
    const weight = (this.weight[member] += bits);
    if (this.run[member] === NO_RUN && weight >= this.family.needs[member])
      this.run[member] = runs.add(member, this.first[member]);
    if (this.run[member] !== NO_RUN) runs.extend(this.run[member], token, weight);
  }
}

const NO_RUN = -1;

/** Runs of members with seeds enough: from their first seed to their last, and where they weighed most. */
class Runs {
  member = new Uint32Array(1024);
  first = new Uint32Array(1024);
  last = new Uint32Array(1024);
  count = 0;
  private weight = new Uint32Array(1024);
  private at = new Uint32Array(1024);

  add(member: number, first: number): number {
    if (this.count === this.member.length) this.grow();
    this.member[this.count] = member;
    this.first[this.count] = first;
    this.weight[this.count] = 0;
    return this.count++;
  }

  extend(run: number, token: number, weight: number): void {
    this.last[run] = token;
    if (weight <= this.weight[run]) return;
    this.weight[run] = weight;
    this.at[run] = token;
  }

  /** The best runs of each block. */
  best(digests: Uint32Array): number[] {
    const blocks = new Map<number, number[]>();
    for (let run = 0; run < this.count; run++) {
      const block = Math.floor(this.at[run] / BLOCK_TOKENS);
      const list = blocks.get(block);
      if (list) list.push(run);
      else blocks.set(block, [run]);
    }
    return [...blocks.values()].flatMap((list) => this.bestOfBlock(list, digests));
  }

  /** Ties fall by what the members say, never by which was read first; members that say the same go together. */
  private bestOfBlock(list: readonly number[], digests: Uint32Array): readonly number[] {
    if (list.length <= BEST_OF_BLOCK) return list;
    // Two numbers in one, exact below 2^53: a weight has 20 bits.
    const rank = (run: number): number => this.weight[run] * 2 ** 32 + digests[this.member[run]];
    const ranks = Float64Array.from(list, rank).sort();
    const least = ranks[ranks.length - BEST_OF_BLOCK];
    return list.filter((run) => rank(run) >= least);
  }

  private grow(): void {
    const grown = (array: Uint32Array): Uint32Array<ArrayBuffer> => {
      const larger = new Uint32Array(array.length * 2);
      larger.set(array);
      return larger;
    };
    this.member = grown(this.member);
    this.first = grown(this.first);
    this.last = grown(this.last);
    this.weight = grown(this.weight);
    this.at = grown(this.at);
  }
}

/** Orders two texts by their tokens. */
export function compareTexts(
  { hashes, textOffsets }: Pick<Catalog, 'hashes' | 'textOffsets'>,
  a: number,
  b: number,
): number {
  const lengths = [textOffsets[a + 1] - textOffsets[a], textOffsets[b + 1] - textOffsets[b]];
  for (let i = 0; i < lengths[0] && i < lengths[1]; i++) {
    const difference = hashes[textOffsets[a] + i] - hashes[textOffsets[b] + i];
    if (difference !== 0) return difference;
  }
  return lengths[0] - lengths[1];
}
