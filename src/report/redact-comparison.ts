import type { ClusterSummary, CompareResult, DuplicateRecord, Pair, Place, PlacedText } from '../model/comparison.js';
import type { Comparison } from './comparison.js';
import { mapped } from './mapped.js';
import type { Redactor } from './redact.js';

// Of every set: a near-duplicate tells the text of a secret record, whichever set it stands in.

/** A comparison's result that holds no text. */
export function redactedResult(result: CompareResult, redactor: Redactor): CompareResult {
  return {
    ...result,
    redaction: redactor.redaction,
    settings: redactor.names(result.settings),
    sets: redactor.names(result.sets),
    files: redactor.names(result.files),
    overlaps: redactor.names(result.overlaps),
    skips: result.skips.map(({ examples, ...skip }) => ({
      ...skip,
      examples: examples.map((one) => redactor.skip(one)),
    })),
    ...redactedLists(result, redactor),
  };
}

/** The same of one that was read again; fields of report.json that are not known are kept where they hold no text. */
export function redactedComparison({ report, ...lists }: Comparison, redactor: Redactor): Comparison {
  const { schema, tool, profile, partial, redaction, question, settings, totals, sets, overlaps, ...more } = report;
  const { skipped, provenance, outputs, ...rest } = more;
  return {
    // In the order that a comparison writes them.
    report: {
      ...{ schema, tool, profile, partial },
      redaction: redaction ?? redactor.redaction,
      question,
      settings: redactor.names(settings),
      totals,
      sets: redactor.names(sets),
      overlaps: redactor.names(overlaps),
      skipped: redactor.skipped(skipped),
      provenance: redactor.names(provenance),
      ...redactor.names(rest),
      outputs,
    },
    ...redactedLists(lists, redactor),
  };
}

type Lists = Pick<Comparison, 'duplicates' | 'clusters' | 'pairs'>;

function redactedLists(lists: Lists, redactor: Redactor): Lists {
  return {
    duplicates: () => mapped(lists.duplicates(), (found) => redactedDuplicate(found, redactor)),
    clusters: () => mapped(lists.clusters(), (found) => redactedCluster(found, redactor)),
    pairs: () => mapped(lists.pairs(), (found) => redactedPair(found, redactor)),
  };
}

function redactedDuplicate(found: DuplicateRecord, redactor: Redactor): DuplicateRecord {
  return { ...found, ...placeOf(found, redactor), like: placeOf(found.like, redactor) };
}

export function redactedCluster(found: ClusterSummary, redactor: Redactor): ClusterSummary {
  return { ...found, representative: placeOf(found.representative, redactor) };
}

export function redactedPair(pair: Pair, redactor: Redactor): Pair {
  const side = (placed: PlacedText): PlacedText => ({
    ...placed,
    ...placeOf(placed, redactor),
    text: '',
    redacted: placed.redacted ?? redactor.text(placed.text),
  });
  return { ...pair, left: side(pair.left), right: side(pair.right) };
}

function placeOf({ set, id, file, record, offset }: Place, redactor: Redactor): Place {
  return {
    set: redactor.name(set),
    id: redactor.recordId({ id, file, record }),
    file: redactor.name(file),
    record,
    offset,
  };
}
