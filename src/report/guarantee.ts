import type { IndexCertificate } from '../model/certificate.js';
import type { ScanResult } from '../model/result.js';
import { indexGuarantee } from './certificate.js';

/** A question of so many words, and so many bits, that stands whole in a document is always found (held by a property test). */
export const CERTAIN_RUN = 8;
export const CERTAIN_BITS = 70;

/** What a guarantee is made from. */
export type Guaranteed = Pick<ScanResult, 'certificate' | 'partial' | 'totals' | 'corpus' | 'items'>;

/** What a streaming scan promises, and what it does not: the certificate of a report. */
export interface Guarantee {
  readonly method: 'streaming' | 'index';
  readonly certainRun: number;
  readonly found: string;
  readonly clean: string;
  readonly limits: readonly string[];
  /** Of a scan of an index. */
  readonly index?: IndexCertificate;
}

export function guarantee(result: Guaranteed): Guarantee {
  if (result.certificate) return { ...indexGuarantee(result.certificate), limits: limits(result) };
  return {
    method: 'streaming',
    certainRun: CERTAIN_RUN,
    found:
      `Every document counted in totals.documents was compared as a whole with every item. A question of ${CERTAIN_RUN} or ` +
      `more ordinary words (${CERTAIN_BITS} bits of evidence) that stands whole in a document, word for word, is always found ` +
      `and contaminated, wherever it stands, however files are cut or compressed, and however many items differ from it by a word, up to case, ` +
      `punctuation, markup, escapes and look-alike letters. Parts of it and edited text are found when enough of it aligns. ` +
      `Items that cannot be told apart by their question are unchecked or told by their other parts; a text of fewer bits that ` +
      `six documents hold without its answer is a common phrase, and suspect.`,
    clean:
      'Clean says that no document read holds enough of the item to be suspect. It says nothing about paraphrase that shares ' +
      'no wording, or about documents that are not in this corpus.',
    limits: limits(result),
  };
}

function limits(result: Guaranteed): string[] {
  const found: string[] = [];
  if (result.partial)
    found.push('Partial: the run was interrupted or limited. What is reported is true; what is absent says nothing.');
  if (result.totals.skippedDocuments > 0 || result.totals.unreadableFiles > 0)
    found.push('Not everything was read: see skipped. What was left out was not compared.');
  if (result.corpus.some(({ notRead }) => notRead !== undefined))
    found.push('Records have fields beside their text that were not read: see notRead of the corpus files.');
  if (result.items.some((item) => item.verdict === 'unconfirmed'))
    found.push(
      'Unconfirmed items are in the index, but the corpus could not be read to see how much of them: they are neither clean nor contaminated.',
    );
  if (result.items.some((item) => item.verdict === 'unchecked'))
    found.push(
      'Unchecked items have too little text of their own to decide at these settings (each says why): they are neither clean ' +
        'nor contaminated.',
    );
  return found;
}
