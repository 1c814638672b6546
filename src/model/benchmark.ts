/** The part of an item a text stands for. Parts are matched and judged separately. */
export type PartName = 'question' | 'choices' | 'answer' | 'passage' | 'code';

/** Parts in the order they are reported. */
export const PART_NAMES: readonly PartName[] = ['question', 'choices', 'answer', 'passage', 'code'];

export interface Part {
  readonly name: PartName;
  /** Original text; several choices are joined by a newline. */
  readonly text: string;
}

export interface Item {
  readonly benchmark: string;
  readonly id: string;
  readonly file: string;
  /** 1-based record number in `file`. */
  readonly record: number;
  /** At most one of each name, at least one; in PART_NAMES order. */
  readonly parts: readonly Part[];
}

/** Which field of a benchmark's records was taken for which part: `question` ← `["ctx"]`, … */
export type FieldMap = Readonly<Partial<Record<PartName | 'id', readonly string[]>>>;

export interface Benchmark {
  readonly name: string;
  readonly files: readonly string[];
  readonly fields: FieldMap;
  readonly items: readonly Item[];
  /** Records read, usable or not. */
  readonly records: number;
}
