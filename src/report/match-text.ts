import type { Match } from '../model/match.js';
import type { RedactedText } from '../model/redaction.js';
import { count, counted } from './numbers.js';

/** The two texts of a match, or what stands for them where they were taken out. */
export function textsOf({ itemText, documentText, redacted }: Match): {
  readonly item: string;
  readonly document: string;
} {
  return redacted
    ? { item: redactedStandIn(redacted.item), document: redactedStandIn(redacted.document) }
    : { item: itemText, document: documentText };
}

/** What stands in a text's place where there are words. */
export function redactedStandIn({ hmac, length }: RedactedText): string {
  return `[redacted: ${counted(length, 'character')}, hmac-sha256 ${hmac}]`;
}

/** In a line: `312 characters (hmac 9f…)`. */
export function redactedLine(redacted: NonNullable<Match['redacted']>): string {
  const { item, document } = redacted;
  return `redacted: item of ${count(item.length)} characters ${item.hmac}, document's ${count(document.length)} ${document.hmac}`;
}
