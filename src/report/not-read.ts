import type { NotRead } from '../model/input.js';
import { shown } from './escape.js';
import { count, counted } from './numbers.js';
import type { Style } from './style.js';

/** Fields named on the terminal. */
const NAMED = 6;

interface Field {
  readonly name: string;
  files: number;
  records: number;
  sampled: number;
}

/** Fields that could hold a question and were not read: what the scan says nothing about. */
export function notReadLines(files: readonly { readonly notRead?: NotRead }[], look: Style): string[] {
  const fields = new Map<string, Field>();
  for (const { notRead } of files)
    for (const { field: name, records } of notRead?.fields ?? []) {
      const known = fields.get(name) ?? { name, files: 0, records: 0, sampled: 0 };
      known.files += 1;
      known.records += records;
      known.sampled += notRead?.sampled ?? 0;
      fields.set(name, known);
    }
  if (fields.size === 0) return [];
  const found = [...fields.values()].sort((a, b) => b.records - a.records || (a.name < b.name ? -1 : 1));
  const lines = [
    look.paint('strong', 'Not read') + look.paint('faint', ' fields beside the text; --text-field names those to read'),
  ];
  for (const { name, files: n, records, sampled } of found.slice(0, NAMED))
    lines.push(
      `  ${shown(name)}  in ${count(records)} of ${counted(sampled, 'record')} looked at (${counted(n, 'file')})`,
    );
  if (found.length > NAMED) lines.push(look.paint('faint', `  and ${counted(found.length - NAMED, 'more field')}`));
  return lines;
}
