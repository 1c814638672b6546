import type { NotRead } from '../model/input.js';
import { fieldsSeen, type SeenPath } from './fields-seen.js';
import { MOST_NAMED } from './not-read.js';
import type { Reading } from './reading.js';

/** Keys that are kept; files with more use data as keys, and tell nothing by them. */
const MOST_KNOWN = 512;
/** Fields that are counted apart. */
const MOST_COUNTED = 1000;

type Field = NotRead['fields'][number];

/** Keys that some records have text at; undefined where there are too many to be names. */
export function knownKeysOf(seen: readonly SeenPath[]): readonly string[] | undefined {
  const keys = new Set(seen.filter(({ filled }) => filled > 0).map(({ path }) => keyOf(path) ?? ''));
  return keys.size > MOST_KNOWN ? undefined : [...keys];
}

/** Fields that could hold a question, are not read, and have a key that none of the records looked at beforehand has text at. */
export class LaterFields {
  private readonly fields = new Map<string, { records: number; characters: number }>();

  take(value: unknown, { known, read }: Reading): void {
    if (!known || !hasStranger(value, known)) return;
    const own = new Map<string, number>();
    for (const { dotted, plain, path, prose, characters } of fieldsSeen([value]).strings)
      if (prose > 0 && !read.has(dotted) && !known.has(keyOf(path) ?? ''))
        own.set(plain, (own.get(plain) ?? 0) + characters);
    for (const [field, characters] of own) this.add({ field, records: 1, characters });
  }

  add({ field, records, characters }: Field): void {
    const name = this.fields.has(field) || this.fields.size < MOST_COUNTED ? field : '…';
    const sum = this.fields.get(name) ?? { records: 0, characters: 0 };
    this.fields.set(name, { records: sum.records + records, characters: sum.characters + characters });
  }

  /** All of them, in order of first appearance. */
  all(): Field[] {
    return [...this.fields].map(([field, sums]) => ({ field, ...sums }));
  }

  /** Most characters first. */
  named(): readonly Field[] {
    const fields = this.all().sort((a, b) => b.characters - a.characters || (a.field < b.field ? -1 : 1));
    return fields.slice(0, MOST_NAMED);
  }
}

function hasStranger(value: unknown, known: ReadonlySet<string>, key?: string): boolean {
  if (typeof value === 'string') return key !== undefined && !known.has(key);
  if (Array.isArray(value)) return value.some((one) => hasStranger(one, known, key));
  if (typeof value !== 'object' || value === null) return false;
  for (const [name, child] of Object.entries(value)) if (hasStranger(child, known, name)) return true;
  return false;
}

function keyOf(path: readonly string[]): string | undefined {
  return path.findLast((step) => step !== '*');
}
