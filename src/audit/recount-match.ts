import type { Match, Span } from '../model/match.js';
import type { Contradictions } from './contradictions.js';

/** How many tokens of a text begin in characters [start, end) of it. */
export type TokensIn = (text: string, span: Span) => number;

/** A longer text of a document is cut in a report (match/locate), and spans may lie behind the cut. */
const CUT_TEXT = 20_000;

/** Holds the spans of a match against its texts, or against their lengths where a report has no more than these. */
export function recountMatch(match: Match, where: string, tokensIn: TokensIn | undefined, found: Contradictions): void {
  const { spans, itemText, documentText, documentTextStart: first, redacted } = match;
  const [ofItem, ofDocument] = [
    redacted?.item.length ?? itemText.length,
    redacted?.document.length ?? documentText.length,
  ];
  if (spans.length === 0) found.add(`${where} it has no spans; a match has`);
  const last = ofDocument < CUT_TEXT ? first + ofDocument : Infinity;
  const strangers = spans.filter(({ item, document }) => !isIn(item, 0, ofItem) || !isIn(document, first, last));
  for (const { item, document } of strangers)
    found.add(
      `${where} the span [${item.join(', ')}] to [${document.join(', ')}] is not in its texts (${ofItem} characters of the item, ` +
        `${ofDocument} of the document from ${first} on)`,
    );
  if (!tokensIn || redacted || strangers.length > 0) return;
  const longest = spans.reduce((most, { item }) => Math.max(most, tokensIn(itemText, item)), 0);
  found.expect(`${where} longestRun`, match.longestRun, longest, 'its spans give');
}

function isIn([start, end]: Span, first: number, last: number): boolean {
  return Number.isSafeInteger(start) && Number.isSafeInteger(end) && first <= start && start < end && end <= last;
}
