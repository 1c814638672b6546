import type { Match } from '../model/match.js';
import { worse } from './worst.js';

/** What tells an item from all others of a report. */
export function itemKey({ benchmark, item }: { readonly benchmark: string; readonly item: string }): string {
  return JSON.stringify([benchmark, item]);
}

/** The matches of each item, by its key; the worst first. */
export function matchesByItem(matches: readonly Match[]): Map<string, Match[]> {
  const byItem = new Map<string, Match[]>();
  for (const match of matches) {
    const key = itemKey(match);
    const own = byItem.get(key);
    if (own) own.push(match);
    else byItem.set(key, [match]);
  }
  for (const own of byItem.values()) own.sort(worse);
  return byItem;
}
