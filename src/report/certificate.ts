import type { IndexCertificate } from '../model/certificate.js';
import type { ItemResult, ScanResult } from '../model/result.js';
import { shown } from './escape.js';
import { prose } from './flow.js';
import { count, counted } from './numbers.js';
import type { Style } from './style.js';

/** Reasons named on the terminal; items.jsonl has each item's. */
const REASONS = 4;

/** What a scan of an index promises, in the words of a streaming scan's guarantee. */
export function indexGuarantee(index: IndexCertificate): {
  readonly method: 'index';
  readonly certainRun: number;
  readonly found: string;
  readonly clean: string;
  readonly index: IndexCertificate;
} {
  return {
    method: 'index',
    certainRun: index.words,
    found:
      `Every run of ${index.words} or more words that an item and an indexed document share is found, for certain, whatever ` +
      `the order and the way the index was built and merged in (${index.tokens} tokens where scripts without spaces are among ` +
      `them), up to case, punctuation, markup, escapes and look-alike letters. Hits that were confirmed were read again in the ` +
      `corpus and judged as a streaming scan judges them.`,
    clean:
      `Clean says that the corpus shares no run with the item that would be enough to be suspect. An item of which only shorter ` +
      `runs than ${index.words} words are left may be missed: a streaming scan finds more of these.`,
    index,
  };
}

/** The certificate, and what could not be confirmed. */
export function indexLines(result: ScanResult, look: Style, width: number): string[] {
  const { certificate } = result;
  if (!certificate) return [];
  const { path, id, words, lookUps, keysFound, keys, keyBits, blocksHit, blocksRead, blocksChanged } = certificate;
  const pieces = [
    `${shown(path)}, id ${id}`,
    `every shared run of ${words} words is found`,
    `${count(lookUps)} grams looked up among ${count(keys)} keys of ${keyBits} bits, ${count(keysFound)} keys found`,
    `false hits expected: ${rare(certificate.expectedFalseHits)} in all, ${rare(certificate.epsilonPerItem)} an item at most`,
    blocksHit > 0
      ? `${count(blocksRead)} of ${counted(blocksHit, 'block')} of 64 KB read again${blocksChanged > 0 ? `, ${count(blocksChanged)} changed since` : ''}`
      : 'nothing read again',
  ];
  const lines = [look.paint('strong', 'Index')];
  for (const text of pieces) lines.push(...prose(text, width, '  '));
  return [...lines, ...unconfirmed(result.items, look, width)];
}

function unconfirmed(items: readonly ItemResult[], look: Style, width: number): string[] {
  const reasons = new Map<string, number>();
  for (const { verdict, reason } of items)
    if (verdict === 'unconfirmed') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const ordered = [...reasons].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, REASONS);
  return ordered.flatMap(([reason, n]) =>
    prose(`${counted(n, 'item')} unconfirmed: ${shown(reason)}`, width, '  ').map((line) =>
      look.paint('suspect', line),
    ),
  );
}

/** A number that may be very small. */
function rare(n: number): string {
  return n === 0 || n >= 0.01 ? String(Number(n.toPrecision(2))) : n.toExponential(1);
}
