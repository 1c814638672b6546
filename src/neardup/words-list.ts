import type { Scratch, ScratchFile } from './scratch.js';

/** Entries a page has: few, since many reads are of one entry far from the last. */
const PAGE = 256;
/** Pages of those on disk that are kept after they were read, each in the place that its number says. */
const KEPT_PAGES = 256;

/** A list of entries of up to six 32-bit words: appended to, read at any index; all but a few pages are on disk. */
export class WordsList {
  private readonly words: number;
  private readonly file: ScratchFile;
  private readonly page: Uint32Array;
  private stored = 0;
  private used = 0;
  private kept = new Uint32Array(0);
  private readonly keptNumbers = new Int32Array(KEPT_PAGES).fill(-1);

  constructor(scratch: Scratch, words: number) {
    this.file = scratch.file();
    this.words = words;
    this.page = new Uint32Array(PAGE * words);
  }

  get length(): number {
    return this.stored * PAGE + this.used;
  }

  /** As many words as an entry has; the others are left out. */
  append(a: number, b: number, c = 0, d = 0, e = 0, f = 0): void {
    const { page, words } = this;
    const at = this.used * words;
    page[at] = a;
    page[at + 1] = b;
    if (words > 2) page[at + 2] = c;
    if (words > 3) page[at + 3] = d;
    if (words > 4) page[at + 4] = e;
    if (words > 5) page[at + 5] = f;
    this.used++;
    if (this.used < PAGE) return;
    this.file.append(new Uint8Array(page.buffer));
    this.stored++;
    this.used = 0;
  }

  /** The words of an entry: a view, which the next entries may change. */
  at(index: number): Uint32Array {
    const from = this.load(index);
    return this.holder(index).subarray(from, from + this.words);
  }

  /** The first word of an entry: no view is made, of which a search would leave millions behind. */
  first(index: number): number {
    // Loading may make the room that it is read from.
    const from = this.load(index);
    return this.holder(index)[from];
  }

  /** Lets go of everything: nothing can be read any more. */
  close(): void {
    this.file.discard();
    this.kept = new Uint32Array(0);
  }

  /** What an entry is in once it is loaded. */
  private holder(index: number): Uint32Array {
    return Math.floor(index / PAGE) === this.stored ? this.page : this.kept;
  }

  /** Where in it the entry begins. */
  private load(index: number): number {
    const number = Math.floor(index / PAGE);
    const from = (index - number * PAGE) * this.words;
    if (number === this.stored) return from;
    const length = PAGE * this.words;
    if (this.kept.length === 0) this.kept = new Uint32Array(KEPT_PAGES * length);
    const place = number % KEPT_PAGES;
    if (this.keptNumbers[place] !== number) {
      this.file.read(bytesOf(this.kept, place * length, length), number * length * 4);
      this.keptNumbers[place] = number;
    }
    return place * length + from;
  }
}

/** A list whose entries begin with a number that rises, found again by it: one number in `PAGE` is in memory. */
export class SortedList {
  private readonly list: WordsList;
  private readonly firsts: number[] = [];

  constructor(scratch: Scratch, words: number) {
    this.list = new WordsList(scratch, words);
  }

  get length(): number {
    return this.list.length;
  }

  append(number: number, b: number, c = 0, d = 0, e = 0): void {
    if (this.list.length % PAGE === 0) this.firsts.push(number);
    this.list.append(number, b, c, d, e);
  }

  at(index: number): Uint32Array {
    return this.list.at(index);
  }

  find(number: number): Uint32Array | undefined {
    const page = lastWhere(this.firsts.length, (i) => this.firsts[i] <= number);
    if (page < 0) return undefined;
    const from = page * PAGE;
    const count = Math.min(PAGE, this.list.length - from);
    const entry = this.list.at(from + lastWhere(count, (i) => this.list.first(from + i) <= number));
    return entry[0] === number ? entry : undefined;
  }
}

/** The last of `count` indices that fits, where those that do come first; −1 for none. */
function lastWhere(count: number, fits: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (fits(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function bytesOf(words: Uint32Array, from: number, count: number): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset + from * 4, count * 4);
}
