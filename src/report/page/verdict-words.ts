import { VERDICTS } from '../../model/verdict.js';

/** What a verdict says, in a sentence a reader of the page needs no manual for. */
export const VERDICT_MEANING: Readonly<Record<string, string>> = {
  contaminated: 'a document holds the item, whole or in large part',
  suspect: 'a document holds something of it that a person should look at',
  unconfirmed: 'an index says that a document holds it; the text was not at hand to confirm it',
  clean: 'no document that was read holds enough of it',
  unchecked: 'too little text to decide: neither clean nor contaminated',
};

/** Verdicts in the order they are shown, those of a report that this version does not know behind the others. */
export function verdictsIn(counts: Readonly<Record<string, number>>): string[] {
  const known: readonly string[] = VERDICTS;
  return [...known, ...Object.keys(counts).filter((name) => !known.includes(name))].filter((name) => name in counts);
}

/** A class name for any verdict: letters alone, whatever the file says. */
export function verdictClass(verdict: string): string {
  return `v-${verdict.replace(/[^a-z]/g, '')}`;
}
