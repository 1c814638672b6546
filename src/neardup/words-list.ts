import type { Scratch, ScratchFile } from './scratch.js';

/** Entries a page has. */
const PAGE = 2048;
/** Pages of those on disk that are kept after they were read. */
const RECENT = 64;

/** A list of entries of a few 32-bit words: appended to, read at any index; all but the last pages are on disk. */
export class WordsList {
  readonly words: number;
  private readonly file: ScratchFile;
  private readonly recent = new Map<number, Uint32Array>();
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
    if (this.recent.size >= RECENT)
      for (const oldest of this.recent.keys()) {
        this.recent.delete(oldest);
        break;
      }
    this.recent.set(number, page);
    return page;
  }
}
