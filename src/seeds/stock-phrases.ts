import { PART_NAMES } from '../model/benchmark.js';
import type { Item } from '../model/benchmark.js';
import type { TextList } from './catalog.js';
import { keyAt, slotOf } from './family.js';
import type { Family } from './family.js';
import type { TextTokens } from './text-tokens.js';

/**
 * Questions that are no item's own: "Which of the following statements is true?" says nothing of which item stands there.
 * Told by the benchmarks themselves: several items of one benchmark ask just that, or several other texts hold it whole.
 */
const LEAST_OWNERS = 3;
const LEAST_HOLDERS = 4;

/** Longer ones are an item's own even if several share it (a passage has many questions). Tokens. */
const MOST_TOKENS = 16;

const QUESTION = PART_NAMES.indexOf('question');

/** 1 for each text that is a stock phrase. */
export function findStockPhrases(
  items: readonly Item[],
  list: TextList,
  tokens: TextTokens,
  family: Family,
): Uint8Array {
  const stock = new Uint8Array(list.texts.length);
  for (const text of repeatedQuestions(items, list, tokens)) stock[text] = 1;
  for (const text of family.texts)
    if (lengthOf(tokens, text) <= MOST_TOKENS && holdersOf(tokens, family, text) >= LEAST_HOLDERS) stock[text] = 1;
  return stock;
}

function lengthOf({ textOffsets }: TextTokens, text: number): number {
  return textOffsets[text + 1] - textOffsets[text];
}

/** Short texts that are, word for word, the question of several items of one benchmark. */
function repeatedQuestions(items: readonly Item[], list: TextList, tokens: TextTokens): number[] {
  const asked = new Map<string, number[]>();
  items.forEach((item, i) => {
    for (let p = list.partOffsets[i]; p < list.partOffsets[i + 1]; p++) {
      const text = list.partTexts[p];
      if (list.partNames[p] !== QUESTION || lengthOf(tokens, text) > MOST_TOKENS) continue;
      const words = tokens.hashes.subarray(tokens.textOffsets[text], tokens.textOffsets[text + 1]).join(' ');
      const key = `${item.benchmark}\n${words}`;
      asked.set(key, [...(asked.get(key) ?? []), text]);
    }
  });
  return [...asked.values()].filter((texts) => texts.length >= LEAST_OWNERS).flat();
}

/** Other members of the family that hold the text whole, counted up to LEAST_HOLDERS. */
function holdersOf(tokens: TextTokens, family: Family, text: number): number {
  const hashes = tokens.hashes.subarray(tokens.textOffsets[text], tokens.textOffsets[text + 1]);
  const slot = slotOf(family.keys, keyAt(hashes, hashes.length - 1));
  const holders = new Set<number>();
  for (let entry = family.starts[slot]; entry < family.starts[slot + 1]; entry++) {
    const other = family.texts[family.members[entry]];
    if (other !== text && endsWith(tokens, other, family.ends[entry], hashes)) holders.add(other);
    if (holders.size === LEAST_HOLDERS) break;
  }
  return holders.size;
}

/** Whether the text's tokens up to `end` end with `hashes`. */
function endsWith(tokens: TextTokens, text: number, end: number, hashes: Uint32Array): boolean {
  const from = tokens.textOffsets[text] + end + 1 - hashes.length;
  if (end + 1 < hashes.length) return false;
  return hashes.every((hash, i) => tokens.hashes[from + i] === hash);
}
