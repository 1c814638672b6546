import type { TextTokens } from './text-tokens.js';
import { needOf } from './gram-table.js';

/**
 * The texts that have too few grams to themselves to be found by them: items of one template, questions that differ by a
 * word. The core knows the family as one part, which tells it where any of them may stand; which of them it is, this
 * index tells: all grams of all members, with who has each.
 */
export interface Family {
  /** Text numbers of the members, ascending. */
  readonly texts: Uint32Array;
  /** The weight of seeds that makes each member a candidate. */
  readonly needs: Uint32Array;
  /** Keys of grams, open addressing, a power of two; 0 is an empty slot. */
  readonly keys: Uint32Array;
  /** Holders of the gram in slot s: entries [starts[s], starts[s + 1]). */
  readonly starts: Uint32Array;
  /** By entry: index of the member; index of the gram's last token in it; the gram's bits. */
  readonly members: Uint32Array;
  readonly ends: Uint16Array;
  readonly bits: Uint8Array;
  /** By member: where its anchor ends, the gram of its own that fewest others have: where that stands, the whole may. */
  readonly anchors: Uint16Array;
  /** By member: a hash of its tokens, to order members by what they say. */
  readonly digests: Uint32Array;
}

/**
 * A gram of more members than this is left out: looking at each would cost a document milliseconds, and as a rule they have
 * others. A member all of whose grams are such cannot be found, and is said to be unchecked.
 */
export const MOST_MEMBERS = 4096;

/** Longest member's tokens that have a number of their own (`ends`); templates are far shorter. */
const MOST_TOKENS = 0xffff;

/** Tokens of a gram that ends in a word, and in a code point of a script without spaces. */
const WORD_GRAM = 3;
const SINGLE_GRAM = 6;

/** Indexes the `poor` texts. `asked`: the seed weight that would make each text a candidate, if it has as much. */
export function buildFamily(tokens: TextTokens, poor: Uint8Array, asked: Uint32Array): Family {
  const texts = Uint32Array.from([...poor.keys()].filter((text) => poor[text] === 1));
  const slots = countGrams(tokens, texts);
  const starts = shared(slots.keys.length + 1);
  for (let slot = 0; slot < slots.keys.length; slot++)
    starts[slot + 1] = starts[slot] + (slots.counts[slot] > MOST_MEMBERS ? 0 : slots.counts[slot]);
  const size = starts[slots.keys.length];
  const members = shared(size);
  const ends = new Uint16Array(new SharedArrayBuffer(size * 2));
  const bits = new Uint8Array(new SharedArrayBuffer(size));
  const needs = shared(texts.length);
  const anchors = new Uint16Array(new SharedArrayBuffer(texts.length * 2));
  const digests = shared(texts.length);
  const next = starts.slice();
  texts.forEach((text, member) => {
    let posted = 0;
    let fewest = MOST_MEMBERS + 1;
    eachGram(tokens, text, (key, end, weight) => {
      digests[member] = Math.imul(digests[member] ^ key, 0x9e3779b1);
      const slot = slotOf(slots.keys, key);
      const holders = starts[slot + 1] - starts[slot];
      if (holders === 0) return;
      const at = next[slot]++;
      members[at] = member;
      ends[at] = end;
      bits[at] = weight;
      posted += weight;
      if (holders < fewest) anchors[member] = end;
      fewest = Math.min(fewest, holders);
    });
    needs[member] = needOf(asked[text], posted);
  });
  return { texts: sharedCopy(texts), needs, keys: slots.keys, starts, members, ends, bits, anchors, digests };
}

/** The key of the gram that ends with token `last`; 0 where the text has no such gram. */
export function keyAt(hashes: Uint32Array, last: number): number {
  const size = (hashes[last] & 1) === 1 ? SINGLE_GRAM : WORD_GRAM;
  if (last + 1 < size) return 0;
  let key = 0;
  for (let i = last + 1 - size; i <= last; i++) key = Math.imul((key << 11) ^ (key >>> 21) ^ hashes[i], 0x9e3779b1);
  return (key ^ (key >>> 15)) >>> 0 || 1;
}

/** The slot that holds the key, or the empty one where it would go. */
export function slotOf(keys: Uint32Array, key: number): number {
  const mask = keys.length - 1;
  let slot = key & mask;
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}

function countGrams(tokens: TextTokens, texts: Uint32Array): { keys: Uint32Array; counts: Uint32Array } {
  const most = texts.reduce((sum, text) => sum + tokens.textOffsets[text + 1] - tokens.textOffsets[text], 0);
  const keys = shared(2 ** Math.ceil(Math.log2(Math.max(16, most * 1.5))));
  const counts = new Uint32Array(keys.length);
  for (const text of texts) {
    eachGram(tokens, text, (key) => {
      const slot = slotOf(keys, key);
      keys[slot] = key;
      counts[slot]++;
    });
  }
  return { keys, counts };
}

function eachGram(tokens: TextTokens, text: number, use: (key: number, end: number, bits: number) => void): void {
  const from = tokens.textOffsets[text];
  const to = Math.min(tokens.textOffsets[text + 1], from + MOST_TOKENS);
  const hashes = tokens.hashes.subarray(from, to);
  const weights = tokens.weights.subarray(from, to);
  for (let end = 0; end < hashes.length; end++) {
    const key = keyAt(hashes, end);
    if (key === 0) continue;
    let bits = 0;
    for (let i = end + 1 - ((hashes[end] & 1) === 1 ? SINGLE_GRAM : WORD_GRAM); i <= end; i++) bits += weights[i];
    use(key, end, Math.min(bits, 255));
  }
}

function shared(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}

function sharedCopy(array: Uint32Array): Uint32Array {
  const copy = shared(array.length);
  copy.set(array);
  return copy;
}
