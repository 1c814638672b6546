import type { ItemResult } from '../model/result.js';
import type { Verdict } from '../model/verdict.js';
import { shown } from './escape.js';
import { counted } from './numbers.js';
import type { ReportJson } from './report-json.js';

/** Whether an id is the one that was asked for: as it is, or as it is shown, which is all that a person has of odd ones. */
export function isNamed(id: string, asked: string): boolean {
  return id === asked || shown(id) === asked;
}

/** Why an item has no match to show; `wanted`: of this verdict alone. */
export function withoutMatch(item: ItemResult, { totals, partial }: ReportJson, wanted: string | undefined): string {
  const says = `${shown(item.benchmark)} ${shown(item.item)} is ${item.verdict}: ${reasonOf(item, totals.documents, wanted)}.`;
  const parts = Object.entries(item.parts);
  const differ = new Set(parts.map(([, verdict]) => verdict)).size > 1;
  return (
    says +
    (differ ? ` By part: ${parts.map(([part, verdict]) => `${part} ${verdict}`).join(', ')}.` : '') +
    (partial ? ' The run was interrupted or limited: what is absent says nothing.' : '')
  );
}

function reasonOf({ verdict, reason, documents }: ItemResult, searched: number, wanted: string | undefined): string {
  if (wanted !== undefined && documents > 0) return `none of its matches is ${shown(wanted)}`;
  if (reason !== '') return shown(reason);
  return MEANING[verdict](searched);
}

const MEANING: Readonly<Record<Verdict, (searched: number) => string>> = {
  contaminated: () => 'its matches are not in this report',
  suspect: () => 'its matches are not in this report',
  unconfirmed: () => 'an index says that the corpus holds it, and the corpus could not be read to show where',
  clean: (searched) => `it was looked for in ${counted(searched, 'document')}, and no match is at least suspect`,
  unchecked: () => 'too little text of its own to look for',
};
