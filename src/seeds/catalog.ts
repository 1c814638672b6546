import { PART_NAMES } from '../model/benchmark.js';
import type { Item } from '../model/benchmark.js';
import type { Family } from './family.js';
import type { Figures } from './figures.js';

/**
 * The benchmarks as flat arrays that threads share: every distinct text once, whoever owns it, and which items own it.
 * A passage that five items quote is one text with five owners, so it is looked for, and explains a document, once.
 */
export interface Catalog {
  /** Tokens of text t are [textOffsets[t], textOffsets[t + 1]) of `hashes` and `weights`. */
  readonly textOffsets: Uint32Array;
  /** Low 32 bits of token hashes, and the tokens' bits. */
  readonly hashes: Uint32Array;
  readonly weights: Uint8Array;
  /** Owners of text t: items [ownerOffsets[t], ownerOffsets[t + 1]) of `owners`. */
  readonly ownerOffsets: Uint32Array;
  readonly owners: Uint32Array;
  /** Parts of item i: [partOffsets[i], partOffsets[i + 1]) of `partTexts` and `partNames` (index into PART_NAMES). */
  readonly partOffsets: Uint32Array;
  readonly partTexts: Uint32Array;
  readonly partNames: Uint8Array;
  /** 1 for a text with seeds enough to be found by. */
  readonly seeded: Uint8Array;
  /** The first text with the same tokens: benchmarks spell one question with other capitals and stops. */
  readonly sameAs: Uint32Array;
  /** 1 for a member of the family. */
  readonly poor: Uint8Array;
  readonly family: Family;
  readonly figures: Figures;
  /** 1 for a text that is no item's own (stock-phrases.ts). */
  readonly stock: Uint8Array;
  /** Token hashes of the numerals 0 to 9999, and pairs of a number word's and its numeral's. */
  readonly numerals: Uint32Array;
  readonly numberWords: Uint32Array;
}

/** Distinct texts of the items, in order of first appearance, and who owns which. */
export interface TextList {
  readonly texts: readonly string[];
  readonly partOffsets: Uint32Array;
  readonly partTexts: Uint32Array;
  readonly partNames: Uint8Array;
}

export function listTexts(items: readonly Item[]): TextList {
  const numbers = new Map<string, number>();
  const partOffsets = new Uint32Array(items.length + 1);
  const count = items.reduce((sum, item) => sum + item.parts.length, 0);
  const partTexts = new Uint32Array(count);
  const partNames = new Uint8Array(count);
  let at = 0;
  items.forEach((item, i) => {
    for (const part of item.parts) {
      let number = numbers.get(part.text);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(part.text, number);
      }
      partTexts[at] = number;
      partNames[at] = PART_NAMES.indexOf(part.name);
      at++;
    }
    partOffsets[i + 1] = at;
  });
  return { texts: [...numbers.keys()], partOffsets, partTexts, partNames };
}

/** Turns "item has texts" around to "text has owners"; an item that has a text twice owns it once. */
export function ownersOf(list: TextList): { ownerOffsets: Uint32Array; owners: Uint32Array } {
  const ownerOffsets = new Uint32Array(list.texts.length + 1);
  eachOwner(list, (text) => ownerOffsets[text + 1]++);
  for (let text = 0; text < list.texts.length; text++) ownerOffsets[text + 1] += ownerOffsets[text];
  const owners = new Uint32Array(ownerOffsets[list.texts.length]);
  const next = ownerOffsets.slice();
  eachOwner(list, (text, item) => (owners[next[text]++] = item));
  return { ownerOffsets, owners };
}

function eachOwner({ texts, partOffsets, partTexts }: TextList, use: (text: number, item: number) => void): void {
  const last = new Int32Array(texts.length).fill(-1);
  for (let item = 0; item + 1 < partOffsets.length; item++) {
    for (let p = partOffsets[item]; p < partOffsets[item + 1]; p++) {
      const text = partTexts[p];
      if (last[text] !== item) use(text, item);
      last[text] = item;
    }
  }
}
