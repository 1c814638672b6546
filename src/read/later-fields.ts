import type { NotReadField } from '../model/input.js';
import { plainOf } from './fields-seen.js';
import { MOST_NAMED } from './not-read.js';
import { isProse, PIECE, PROSE, proseWeight } from './prose.js';
import type { Reading } from './reading.js';
import { stepsOf, visitStrings } from './strings-in.js';

/** Fields that are counted apart. */
const MOST_COUNTED = 1000;
/** What stands for the name of a field that is itself a text. */
const TEXT_AS_KEY = '{key}';

/**
 * Text of a record that could hold a question, is not read, and was not named as such when the file was looked at: with its characters,
 * a field. Keys that are text themselves are among it. What the core takes for it (assembly/strangers.ts) is this or more.
 */
export function strangersOf(value: unknown, { read, told }: Reading): NotReadField[] {
  if (!told) return [];
  const found = new Map<string, { weight: number; characters: number }>();
  visitStrings(value, (text, path, isKey) => {
    const weight = proseWeight(text);
    if (weight < (isKey ? PROSE : PIECE) || (!isKey && read.has(stepsOf(path)))) return;
    const field = plainOf(isKey ? [...path, TEXT_AS_KEY] : path);
    if (told.has(field)) return;
    const sum = found.get(field) ?? { weight: 0, characters: 0 };
    found.set(field, { weight: sum.weight + weight, characters: sum.characters + text.length });
  });
  const prose = [...found].filter(([, { weight }]) => weight >= PROSE);
  return prose.map(([field, { characters }]) => ({ field, records: 1, characters }));
}

/** All strings of a record but those at fields that were named as not read; a key that is a text itself is one of them. */
export function wholeText(value: unknown, told: ReadonlySet<string>): string {
  const texts: string[] = [];
  visitStrings(value, (text, path, isKey) => {
    if (isKey ? isProse(text) : !told.has(plainOf(path))) texts.push(text);
  });
  return texts.join('\n');
}

/** Fields that hold strangers and are not read all the same: the user has named others. */
export class LaterFields {
  private readonly fields = new Map<string, { records: number; characters: number }>();

  add({ field, records, characters }: NotReadField): void {
    const name = this.fields.has(field) || this.fields.size < MOST_COUNTED ? field : '…';
    const sum = this.fields.get(name) ?? { records: 0, characters: 0 };
    this.fields.set(name, { records: sum.records + records, characters: sum.characters + characters });
  }

  /** All of them, in order of first appearance. */
  all(): NotReadField[] {
    return [...this.fields].map(([field, sums]) => ({ field, ...sums }));
  }

  /** Most characters first. */
  named(): readonly NotReadField[] {
    const fields = this.all().sort((a, b) => b.characters - a.characters || (a.field < b.field ? -1 : 1));
    return fields.slice(0, MOST_NAMED);
  }
}
