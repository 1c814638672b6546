/**
 * The figures of questions, in their order: what is left of a text that was translated or said in other words. The core
 * finds three or four of them in a row (hashcore/assembly/figures.ts); whose they are, this index tells. By member, a text with
 * figures enough: its figures [offsets[member], offsets[member + 1]).
 */
export interface Figures {
  /** Text numbers of the members, ascending. */
  readonly texts: Uint32Array;
  readonly offsets: Uint32Array;
  /** By figure: low half of its token's hash, which token of the text it is, its bits. */
  readonly hashes: Uint32Array;
  readonly places: Uint32Array;
  readonly bits: Uint8Array;
  readonly signs: Uint8Array;
  /** Keys of grams, open addressing, a power of two; 0 is an empty slot. */
  readonly keys: Uint32Array;
  /** Holders of the gram in slot s: entries [starts[s], starts[s + 1]): the member, and which of all figures is the gram's first. */
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
  readonly firsts: Uint32Array;
}

/** Texts with fewer figures than this cannot be told by them. */
export const LEAST_FIGURES = 3;
/** Figures of a gram: three, or four where three say too little. */
export const GRAM_SIZES = [3, 4] as const;
/** By size, a gram of fewer bits is anyone's … */
const LEAST_GRAM_BITS = { 3: 16, 4: 17 } as const;
/**
 * … and the more grams there are, the more documents hold one by chance, each of which is looked at again: beyond this many they
 * must be rarer, by as many steps of bits as it takes. 44,000 real items have 6,096; as many generated ones, full of numbers,
 * 39,866, which tripled the time of a scan (docs/PERFORMANCE.md).
 */
const MOST_GRAMS = 8192;
const RARER_BITS = 2;
/** … and one that reaches over fewer tokens is a list, an address, a version; the same as in hashcore/assembly/figures.ts. */
const LEAST_REACH = 6;
/** A gram of more members than this belongs to a template, whose members it does not tell apart. */
const MOST_HOLDERS = 16;

/** Texts with figures enough, and their figures: as in `Figures`, still growing (figure-reader.ts). */
export type FigureTexts = Readonly<
  Record<'texts' | 'offsets' | 'hashes' | 'places' | 'signs' | 'bits', readonly number[]>
>;

/** Indexes the figures of some texts, whose numbers ascend. */
export function buildFigures(found: FigureTexts): Figures {
  const bits = new Uint8Array(new SharedArrayBuffer(found.bits.length));
  bits.set(found.bits);
  const figures = {
    texts: sharedCopy(found.texts),
    offsets: sharedCopy(found.offsets),
    hashes: sharedCopy(found.hashes),
    places: sharedCopy(found.places),
    bits,
    signs: Uint8Array.from(found.signs),
  };
  return { ...figures, ...indexGrams(figures) };
}

/** Figures among some tokens: which of them, ascending, and the sign that each has: none, money or a share of a hundred. */
export interface FigureList {
  readonly places: readonly number[];
  readonly signs: readonly number[];
}

export const DOLLAR = 0x24;
export const PERCENT = 0x25;
const SPACE = 0x20;

/** Tokens that begin and end with a digit. `bytes` begin at address `from`, and go three beyond the last token. */
export function figuresOf(bytes: Uint8Array, from: number, starts: Uint32Array, ends: Uint32Array): FigureList {
  const places: number[] = [];
  const signs: number[] = [];
  for (let i = 0; i < starts.length; i++) {
    const [start, end] = [starts[i] - from, ends[i] - from];
    if (!isDigit(bytes[start]) || !isDigit(bytes[end - 1])) continue;
    places.push(i);
    signs.push(signOf(bytes, start, end));
  }
  return { places, signs };
}

/** A dollar sign before or behind, or a percent sign behind, a space between or none. */
export function signOf(bytes: Uint8Array, start: number, end: number): number {
  const before = bytes[start - 1] === SPACE ? bytes[start - 2] : bytes[start - 1];
  const behind = bytes[end] === SPACE ? bytes[end + 1] : bytes[end] === 0xc2 ? bytes[end + 2] : bytes[end];
  if (behind === PERCENT) return PERCENT;
  return before === DOLLAR || behind === DOLLAR ? DOLLAR : 0;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/**
 * Bits of each figure, from how often numbers of its form stand in technical text and in word problems, whichever is more:
 * 2 and 10 one in ten and one in twenty-five, two digits one in 80 to 250, round ones less. What follows from the figures
 * before it (1 2 3, 10 20 30, 2 4 8, the same again) says next to nothing.
 */
export function bitsOfFigures(values: readonly string[]): number[] {
  const seen = new Set<string>();
  return values.map((value, i) => {
    const again = seen.has(value);
    seen.add(value);
    if (follows(values, i)) return 1;
    const bits = bitsOfFigure(value);
    return again ? Math.ceil(bits / 2) : bits;
  });
}

function bitsOfFigure(value: string): number {
  if (value.startsWith('0')) return 3;
  if (value.length === 1) return 4;
  if (value.length === 2) return value.endsWith('0') ? 5 : 6;
  if (value.length === 3) return value.endsWith('00') ? 6 : /[05]$/.test(value) ? 7 : 9;
  if (value.length === 4) return /^(19|20)|000$/.test(value) ? 7 : value.endsWith('00') ? 8 : 11;
  return 12;
}

function follows(values: readonly string[], i: number): boolean {
  if (i === 0) return false;
  const [c, b] = [Number(values[i]), Number(values[i - 1])];
  if (c === b || c === b + 1) return true;
  if (i === 1) return false;
  const a = Number(values[i - 2]);
  return c - b === b - a || (a !== 0 && c * a === b * b);
}

type Lines = Pick<Figures, 'offsets' | 'hashes' | 'places' | 'bits'>;

function indexGrams(lines: Lines): Pick<Figures, 'keys' | 'starts' | 'members' | 'firsts'> {
  let rarer = 0;
  let held = heldGrams(lines, rarer);
  for (; held.length > MOST_GRAMS; held = heldGrams(lines, rarer)) rarer += RARER_BITS;
  const keys = shared(2 ** Math.ceil(Math.log2(Math.max(64, held.length * 4))));
  const starts = shared(keys.length + 1);
  for (const [key, count] of held) {
    const slot = slotOf(keys, key);
    keys[slot] = key;
    starts[slot + 1] = count;
  }
  for (let slot = 0; slot < keys.length; slot++) starts[slot + 1] += starts[slot];
  const members = shared(starts[keys.length]);
  const firsts = shared(starts[keys.length]);
  const next = starts.slice();
  eachGram(lines, rarer, (key, member, first) => {
    const slot = slotOf(keys, key);
    if (keys[slot] !== key) return;
    members[next[slot]] = member;
    firsts[next[slot]++] = first;
  });
  return { keys, starts, members, firsts };
}

/** Keys in the order in which they are first seen, each with how many hold it, where they are not too many. */
function heldGrams(lines: Lines, rarer: number): [key: number, count: number][] {
  // Open addressing, at most half of it used; a figure is the first of one gram at most.
  const keys = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(16, 2 * lines.hashes.length))));
  const counts = new Uint32Array(keys.length);
  const seen: number[] = [];
  eachGram(lines, rarer, (key) => {
    const slot = slotOf(keys, key);
    if (counts[slot]++ > 0) return;
    keys[slot] = key;
    seen.push(slot);
  });
  return seen
    .filter((slot) => counts[slot] <= MOST_HOLDERS)
    .map((slot): [key: number, count: number] => [keys[slot], counts[slot]]);
}

function eachGram(
  { offsets, hashes, places, bits }: Lines,
  rarer: number,
  use: (key: number, member: number, first: number) => void,
): void {
  for (let member = 0; member + 1 < offsets.length; member++) {
    for (let first = offsets[member]; first < offsets[member + 1]; first++) {
      for (const size of GRAM_SIZES) {
        const end = first + size;
        if (end > offsets[member + 1] || places[end - 1] - places[first] < LEAST_REACH) continue;
        if (bitsOf(bits, first, end) < LEAST_GRAM_BITS[size] + rarer) continue;
        use(figureKey(hashes, first, size), member, first);
        break;
      }
    }
  }
}

function bitsOf(bits: Uint8Array, first: number, end: number): number {
  let all = 0;
  for (let i = first; i < end; i++) all += bits[i];
  return all;
}

/** The key of the `size` figures from `first` on; the same as in hashcore/assembly/figures.ts. */
export function figureKey(hashes: ArrayLike<number>, first: number, size: number): number {
  let key = Math.imul(hashes[first], 0x9e3779b1);
  key = Math.imul(((key << 13) | (key >>> 19)) ^ hashes[first + 1], 0x85ebca6b);
  for (let i = first + 2; i < first + size; i++) {
    key = Math.imul(((key << 13) | (key >>> 19)) ^ hashes[i], 0xc2b2ae35);
    key ^= key >>> 15;
    key = key >>> 0 || 1;
  }
  return key;
}

/** The slot that holds the key, or the empty one where it would go. */
export function slotOf(keys: Uint32Array, key: number): number {
  const mask = keys.length - 1;
  let slot = key & mask;
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}

function shared(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}

function sharedCopy(values: readonly number[]): Uint32Array {
  const copy = shared(values.length);
  copy.set(values);
  return copy;
}
