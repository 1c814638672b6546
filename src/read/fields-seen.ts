import { isBlank, PIECE, PROSE, proseWeight } from './prose.js';
import { visitStrings } from './strings-in.js';

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
  /** Records that have there what could hold a question (read/prose.ts), in one string or in pieces. */
  readonly prose: number;
}

export interface FieldsSeen {
  readonly strings: readonly SeenPath[];
  /** Every field, whatever it holds, as `plain`. */
  readonly all: ReadonlySet<string>;
}

/** Fields named in a message. */
const MOST_LISTED = 30;

/** The fields of some records, in the order they first appear. */
export function fieldsSeen(values: readonly unknown[]): FieldsSeen {
  const strings = new Map<string, Seen>();
  const all = new Set<string>();
  values.forEach((value, record) =>
    visitStrings(value, (text, path, isKey) => {
      if (isKey) {
        all.add(plainOf([...path, text]));
        return;
      }
      const dotted = path.join('.');
      const found = strings.get(dotted) ?? newSeen(path);
      found.characters += text.length;
      found.records.add(record);
      if (!isBlank(text)) found.filled.add(record);
      const weight = proseWeight(text);
      if (weight >= PIECE) found.weights.set(record, (found.weights.get(record) ?? 0) + weight);
      strings.set(dotted, found);
    }),
  );
  return {
    all,
    strings: [...strings].map(([dotted, found]) => ({
      path: found.path,
      dotted,
      plain: plainOf(found.path),
      characters: found.characters,
      records: found.records.size,
      filled: found.filled.size,
      prose: [...found.weights.values()].filter((weight) => weight >= PROSE).length,
    })),
  };
}

interface Seen {
  readonly path: readonly string[];
  characters: number;
  readonly records: Set<number>;
  readonly filled: Set<number>;
  /** Of each record's strings there. */
  readonly weights: Map<number, number>;
}

function newSeen(path: readonly string[]): Seen {
  return { path: [...path], characters: 0, records: new Set(), filled: new Set(), weights: new Map() };
}

export function plainOf(path: readonly string[]): string {
  return path.filter((step) => step !== '*').join('.');
}

/** For a message. */
export function listFields(seen: FieldsSeen): string {
  const names = [...seen.all];
  if (names.length === 0) return 'none';
  const listed = names.slice(0, MOST_LISTED).join(', ');
  return names.length > MOST_LISTED ? `${listed}, … (${names.length} in all)` : listed;
}
