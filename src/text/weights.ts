/**
 * How surprising a token is, in bits: −log2 of its share of all tokens in broad text of many languages, frozen in
 * profile-1/words.txt (scripts/build-weights.js says how it was counted). A token that is not in the list is as rare as the
 * rarest, so a word nobody counted weighs most.
 */
export interface WeightTable {
  /** Low 32 bits of the token hash; 0 is an empty slot. Open addressing, a power of two. */
  readonly keys: Uint32Array;
  readonly bits: Uint8Array;
}

/** Bits of a token that is not in the list, and the most that any token has. */
export const MAX_BITS = 18;
/**
 * A code point of a script without spaces says little given the one before it, and three or so make a word: its bits are
 * this share of what its count alone would give, and an unlisted one has UNSEEN_SINGLE_BITS.
 */
export const SINGLE_SHARE = 0.55;
export const UNSEEN_SINGLE_BITS = 7;

/**
 * Numbers say less than their rarity: lists count up, tables fill with them, templates change them. Bits by digits; longer
 * numbers are words like any other.
 */
const NUMERAL_BITS: readonly number[] = [5, 6, 7, 8];

/** Groups that go before the listed words. */
export function numeralGroups(): { bits: number; words: string }[] {
  return NUMERAL_BITS.map((bits, i) => {
    const least = i === 0 ? 0 : 10 ** i;
    return { bits, words: Array.from({ length: 10 ** (i + 1) - least }, (_, n) => least + n).join(' ') };
  });
}

/** One line of the list: `bits word word word …`. */
export function parseWords(text: string): { bits: number; words: string }[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const space = line.indexOf(' ');
      return { bits: Number(line.slice(0, space)), words: line.slice(space + 1) };
    });
}

/** Builds the table from token hashes (low 32 bits) that share a weight. */
export function buildWeights(groups: readonly { bits: number; hashes: Uint32Array }[]): WeightTable {
  const count = groups.reduce((sum, group) => sum + group.hashes.length, 0);
  const size = roomFor(count);
  const table = { keys: new Uint32Array(size), bits: new Uint8Array(size) };
  for (const group of groups) {
    for (const hash of group.hashes) {
      const slot = slotOf(table, hash);
      if (table.keys[slot] === 0) {
        table.keys[slot] = keyOf(hash);
        table.bits[slot] = hash & 1 ? Math.round(group.bits * SINGLE_SHARE) : group.bits;
      }
    }
  }
  return table;
}

/** The bits of one token, by the low 32 bits of its hash. */
export function bitsOf(table: WeightTable, hash: number): number {
  const slot = slotOf(table, hash);
  if (table.keys[slot] !== 0) return table.bits[slot];
  return hash & 1 ? UNSEEN_SINGLE_BITS : MAX_BITS;
}

/**
 * Bits of each token of each text; text t is [offsets[t], offsets[t + 1]) of `hashes` and of `weights`, which is filled. A
 * token's second occurrence in the text has half its bits, its third a third, and so on: a list of zeros is no evidence
 * however long.
 */
export function weigh(table: WeightTable, hashes: Uint32Array, offsets: Uint32Array, weights: Uint8Array): void {
  let longest = 0;
  for (let t = 0; t + 1 < offsets.length; t++) longest = Math.max(longest, offsets[t + 1] - offsets[t]);
  const seen = new Occurrences(longest);
  for (let t = 0; t + 1 < offsets.length; t++) {
    seen.begin(offsets[t + 1] - offsets[t]);
    for (let i = offsets[t]; i < offsets[t + 1]; i++) {
      const bits = bitsOf(table, hashes[i]) / seen.count(hashes[i]);
      weights[i] = Math.max(1, Math.round(bits));
    }
  }
}

/** Counts the tokens of one text after another: an open-addressing table that is never cleared, its slots being dated. */
class Occurrences {
  private readonly keys: Uint32Array;
  private readonly dates: Uint32Array;
  private readonly counts: Uint32Array;
  private date = 0;
  private mask = 0;

  /** `longest`: the most tokens that a text has. */
  constructor(longest: number) {
    const size = roomFor(longest);
    this.keys = new Uint32Array(size);
    this.dates = new Uint32Array(size);
    this.counts = new Uint32Array(size);
  }

  /** A text of so many tokens begins. Short ones use the first slots only, which then stay in the processor's cache. */
  begin(tokens: number): void {
    this.date++;
    this.mask = roomFor(tokens) - 1;
  }

  /** The how-manieth time this is that the text holds the token. */
  count(hash: number): number {
    const { keys, dates, counts, date, mask } = this;
    let slot = (hash >>> 1) & mask;
    while (dates[slot] === date && keys[slot] !== hash) slot = (slot + 1) & mask;
    if (dates[slot] === date) return ++counts[slot];
    keys[slot] = hash;
    dates[slot] = date;
    counts[slot] = 1;
    return 1;
  }
}

/** Slots for so many entries: a power of two, at most half of it used. */
function roomFor(entries: number): number {
  return 1 << (32 - Math.clz32(Math.max(16, entries * 2) - 1));
}

function keyOf(hash: number): number {
  return hash === 0 ? 2 : hash;
}

/** The slot that holds the hash, or the empty one where it would go. */
function slotOf(table: WeightTable, hash: number): number {
  const key = keyOf(hash);
  const mask = table.keys.length - 1;
  let slot = (key >>> 7) & mask;
  while (table.keys[slot] !== 0 && table.keys[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}
