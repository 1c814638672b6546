import type { PageData, RedactedTexts, TextEntry } from '../data-shape.js';
import { Blocks, parsedBlock } from './blocks.js';

/** Both texts of a match, and the runs they share. */
export interface MatchTexts {
  readonly item: string;
  readonly document: string;
  readonly documentStart: number;
  /** Item start, end, document start, end; one run behind another. */
  readonly runs: readonly number[];
  /** Where both texts were taken out of the report. */
  readonly redacted: RedactedTexts | undefined;
}

/** The data of the page, from its blocks: the columns at once, texts when they are asked for. */
export class ReportData {
  readonly data: PageData;
  private readonly itemTexts: Blocks<string>;
  private readonly documentTexts: Blocks<TextEntry>;
  private haystacks: readonly string[] | undefined;

  constructor() {
    this.data = parsedBlock('page-data') as PageData;
    this.itemTexts = new Blocks('item-texts', this.data.blockSize);
    this.documentTexts = new Blocks('texts', this.data.blockSize);
  }

  /** What a list shows of an item where figures of the best match are needed: that match, or −1. */
  bestMatch(item: number): number {
    const { firstMatch } = this.data.items;
    return firstMatch[item] < firstMatch[item + 1] ? firstMatch[item] : -1;
  }

  matchesOf(item: number): readonly [first: number, end: number] {
    const { firstMatch } = this.data.items;
    return [firstMatch[item], firstMatch[item + 1]];
  }

  documentId(match: number): string {
    const { matches, files } = this.data;
    const id = matches.id[match];
    return id === 0 ? `${files[matches.file[match]]}#${matches.record[match]}` : id;
  }

  /** Undefined where this page does not carry them. */
  texts(match: number): MatchTexts | undefined {
    const { itemText, text } = this.data.matches;
    if (text[match] < 0) return undefined;
    const [document, documentStart, runs, redacted] = this.documentTexts.at(text[match]);
    return { item: this.itemTexts.at(itemText[match]), document, documentStart, runs, redacted };
  }

  /** For each item what a filter looks in, lower case: its names, those of its documents, and its text. Made once. */
  searchable(): readonly string[] {
    this.haystacks ??= this.data.items.id.map((_, item) => this.haystack(item));
    return this.haystacks;
  }

  private haystack(item: number): string {
    const { items, matches, benchmarks, files, reasons } = this.data;
    const words = new Set([
      items.id[item],
      benchmarks[items.benchmark[item]],
      reasons[items.reason[item]],
      files[items.file[item]],
    ]);
    const [first, end] = this.matchesOf(item);
    for (let match = first; match < end; match++) {
      words.add(files[matches.file[match]]);
      const id = matches.id[match];
      if (id !== 0) words.add(id);
      if (matches.itemText[match] >= 0) words.add(this.itemTexts.at(matches.itemText[match]));
    }
    return [...words].join('\n').toLowerCase();
  }
}
