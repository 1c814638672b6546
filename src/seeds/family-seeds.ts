import type { Candidate } from '../hashcore/hash-core.js';
import type { Catalog } from './catalog.js';
import { keyAt, slotOf } from './family.js';
import type { Family } from './family.js';

/** Bits that a member's weight drains by for every token, as in the core (hashcore/assembly/seeds.ts). */
const LEAK = 2;

/** Of members that are not there word for word, the best so many of each block of so many tokens are aligned. */
const BEST_OF_BLOCK = 16;
const BLOCK_TOKENS = 32;

/** A member with seeds enough; `last` moves on while it gathers, and `weight` is its most, reached at token `at`. */
interface Gathered {
  readonly member: number;
  readonly first: number;
  last: number;
  weight: number;
  at: number;
}

/**
 * Tells which members of the family stand in a stretch where the core saw the family: each that is there word for word,
 * and those whose seeds weigh most. One a thread.
 */
export class FamilySeeds {
  private readonly catalog: Catalog;
  private readonly family: Family;
  /** By member: in which stretch it was seen last, and there its last seed, its first, its weight, its candidate. */
  private readonly stretch: Uint32Array;
  private readonly last: Int32Array;
  private readonly first: Int32Array;
  private readonly weight: Int32Array;
  private readonly gathered: (Gathered | undefined)[];
  private number = 0;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
    this.family = catalog.family;
    const members = catalog.family.texts.length;
    this.stretch = new Uint32Array(members);
    this.last = new Int32Array(members);
    this.first = new Int32Array(members);
    this.weight = new Int32Array(members);
    this.gathered = new Array<Gathered | undefined>(members);
  }

  /** Members in the tokens of a stretch, whose first has the number `offset` in the document. */
  find(hashes: Uint32Array, offset: number): Candidate[] {
    const { family } = this;
    this.number++;
    const whole: Candidate[] = [];
    const gathered: Gathered[] = [];
    for (let token = 0; token < hashes.length; token++) {
      const key = keyAt(hashes, token);
      if (key === 0) continue;
      const slot = slotOf(family.keys, key);
      for (let entry = family.starts[slot]; entry < family.starts[slot + 1]; entry++) {
        const member = family.members[entry];
        if (this.isWhole(member, family.ends[entry], hashes, token)) whole.push(this.wholeAt(member, token + offset));
        this.gather(member, family.bits[entry], token, gathered);
      }
    }
    const best = this.bestOf(gathered).map(({ member, first, last }) => ({
      part: family.texts[member],
      first: first + offset,
      last: last + offset,
    }));
    return [...whole, ...best];
  }

  /** Whether the member ends with the gram that ends at `token`, and all of it stands before. */
  private isWhole(member: number, end: number, hashes: Uint32Array, token: number): boolean {
    const text = this.family.texts[member];
    const from = this.catalog.textOffsets[text];
    if (from + end + 1 !== this.catalog.textOffsets[text + 1] || token < end) return false;
    for (let i = end; i >= 0; i--) if (this.catalog.hashes[from + i] !== hashes[token - end + i]) return false;
    return true;
  }

  private wholeAt(member: number, token: number): Candidate {
    const text = this.family.texts[member];
    const { textOffsets } = this.catalog;
    return { part: text, first: token + 1 - (textOffsets[text + 1] - textOffsets[text]), last: token };
  }

  private gather(member: number, bits: number, token: number, gathered: Gathered[]): void {
    const drained = (token - this.last[member]) * LEAK;
    if (this.stretch[member] !== this.number || drained >= this.weight[member]) {
      this.stretch[member] = this.number;
      this.first[member] = token;
      this.weight[member] = 0;
      this.gathered[member] = undefined;
    } else {
      this.weight[member] -= drained;
    }
    this.last[member] = token;
    const weight = (this.weight[member] += bits);
    const before = this.gathered[member];
    if (before) {
      before.last = token;
      if (weight > before.weight) Object.assign(before, { weight, at: token });
    } else if (weight >= this.family.needs[member]) {
      const found = { member, first: this.first[member], last: token, weight, at: token };
      this.gathered[member] = found;
      gathered.push(found);
    }
  }

  /** Ties fall by what the members say, never by which was read first. */
  private bestOf(gathered: readonly Gathered[]): Gathered[] {
    const blocks = new Map<number, Gathered[]>();
    for (const found of gathered) {
      const block = Math.floor(found.at / BLOCK_TOKENS);
      const list = blocks.get(block);
      if (list) list.push(found);
      else blocks.set(block, [found]);
    }
    return [...blocks.values()].flatMap((list) =>
      list.sort((a, b) => b.weight - a.weight || this.byContent(a.member, b.member)).slice(0, BEST_OF_BLOCK),
    );
  }

  private byContent(a: number, b: number): number {
    return compareTexts(this.catalog, this.family.texts[a], this.family.texts[b]);
  }
}

/** Orders two texts by their tokens. */
export function compareTexts({ hashes, textOffsets }: Catalog, a: number, b: number): number {
  const lengths = [textOffsets[a + 1] - textOffsets[a], textOffsets[b + 1] - textOffsets[b]];
  for (let i = 0; i < lengths[0] && i < lengths[1]; i++) {
    const difference = hashes[textOffsets[a] + i] - hashes[textOffsets[b] + i];
    if (difference !== 0) return difference;
  }
  return lengths[0] - lengths[1];
}
