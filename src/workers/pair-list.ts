import type { Pair, Place, PlacedText } from '../model/comparison.js';
import { jaccardOf } from '../neardup/jaccard.js';
import { beginning, KEPT_OF_SAME, KEPT_TEXT } from '../neardup/text-store.js';
import type { Confirmed } from '../neardup/search.js';
import type { TextStore } from '../neardup/text-store.js';
import type { Duplicate, Verdicts } from '../neardup/verdicts.js';

/** What pairs are told from, still by numbers. */
interface Found {
  readonly confirmed: Confirmed;
  readonly verdicts: Verdicts;
  readonly texts: TextStore;
}

/**
 * Pairs by names: near ones, which are to be looked at, then each record of the same text or words with its closest one.
 */
export function* pairsOf(found: Found, placeOf: (record: number, id: string | undefined) => Place): Generator<Pair> {
  const { confirmed, verdicts, texts } = found;
  const placed = (record: number, most: number): PlacedText => {
    const { id, text = '', textIsCut = false } = texts.shown(record) ?? {};
    return {
      ...placeOf(record, id),
      drop: verdicts.of(record)?.drop ?? false,
      text: beginning(text, most),
      textIsCut: textIsCut || text.length > most,
    };
  };
  for (let i = 0; i < confirmed.pairs.length; i++) {
    const [first, second, shared, a, b] = confirmed.pairs.at(i);
    yield {
      kind: 'near',
      cluster: verdicts.of(first)?.cluster ?? 0,
      jaccard: jaccardOf(shared, a, b),
      leftInRight: shared / a,
      rightInLeft: shared / b,
      left: placed(first, KEPT_TEXT),
      right: placed(second, KEPT_TEXT),
    };
  }
  for (const { record, like, kind, cluster } of identicalPairs(verdicts)) {
    const most = kind === 'exact' ? KEPT_OF_SAME : KEPT_TEXT;
    const [left, right] = [record, like].sort((a, b) => a - b).map((one) => placed(one, most));
    yield { kind, cluster, jaccard: 1, leftInRight: 1, rightInLeft: 1, left, right };
  }
}

/** Every record that has its words in another, with that one; two that are each other's are one pair. */
function* identicalPairs(verdicts: Verdicts): Generator<Duplicate> {
  for (const found of verdicts)
    if (found.kind !== 'near' && (found.like > found.record || verdicts.of(found.like)?.like !== found.record))
      yield found;
}
