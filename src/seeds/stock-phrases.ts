import { PART_NAMES } from '../model/benchmark.js';
import type { Item } from '../model/benchmark.js';
import type { TextList } from './catalog.js';
import { keyAt, slotOf } from './family.js';
import type { Family } from './family.js';
import type { TextTokens } from './text-tokens.js';

/**
 * Questions that are no item's own: "Which of the following statements is true?" says nothing of which item stands there.
 * Told by the benchmarks themselves: several items of one benchmark ask just that and differ in the rest, or several other
 * texts hold it whole.
 */
const LEAST_OWNERS = 3;
const LEAST_HOLDERS = 4;

/** Longer ones are an item's own even if several share it (a passage has many questions). Tokens. */
const MOST_TOKENS = 16;

const QUESTION = PART_NAMES.indexOf('question');

/** 1 for each text that is a stock phrase. `sameAs`: for each text the first that has the same tokens. */
export function findStockPhrases(
  items: readonly Item[],
  list: TextList,
  tokens: TextTokens,
  sameAs: Uint32Array,
  family: Family,
): Uint8Array {
  const stock = new Uint8Array(list.texts.length);
  for (const text of repeatedQuestions(items, list, tokens, sameAs)) stock[text] = 1;
  for (const text of family.texts)
    if (lengthOf(tokens, text) <= MOST_TOKENS && holdersOf(tokens, family, text) >= LEAST_HOLDERS) stock[text] = 1;
  return stock;
}

function lengthOf({ textOffsets }: TextTokens, text: number): number {
  return textOffsets[text + 1] - textOffsets[text];
}

/** Short texts that are, word for word, the question of several items of one benchmark that differ in their other parts. */
function repeatedQuestions(items: readonly Item[], list: TextList, tokens: TextTokens, sameAs: Uint32Array): number[] {
  // By benchmark, by the first text that says the same.
  const asked = new Map<string, Map<number, { readonly text: number; readonly item: Item }[]>>();
  items.forEach((item, i) => {
    const own = list.partTexts.subarray(list.partOffsets[i], list.partOffsets[i + 1]);
    const question = list.partNames.subarray(list.partOffsets[i], list.partOffsets[i + 1]).indexOf(QUESTION);
    if (question < 0 || lengthOf(tokens, own[question]) > MOST_TOKENS) return;
    const text = own[question];
    const ofBenchmark = asked.get(item.benchmark) ?? new Map<number, { text: number; item: Item }[]>();
    asked.set(item.benchmark, ofBenchmark);
    const same = ofBenchmark.get(sameAs[text]);
    if (same) same.push({ text, item });
    else ofBenchmark.set(sameAs[text], [{ text, item }]);
  });
  const repeated = [...asked.values()].flatMap((ofBenchmark) => [...ofBenchmark.values()].filter(haveOtherRests));
  return repeated.flatMap((askers) => askers.map(({ text }) => text));
}

function haveOtherRests(askers: readonly { readonly item: Item }[]): boolean {
  if (askers.length < LEAST_OWNERS) return false;
  return new Set(askers.map(({ item }) => restOf(item))).size >= LEAST_OWNERS;
}

/** What an item says beside its question, in whichever order its choices stand. */
function restOf({ parts }: Item): string {
  const rest = parts.filter(({ name }) => name !== 'question');
  return rest.map(({ name, text }) => `${name}\n${text.split('\n').sort().join('\n')}`).join('\n');
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
