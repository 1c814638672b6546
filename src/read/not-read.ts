import type { NotRead, TextPaths } from '../model/input.js';
import { fieldsSeen } from './fields-seen.js';

/** Fields named; records that use data as keys have any number. */
export const MOST_NAMED = 50;

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
