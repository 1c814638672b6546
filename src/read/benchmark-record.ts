/**
 * The fields of the records of one file. Most records have the same ones, so what can be told by names alone is told once for all of
 * these: which field a plain name means, and which names of a list there are.
 */
export class RecordNames {
  readonly #all = new Map<string, FieldNames>();
  #last = new FieldNames([]);

  of(keys: readonly string[]): FieldNames {
    if (this.#last.areThose(keys)) return this.#last;
    // A length before each, as a name may hold any character.
    const together = keys.map((key) => `${key.length} ${key}`).join('');
    const known = this.#all.get(together) ?? new FieldNames(keys);
    this.#all.set(together, known);
    this.#last = known;
    return known;
  }
}

/** The names of a record's fields, by their plain form. */
export class FieldNames {
  readonly #keys: readonly string[];
  readonly #byPlain = new Map<string, string>();
  readonly #lists = new Map<readonly string[] | RegExp, readonly string[]>();

  constructor(keys: readonly string[]) {
    this.#keys = keys;
    for (const key of keys) {
      const plain = plainName(key);
      if (!this.#byPlain.has(plain)) this.#byPlain.set(plain, key);
    }
  }

  areThose(keys: readonly string[]): boolean {
    return keys.length === this.#keys.length && keys.every((key, i) => key === this.#keys[i]);
  }

  key(plain: string): string | undefined {
    return this.#byPlain.get(plain);
  }

  /** The plain names of a list, in its order, or those of a form that there are. */
  among(list: readonly string[] | RegExp): readonly string[] {
    let found = this.#lists.get(list);
    if (found === undefined) {
      found =
        list instanceof RegExp
          ? [...this.#byPlain.keys()].filter((plain) => list.test(plain))
          : list.filter((plain) => this.#byPlain.has(plain));
      this.#lists.set(list, found);
    }
    return found;
  }
}

/** A benchmark record, looked up by field names written any way: `question_stem`, `Question Stem`, `questionStem`. */
export class BenchmarkRecord {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #names: FieldNames;
  readonly #all: RecordNames;
  readonly #prefix: string;

  /** `names`: of the file that the record is from. */
  constructor(value: unknown, names: RecordNames, prefix = '') {
    this.#value = isObject(value) ? value : {};
    this.#names = names.of(Object.keys(this.#value));
    this.#all = names;
    this.#prefix = prefix;
  }

  value(plain: string): unknown {
    const key = this.#names.key(plain);
    return key === undefined ? undefined : this.#value[key];
  }

  /** The field as it is written in the file. */
  name(plain: string): string {
    const key = this.#names.key(plain);
    return key === undefined ? plain : this.#prefix + key;
  }

  /** Those of some plain names, or of a form of names, that the record has. */
  among(list: readonly string[] | RegExp): readonly string[] {
    return this.#names.among(list);
  }

  /** The object in a field, looked up the same way. */
  inside(plain: string): BenchmarkRecord {
    return new BenchmarkRecord(this.value(plain), this.#all, `${this.name(plain)}.`);
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lower case, letters and digits only. */
export function plainName(name: string): string {
  // Nearly all names are plain already, and there is one for every field of every record.
  if (/^[a-z0-9]*$/.test(name)) return name;
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The texts in a value, in order: strings, numbers, and those in lists and in the usual wrappers ({text}, {value}, …). */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (typeof value === 'number' && Number.isFinite(value)) return [String(value)];
  if (Array.isArray(value)) return (value as unknown[]).flatMap(textsIn);
  if (!isObject(value)) return [];
  for (const key of TEXT_KEYS) {
    const texts = textsIn(value[key]);
    if (texts.length > 0) return texts;
  }
  return [];
}

/** SQuAD answers (text), TriviaQA (value), DROP (spans), CoQA (input_text), HotpotQA (sentences), chat turns (content),
 * PubMedQA (contexts). */
const TEXT_KEYS = ['text', 'stem', 'value', 'spans', 'input_text', 'sentences', 'content', 'choices', 'contexts'];
