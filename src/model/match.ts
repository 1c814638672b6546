import type { PartName } from './benchmark.js';
import type { Origin } from './document.js';
import type { RedactedText } from './redaction.js';
import type { Verdict } from './verdict.js';

/** Characters [start, end) in UTF-16 units of the original text. */
export type Span = readonly [start: number, end: number];

/** Which parts of the item the document holds, the worst first. */
export type MatchedPart = PartName | 'question+answer';

/** An item found in a document, at least `suspect`: one line of matches.jsonl. */
export interface Match {
  readonly benchmark: string;
  readonly item: string;
  readonly document: Origin;
  readonly verdict: Verdict;
  /** Why the verdict is not what coverage and evidence say by themselves; absent otherwise. */
  readonly reason?: string;
  readonly part: MatchedPart;
  /** Information-weighted share of the part that is aligned, 0 to 1. */
  readonly coverage: number;
  /** Bits: how surprising the aligned tokens are, less what the gaps cost. */
  readonly evidence: number;
  /** Tokens in the longest unbroken run. */
  readonly longestRun: number;
  /** Aligned stretches: characters of `itemText` and characters of the document's text. */
  readonly spans: readonly { readonly item: Span; readonly document: Span }[];
  /** The part's original text, whole. */
  readonly itemText: string;
  /** The document's original text around the match: characters [documentTextStart, …). */
  readonly documentText: string;
  /** Where `documentText` starts in the document's text, in UTF-16 units. */
  readonly documentTextStart: number;
  /** Where both texts were taken out of the report: what stands for them. The spans still count in the texts. */
  readonly redacted?: { readonly item: RedactedText; readonly document: RedactedText };
}
