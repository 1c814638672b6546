import { textsOf } from '../match-text.js';
import type { Report } from '../report.js';
import { csvLine } from './csv-line.js';

/** A line an item, as in items.jsonl. */
export function* itemsCsv({ items }: Report): Generator<string> {
  yield csvLine([
    'benchmark',
    'item',
    'file',
    'record',
    'verdict',
    'reason',
    'part',
    'coverage',
    'evidence',
    'documents',
    'best_file',
    'best_record',
    'best_id',
  ]);
  for (const item of items) {
    const best = item.bestMatch;
    yield csvLine([
      ...[item.benchmark, item.item, item.file, item.record, item.verdict, item.reason, item.part ?? ''],
      ...[item.coverage, item.evidence, item.documents, best?.file ?? '', best?.record ?? '', best?.id ?? ''],
    ]);
  }
}

/** A line a match, as in matches.jsonl; the characters of the document it spans instead of every run. */
export function* matchesCsv({ matches }: Report): Generator<string> {
  yield csvLine([
    'benchmark',
    'item',
    'verdict',
    'reason',
    'part',
    'coverage',
    'evidence',
    'longest_run',
    'file',
    'record',
    'offset',
    'id',
    'start',
    'end',
    'item_text',
    'document_text',
  ]);
  for (const match of matches) {
    const texts = textsOf(match);
    const { file, record, offset, id } = match.document;
    const start = match.spans.reduce((least, { document }) => Math.min(least, document[0]), Infinity);
    const end = match.spans.reduce((most, { document }) => Math.max(most, document[1]), 0);
    yield csvLine([
      ...[match.benchmark, match.item, match.verdict, match.reason ?? '', match.part, match.coverage, match.evidence],
      ...[match.longestRun, file, record, offset, id, start === Infinity ? '' : start, start === Infinity ? '' : end],
      ...[texts.item, texts.document],
    ]);
  }
}
