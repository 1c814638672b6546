import { Recent } from './recent.js';
import type { Scratch, ScratchFile } from './scratch.js';

/** Entries a page has: few, since many reads are of one entry far from the last. */
const PAGE = 256;
/** Pages of those on disk that are kept after they were read. */
const RECENT_PAGES = 512;

/** A list of entries of a few 32-bit words: appended to, read at any index; all but the last pages are on disk. */
export class WordsList {
  readonly words: number;
  private readonly file: ScratchFile;
  private readonly recent = new Recent<Uint32Array>(RECENT_PAGES);
  private page: Uint32Array;
  private stored = 0;
  private used = 0;

  constructor(scratch: Scratch, words: number) {
    this.file = scratch.file();
    this.words = words;
    this.page = new Uint32Array(PAGE * words);
  }

  get length(): number {
    return this.stored * PAGE + this.used;
  }

  append(entry: readonly number[]): void {
    this.page.set(entry, this.used * this.words);
    this.used++;
    if (this.used < PAGE) return;
    this.file.append(new Uint8Array(this.page.buffer));
    this.stored++;
    this.used = 0;
  }

  /** The words of an entry: a view, which the next entries may change. */
  at(index: number): Uint32Array {
    const number = Math.floor(index / PAGE);
    const page = number === this.stored ? this.page : this.load(number);
    const from = (index - number * PAGE) * this.words;
    return page.subarray(from, from + this.words);
  }

  private load(number: number): Uint32Array {
    const known = this.recent.get(number);
    if (known) return known;
    const page = new Uint32Array(PAGE * this.words);
    this.file.read(new Uint8Array(page.buffer), number * page.byteLength);
    this.recent.keep(number, page, 1);
    return page;
  }
}
