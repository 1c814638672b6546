import type { NotRead, NotReadField } from '../model/input.js';
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
  /** In records behind those looked at, where those looked at have nothing. */
  readonly later: boolean;
}

/** Fields that could hold a question and were not read: what the scan says nothing about. */
export function notReadLines(files: readonly { readonly notRead?: NotRead }[], look: Style): string[] {
  const fields = new Map<string, Field>();
  const add = ({ field: name, records }: NotReadField, sampled: number, later: boolean): void => {
    const key = `${later ? 'later' : 'first'} ${name}`;
    const known = fields.get(key) ?? { name, files: 0, records: 0, sampled: 0, later };
    known.files += 1;
    known.records += records;
    known.sampled += sampled;
    fields.set(key, known);
  };
  for (const { notRead } of files) {
    for (const field of notRead?.fields ?? []) add(field, notRead?.sampled ?? 0, false);
    for (const field of notRead?.later ?? []) add(field, 0, true);
  }
  if (fields.size === 0) return [];
  const found = [...fields.values()].sort((a, b) => b.records - a.records || (a.name < b.name ? -1 : 1));
  const lines = [
    look.paint('strong', 'Not read') + look.paint('faint', ' fields beside the text; --text-field names those to read'),
  ];
  for (const { name, files: n, records, sampled, later } of found.slice(0, NAMED)) {
    const where = later
      ? `${counted(records, 'record')}, none of those looked at beforehand`
      : `${count(records)} of ${counted(sampled, 'record')} looked at`;
    lines.push(`  ${shown(name)}  in ${where} (${counted(n, 'file')})`);
  }
  if (found.length > NAMED) lines.push(look.paint('faint', `  and ${counted(found.length - NAMED, 'more field')}`));
  return lines;
}
