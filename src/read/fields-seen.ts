import { isBlank, isProse } from './prose.js';

/** A place in records where strings were seen. */
export interface SeenPath {
  /** Key path, `*` for the elements of an array. */
  readonly path: readonly string[];
  readonly dotted: string;
  /** Dotted, arrays left out: as a user would write it. */
  readonly plain: string;
  /** Strings seen, in UTF-16 units. */
  readonly characters: number;
  /** Records that have it. */
  readonly records: number;
  /** Records that have more there than spaces and punctuation. */
  readonly filled: number;
  /** Records that have there what could hold a question (read/prose.ts). */
  readonly prose: number;
}

export interface FieldsSeen {
  readonly strings: readonly SeenPath[];
  /** Every field, whatever it holds, as `plain`. */
  readonly all: ReadonlySet<string>;
}

/** How deep fields are looked for: deeper ones are data used as keys. */
const DEEPEST = 8;
/** Fields named in a message. */
const MOST_LISTED = 30;

/** The fields of some records, in the order they first appear. */
export function fieldsSeen(values: readonly unknown[]): FieldsSeen {
  const strings = new Map<string, Seen>();
  const all = new Set<string>();
  const walk = (value: unknown, path: readonly string[], record: number): void => {
    const plain = withoutStars(path);
    if (plain !== '') all.add(plain);
    if (typeof value === 'string') {
      const dotted = path.join('.');
      const found = strings.get(dotted) ?? newSeen(path);
      found.characters += value.length;
      found.records.add(record);
      if (!isBlank(value)) found.filled.add(record);
      if (isProse(value)) found.prose.add(record);
      strings.set(dotted, found);
    } else if (path.length < DEEPEST && typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) for (const element of value as unknown[]) walk(element, [...path, '*'], record);
      else for (const [key, child] of Object.entries(value)) walk(child, [...path, key], record);
    }
  };
  values.forEach((value, record) => walk(value, [], record));
  return {
    all,
    strings: [...strings].map(([dotted, found]) => ({
      path: found.path,
      dotted,
      plain: withoutStars(found.path),
      characters: found.characters,
      records: found.records.size,
      filled: found.filled.size,
      prose: found.prose.size,
    })),
  };
}

interface Seen {
  readonly path: readonly string[];
  characters: number;
  readonly records: Set<number>;
  readonly filled: Set<number>;
  readonly prose: Set<number>;
}

function newSeen(path: readonly string[]): Seen {
  return { path, characters: 0, records: new Set(), filled: new Set(), prose: new Set() };
}

function withoutStars(path: readonly string[]): string {
  return path.filter((step) => step !== '*').join('.');
}

/** For a message. */
export function listFields(seen: FieldsSeen): string {
  const names = [...seen.all];
  if (names.length === 0) return 'none';
  const listed = names.slice(0, MOST_LISTED).join(', ');
  return names.length > MOST_LISTED ? `${listed}, … (${names.length} in all)` : listed;
}
