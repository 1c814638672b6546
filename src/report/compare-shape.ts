import { KINDS } from '../model/comparison.js';
import { objectOf } from './parsed-json.js';
import type { JsonObject } from './parsed-json.js';
import { file, files, list, missing, skips, text } from './report-shape.js';

const TOTALS = [
  ...['records', 'skippedRecords', 'unreadableFiles', 'textBytes', 'pairs', 'duplicates', 'drop', 'clusters'],
  'largestCluster',
];

/** The first key of a comparison's report.json that is not as its readers need it, in words. */
export function comparisonFault(report: JsonObject): string | undefined {
  const numbers = TOTALS.map((key) => missing(report, 'totals', key, 'number'));
  return (
    missing(report, 'tool', 'version', 'string') ??
    missing(report, 'settings', 'id', 'string') ??
    missing(report, 'settings', 'maxDuplicates', 'number') ??
    missing(report, 'settings', 'maxSkippedRate', 'number') ??
    missing(report, 'settings', 'limit', 'number') ??
    shingle(report) ??
    question(report) ??
    numbers.find((fault) => fault !== undefined) ??
    kinds(objectOf(report['totals'])?.['byKind'], 'totals.byKind') ??
    list(report['sets'], 'sets', (one, path) => text(one, path, 'name') ?? files(one, path)) ??
    list(
      report['overlaps'],
      'overlaps',
      (one, path) =>
        text(one, path, 'of') ??
        text(one, path, 'in') ??
        kinds(one['byKind'], `${path}.byKind`) ??
        rate(one['rate'], `${path}.rate`),
    ) ??
    skips(report['skipped']) ??
    list(objectOf(report['provenance'])?.['files'], 'provenance.files', file) ??
    list(report['outputs'], 'outputs', file)
  );
}

function shingle(report: JsonObject): string | undefined {
  const given = objectOf(objectOf(report['settings'])?.['shingle']);
  return typeof given?.['size'] === 'number' ? undefined : 'settings.shingle has no size';
}

function question(report: JsonObject): string | undefined {
  const asked = objectOf(report['question']);
  const { limits } = asked ?? {};
  if (!asked || typeof asked['asked'] !== 'string') return 'question.asked is no string';
  return Array.isArray(limits) && limits.every((limit) => typeof limit === 'string')
    ? undefined
    : 'question.limits are no sentences';
}

function kinds(value: unknown, path: string): string | undefined {
  const counts = objectOf(value);
  return KINDS.every((kind) => typeof counts?.[kind] === 'number') ? undefined : `${path} has no counts`;
}

function rate(value: unknown, path: string): string | undefined {
  const given = objectOf(value);
  return ['value', 'low', 'high'].every((key) => typeof given?.[key] === 'number') ? undefined : `${path} is no rate`;
}
