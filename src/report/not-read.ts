import type { NotRead, NotReadField } from '../model/input.js';
import { shown } from './escape.js';
import { count, counted } from './numbers.js';
import type { Style } from './style.js';

/** Fields named on the terminal. */
const NAMED = 6;

/** A field beside the text, of all files that have it. */
export interface FieldNotRead {
  readonly name: string;
  /** In which records, in words. */
  readonly where: string;
}

interface Counts {
  readonly name: string;
  files: number;
  records: number;
  sampled: number;
  /** In records behind those looked at, where those looked at have nothing. */
  readonly later: boolean;
}

/** Fields that could hold a question and were not read, those of most records first: what a result says nothing about. */
export function fieldsNotRead(files: readonly { readonly notRead?: NotRead }[]): FieldNotRead[] {
  const fields = new Map<string, Counts>();
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
  const found = [...fields.values()].sort((a, b) => b.records - a.records || (a.name < b.name ? -1 : 1));
  return found.map(({ name, files: n, records, sampled, later }) => {
    const where = later
      ? `${counted(records, 'record')}, none of those looked at beforehand`
      : `${count(records)} of ${counted(sampled, 'record')} looked at`;
    return { name, where: `in ${where} (${counted(n, 'file')})` };
  });
}

/** The same for the terminal. */
export function notReadLines(files: readonly { readonly notRead?: NotRead }[], look: Style): string[] {
  const found = fieldsNotRead(files);
  if (found.length === 0) return [];
  const lines = [
    look.paint('strong', 'Not read') + look.paint('faint', ' fields beside the text; --text-field names those to read'),
  ];
  for (const { name, where } of found.slice(0, NAMED)) lines.push(`  ${shown(name)}  ${where}`);
  if (found.length > NAMED) lines.push(look.paint('faint', `  and ${counted(found.length - NAMED, 'more field')}`));
  return lines;
}
