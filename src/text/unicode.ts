/**
 * The per-code-point folding table of a text profile: what class each code point has for the
 * tokeniser and which code points it becomes. The table is data (`profile-1/unicode.txt`), so that
 * it does not drift with the Unicode version of the engine; this module only reads it.
 */

/** Breaks tokens; folds to nothing. */
export const CLASS_SEPARATOR = 0;
/** Part of a word. */
export const CLASS_WORD = 1;
/** A token of its own. */
export const CLASS_SINGLE = 2;
/** Removed without breaking a token. */
export const CLASS_IGNORED = 3;

/** Set in an entry whose low bits are an index into `expansions`. */
export const EXPANSION_FLAG = 1 << 23;
/** The folded code point of an entry, or its index into `expansions`. */
export const CODE_POINT_MASK = 0x1fffff;

const CLASS_SHIFT = 21;
const BLOCK_SHIFT = 7;
const BLOCK_SIZE = 1 << BLOCK_SHIFT;
const MAX_CODE_POINT = 0x10ffff;
const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const BLOCK_COUNT = (MAX_CODE_POINT + 1) >> BLOCK_SHIFT;

/**
 * A two-stage table: `blockIndex[cp >> 7]` is a block number and
 * `blocks[(block << 7) | (cp & 127)]` the entry. Bits 0–20 of an entry are the folded code point, or
 * with `EXPANSION_FLAG` an index into `expansions`, where a length and then that many code points
 * stand. Bits 21–22 are the class: that of the first folded code point. A few expansions continue
 * with the other class (㏠ is `1` and `日`), so each code point of an expansion is to be looked up for
 * its own class.
 */
export interface UnicodeTable {
  readonly blockIndex: Uint16Array;
  readonly blocks: Uint32Array;
  readonly expansions: Uint32Array;
}

/** The class of an entry of `blocks`. */
export function entryClass(entry: number): number {
  return (entry >>> CLASS_SHIFT) & 3;
}

/** The entry of a code point (0 to 0x10FFFF). */
export function lookup(table: UnicodeTable, codePoint: number): number {
  const block = table.blockIndex[codePoint >> BLOCK_SHIFT];
  return table.blocks[(block << BLOCK_SHIFT) | (codePoint & (BLOCK_SIZE - 1))];
}

/** What an entry folds to; empty for separators and ignored code points. */
export function entryFolding(table: UnicodeTable, entry: number): number[] {
  const value = entry & CODE_POINT_MASK;
  if ((entry & EXPANSION_FLAG) !== 0) {
    const length = table.expansions[value];
    return Array.from(table.expansions.subarray(value + 1, value + 1 + length));
  }
  const kind = entryClass(entry);
  return kind === CLASS_WORD || kind === CLASS_SINGLE ? [value] : [];
}

/** Reads the text of a profile's `unicode.txt`; its header describes the lines. */
export function parseUnicode(text: string): UnicodeTable {
  const input = new Scanner(text);
  const builder = new TableBuilder();
  let previous = -1;
  let entries = 0;
  while (!input.skip('end ')) {
    if (input.skip('#')) {
      input.skipLine();
      continue;
    }
    const first = input.hex();
    const last = input.skip('-') ? input.hex() : first;
    input.require(first > previous && last >= first && last <= MAX_CODE_POINT);
    input.require(input.skip(' '));
    const kind = input.hex();
    input.require(kind >= CLASS_WORD && kind <= CLASS_IGNORED);
    if (kind === CLASS_IGNORED) {
      builder.addIgnored(first, last);
    } else if (input.skip(' hangul')) {
      input.require(first === HANGUL_FIRST && last === HANGUL_LAST);
      builder.addHangul(kind);
    } else if (first === last && input.skip(' ')) {
      const folding = [input.hex()];
      while (input.skip(' ')) folding.push(input.hex());
      builder.addFolding(first, kind, folding);
    } else {
      const delta = input.skip(' +') ? input.hex() : input.skip(' -') ? -input.hex() : 0;
      input.require(first + delta >= 0 && last + delta <= MAX_CODE_POINT);
      builder.addRun(first, last, kind, delta);
    }
    input.require(input.skip('\n'));
    previous = last;
    entries++;
  }
  input.require(input.hex() === entries);
  return builder.build();
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  skip(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  skipLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end + 1;
  }

  /** A hexadecimal number in capitals, at most a code point. */
  hex(): number {
    const start = this.#at;
    let value = 0;
    for (; ; this.#at++) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit >= 0x30 && unit <= 0x39) value = value * 16 + unit - 0x30;
      else if (unit >= 0x41 && unit <= 0x46) value = value * 16 + unit - 0x37;
      else break;
    }
    this.require(this.#at > start && value <= MAX_CODE_POINT);
    return value;
  }

  require(condition: boolean): void {
    if (condition) return;
    const line = this.#text.slice(0, this.#at).split('\n').length;
    throw new Error(`unicode table: line ${line} cannot be read`);
  }
}

class TableBuilder {
  readonly #blockIndex = new Uint16Array(BLOCK_COUNT);
  /** The first block is that of the code points that no line names; the rest in order of need. */
  #blocks = new Uint32Array(BLOCK_SIZE << 11);
  #blocksLength = BLOCK_SIZE;
  #expansions = new Uint32Array(1 << 16);
  #expansionsLength = 0;

  addRun(first: number, last: number, kind: number, delta: number): void {
    this.#fill(first, last, (kind << CLASS_SHIFT) + first + delta, 1);
  }

  addIgnored(first: number, last: number): void {
    this.#fill(first, last, CLASS_IGNORED << CLASS_SHIFT, 0);
  }

  addFolding(cp: number, kind: number, folding: readonly number[]): void {
    if (folding.length === 1) {
      this.addRun(cp, cp, kind, folding[0] - cp);
      return;
    }
    const index = this.#expansionsLength;
    this.#push(folding.length);
    for (const part of folding) this.#push(part);
    this.#fill(cp, cp, (kind << CLASS_SHIFT) | EXPANSION_FLAG | index, 0);
  }

  /** Every syllable, as in the Unicode Standard, section 3.12; the first "trailing" jamo is none. */
  addHangul(kind: number): void {
    const bits = (kind << CLASS_SHIFT) | EXPANSION_FLAG;
    let cp = HANGUL_FIRST;
    for (let lead = 0x1100; lead <= 0x1112; lead++) {
      for (let vowel = 0x1161; vowel <= 0x1175; vowel++) {
        let index = this.#expansionsLength;
        this.#push(2);
        this.#push(lead);
        this.#push(vowel);
        this.#fill(cp, cp, bits | index, 0);
        cp++;
        index = this.#expansionsLength;
        for (let trail = 0x11a8; trail <= 0x11c2; trail++) {
          this.#push(3);
          this.#push(lead);
          this.#push(vowel);
          this.#push(trail);
        }
        this.#fill(cp, cp + 26, bits | index, 4);
        cp += 27;
      }
    }
  }

  build(): UnicodeTable {
    this.#shareBlocks();
    return {
      blockIndex: this.#blockIndex,
      blocks: this.#blocks.slice(0, this.#blocksLength),
      expansions: this.#expansions.slice(0, this.#expansionsLength),
    };
  }

  /** Entries hold absolute code points, so only blocks of one repeated entry can be alike. */
  #shareBlocks(): void {
    const uniform = new Map<number, number>();
    const moved = new Uint16Array(this.#blocksLength >> BLOCK_SHIFT);
    let kept = BLOCK_SIZE;
    for (let from = BLOCK_SIZE; from < this.#blocksLength; from += BLOCK_SIZE) {
      const entry = this.#blocks[from];
      let i = 1;
      while (i < BLOCK_SIZE && this.#blocks[from + i] === entry) i++;
      let block = i === BLOCK_SIZE ? uniform.get(entry) : undefined;
      if (block === undefined) {
        block = kept >> BLOCK_SHIFT;
        if (i === BLOCK_SIZE) uniform.set(entry, block);
        this.#blocks.copyWithin(kept, from, from + BLOCK_SIZE);
        kept += BLOCK_SIZE;
      }
      moved[from >> BLOCK_SHIFT] = block;
    }
    for (let i = 0; i < BLOCK_COUNT; i++) this.#blockIndex[i] = moved[this.#blockIndex[i]];
    this.#blocksLength = kept;
  }

  /** Gives the code points of a range the entries `entry`, `entry + step`, … */
  #fill(first: number, last: number, entry: number, step: number): void {
    let cp = first;
    let next = entry;
    while (cp <= last) {
      const offset = this.#blockOf(cp);
      const blocks = this.#blocks;
      const end = Math.min(last, cp | (BLOCK_SIZE - 1));
      for (; cp <= end; cp++, next += step) blocks[offset | (cp & (BLOCK_SIZE - 1))] = next;
    }
  }

  /** Where the block of a code point starts; makes the block when there is none yet. */
  #blockOf(cp: number): number {
    const number = cp >> BLOCK_SHIFT;
    if (this.#blockIndex[number] === 0) {
      this.#blocks = withRoom(this.#blocks, this.#blocksLength + BLOCK_SIZE);
      this.#blockIndex[number] = this.#blocksLength >> BLOCK_SHIFT;
      this.#blocksLength += BLOCK_SIZE;
    }
    return this.#blockIndex[number] << BLOCK_SHIFT;
  }

  #push(value: number): void {
    this.#expansions = withRoom(this.#expansions, this.#expansionsLength + 1);
    this.#expansions[this.#expansionsLength++] = value;
  }
}

/** The same array, or when it is too short a longer copy. */
function withRoom(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
