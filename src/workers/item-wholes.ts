import type { Item, PartName } from '../model/benchmark.js';

/** Parts that a record of the same benchmark may hold together, each list in the order of a record. */
const TOGETHER: readonly (readonly PartName[])[] = [
  ['question'],
  ['question', 'choices'],
  ['question', 'answer'],
  ['question', 'choices', 'answer'],
  ['passage', 'question'],
  ['passage', 'question', 'choices'],
  ['passage', 'question', 'answer'],
  ['passage', 'question', 'choices', 'answer'],
  ['passage'],
  ['question', 'code'],
  ['code'],
];

/** An item as a record would hold it. */
export interface ItemWhole {
  readonly item: number;
  /** `question+answer` */
  readonly parts: string;
  readonly text: string;
}

/** All that an item may be in a record: its parts alone and together, as far as it has them. */
export function wholesOf(items: readonly Item[]): ItemWhole[] {
  return items.flatMap(({ parts }, item) =>
    TOGETHER.flatMap((names): ItemWhole[] => {
      const texts = names.map((name) => parts.find((part) => part.name === name)?.text);
      return texts.includes(undefined) ? [] : [{ item, parts: names.join('+'), text: texts.join('\n') }];
    }),
  );
}
