import type { NotRead, NotReadField, TextPaths } from '../model/input.js';
import type { FilePlan } from '../model/plan.js';
import { fieldsSeen } from './fields-seen.js';

/**
 * Fields named; records that use data as keys have any number. The core's walker has room for twice as many, and a record with
 * text at others is read whole.
 */
export const MOST_NAMED = 256;

/** Records looked at to find where the text is. */
export const SAMPLE = 100;

/** Fields of sampled records that could hold a question and are not at the paths; undefined where there are none. */
export function notReadOf(values: readonly unknown[], paths: TextPaths): NotRead | undefined {
  const read = new Set(paths.map((path) => path.join('.')));
  const fields = new Map<string, { records: number; characters: number }>();
  for (const { dotted, plain, prose, characters } of fieldsSeen(values).strings) {
    if (prose === 0 || read.has(dotted)) continue;
    const known = fields.get(plain);
    // Both `content` and `content[].text` may be there.
    fields.set(plain, { records: (known?.records ?? 0) + prose, characters: (known?.characters ?? 0) + characters });
  }
  if (fields.size === 0) return undefined;
  const named = [...fields].map(([field, counts]) => ({ field, ...counts }));
  named.sort((a, b) => b.characters - a.characters || (a.field < b.field ? -1 : 1));
  return { sampled: values.length, fields: named.slice(0, MOST_NAMED) };
}

/** What was not read of a file, now that all of it was: `later`, fields that only later records have. Empty where there is nothing. */
export function notReadIn({ notRead }: FilePlan, records: number, later: readonly NotReadField[]): NotRead {
  const known = notRead ?? { sampled: Math.min(SAMPLE, records), fields: [] };
  return later.length > 0 ? { ...known, later } : known;
}

/** As a report has it: absent where there is nothing. */
export function unlessEmpty(notRead: NotRead | undefined): { readonly notRead?: NotRead } {
  const isEmpty = notRead === undefined || (notRead.fields.length === 0 && (notRead.later ?? []).length === 0);
  return isEmpty ? {} : { notRead };
}
