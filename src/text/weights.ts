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
/** A code point of a script without spaces carries less than a word: common ones are listed, others get this. */
export const UNSEEN_SINGLE_BITS = 11;

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
  const size = 1 << Math.ceil(Math.log2(Math.max(16, count * 2)));
  const table = { keys: new Uint32Array(size), bits: new Uint8Array(size) };
  for (const group of groups) {
    for (const hash of group.hashes) {
      const slot = slotOf(table, hash);
      if (table.keys[slot] === 0) {
        table.keys[slot] = keyOf(hash);
        table.bits[slot] = group.bits;
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
