/** A benchmark record, looked up by field names written any way: `question_stem`, `Question Stem`, `questionStem`. */
export class BenchmarkRecord {
  readonly #fields = new Map<string, { readonly name: string; readonly value: unknown }>();

  constructor(value: unknown, prefix = '') {
    if (!isObject(value)) return;
    for (const key of Object.keys(value)) {
      const plain = plainName(key);
      if (!this.#fields.has(plain)) this.#fields.set(plain, { name: prefix + key, value: value[key] });
    }
  }

  has(plain: string): boolean {
    return this.#fields.has(plain);
  }

  value(plain: string): unknown {
    return this.#fields.get(plain)?.value;
  }

  /** The field as it is written in the file. */
  name(plain: string): string {
    return this.#fields.get(plain)?.name ?? plain;
  }

  plainNames(): string[] {
    return [...this.#fields.keys()];
  }

  /** The object in a field, looked up the same way. */
  inside(plain: string): BenchmarkRecord {
    return new BenchmarkRecord(this.value(plain), `${this.name(plain)}.`);
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
