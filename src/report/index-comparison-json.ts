import type { IndexComparison } from '../model/comparison.js';
import { containmentJson } from './compare-json.js';

/** The question that a comparison of indexes answers. */
export const WORDING_ASKED =
  'How much of the wording of one corpus is in another: the share of its distinct grams (8 words, or 13 code points of scripts without spaces)?';

/** report.json of indexes compared. */
export interface IndexComparisonJson extends IndexComparison {
  readonly schema: 'heldout-compare/1';
  readonly tool: { readonly name: 'heldout'; readonly version: string };
  readonly question: { readonly asked: string; readonly measure: 'containment'; readonly limits: readonly string[] };
}

export function indexComparisonJson(result: IndexComparison, version: string): IndexComparisonJson {
  const missing = result.sets.reduce((sum, { skipped, unread }) => sum + skipped + unread, 0);
  return {
    schema: 'heldout-compare/1',
    tool: { name: 'heldout', version },
    question: {
      asked: WORDING_ASKED,
      measure: 'containment',
      limits: [
        'Estimated from the grams that every index keeps. Which records share them is not said: an index has no text. "heldout compare" of the texts does.',
        ...(missing > 0 ? ['Not everything was read when the indexes were made: see skipped and unread.'] : []),
      ],
    },
    sets: result.sets,
    overlaps: result.overlaps.map(({ containment, chance, ...names }) => ({
      ...names,
      containment: containmentJson(containment),
      chance,
    })),
  };
}
