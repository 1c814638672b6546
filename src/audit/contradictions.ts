import { canonicalJson } from '../report/digest.js';

/** Contradictions that are kept in words; of a report that was edited throughout there may be one a line. */
const MOST = 200;
/** Characters of a value that are shown. */
const MOST_SHOWN = 120;

/** What a report says that does not go with the rest of what it says, a sentence each. */
export class Contradictions {
  readonly named: string[] = [];
  count = 0;
  /** What could not be counted again, in words. */
  readonly open: string[] = [];

  add(sentence: string): void {
    this.count++;
    if (this.named.length < MOST) this.named.push(sentence);
  }

  /** Says of every value in `counted` that `stated` has otherwise, by its path. `gives`: who counted it, `the items give`. */
  expect(path: string, stated: unknown, counted: unknown, gives: string): void {
    for (const { at, before, after } of differencesOf(stated, counted, path))
      this.add(`${at} is ${shortened(before)}; ${gives} ${shortened(after)}`);
  }
}

/** A value at a path that two JSON values have otherwise; undefined where one has none. */
export interface ValueDifference {
  readonly at: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Where two JSON values differ: the innermost members of objects and lists of the same length. The order of keys is no difference. */
export function differencesOf(before: unknown, after: unknown, path: string): ValueDifference[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  const [a, b] = [membersOf(before), membersOf(after)];
  const comparable =
    a && b && Array.isArray(before) === Array.isArray(after) && (!Array.isArray(before) || a.size === b.size);
  if (!comparable) return [{ at: path, before, after }];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) => {
    const inner = Array.isArray(before) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    return differencesOf(a.get(key), b.get(key), inner);
  });
}

function membersOf(value: unknown): Map<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

/** A value for a sentence. */
export function shortened(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = canonicalJson(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
