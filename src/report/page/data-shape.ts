/**
 * What the page's script is given: columns, a list a field, since a hundred thousand objects with the same keys take three
 * times the room. Numbers in the columns point into the lists of names.
 */
export interface PageData {
  readonly verdicts: readonly string[];
  readonly parts: readonly string[];
  readonly benchmarks: readonly string[];
  readonly reasons: readonly string[];
  readonly files: readonly string[];
  /** Verdicts of an item's parts, [name, verdict] each: one entry for each combination that occurs. */
  readonly partVerdicts: readonly (readonly (readonly [name: string, verdict: string])[])[];
  readonly items: ItemColumns;
  readonly matches: MatchColumns;
  /** Entries in a block of texts; blocks are `<script id="item-texts-0">` and so on. */
  readonly blockSize: number;
}

export interface ItemColumns {
  readonly id: readonly string[];
  readonly benchmark: readonly number[];
  readonly file: readonly number[];
  readonly record: readonly number[];
  readonly verdict: readonly number[];
  readonly reason: readonly number[];
  /** Of the best match; −1 without one. */
  readonly part: readonly number[];
  /** Ten-thousandths. */
  readonly coverage: readonly number[];
  /** Tenths of a bit. */
  readonly evidence: readonly number[];
  readonly documents: readonly number[];
  readonly parts: readonly number[];
  /** Its matches are [firstMatch[i], firstMatch[i + 1]), worst first. */
  readonly firstMatch: readonly number[];
}

export interface MatchColumns {
  readonly verdict: readonly number[];
  readonly reason: readonly number[];
  readonly part: readonly number[];
  readonly coverage: readonly number[];
  readonly evidence: readonly number[];
  readonly longestRun: readonly number[];
  readonly file: readonly number[];
  readonly record: readonly number[];
  readonly offset: readonly number[];
  /** The document's own id; 0 where it is `file#record`. */
  readonly id: readonly (string | 0)[];
  /** Which entry of the blocks `item-texts-…`; −1 where the text is not in this page. */
  readonly itemText: readonly number[];
  /** Which entry of the blocks `texts-…`; −1 where the text is not in this page. */
  readonly text: readonly number[];
}

/**
 * The document's text around the match, where it starts in the whole, and the runs: item start, end, document start, end. Last,
 * where the texts were taken out of the report, what stands for them.
 */
export type TextEntry = readonly [text: string, start: number, runs: readonly number[], redacted?: RedactedTexts];

export type RedactedTexts = readonly [
  itemHmac: string,
  itemLength: number,
  documentHmac: string,
  documentLength: number,
];
