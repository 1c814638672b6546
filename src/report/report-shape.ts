import { objectOf } from './parsed-json.js';
import type { JsonObject } from './parsed-json.js';

/** The first key of a report.json that is not as its readers need it, in words; what is not looked at may be of any form. */
export function faultOf(report: JsonObject): string | undefined {
  return (
    missing(report, 'tool', 'version', 'string') ??
    missing(report, 'settings', 'id', 'string') ??
    counts(report['totals'], 'totals') ??
    ['documents', 'skippedDocuments', 'unreadableFiles', 'textBytes', 'corpusFiles', 'matches']
      .map((key) => missing(report, 'totals', key, 'number'))
      .find((fault) => fault !== undefined) ??
    list(
      report['benchmarks'],
      'benchmarks',
      (one, path) => text(one, path, 'name') ?? counts(one, path) ?? files(one, path),
    ) ??
    nearRecords(report['nearRecords']) ??
    skips(report['skipped']) ??
    provenance(report['provenance']) ??
    gate(report['gate']) ??
    list(report['outputs'], 'outputs', file)
  );
}

/** Where `report[key][inner]` is not of its type, in words. */
export function missing(report: JsonObject, key: string, inner: string, type: 'string' | 'number'): string | undefined {
  const value = objectOf(report[key])?.[inner];
  return typeof value === type ? undefined : `${key}.${inner} is no ${type}`;
}

/** Where a value has no text by this name. */
export function text(value: JsonObject, path: string, key: string): string | undefined {
  return typeof value[key] === 'string' ? undefined : `${path}.${key} is no string`;
}

/** Items, checked, verdicts, rate. */
function counts(value: unknown, path: string): string | undefined {
  const totals = objectOf(value);
  const rate = objectOf(totals?.['rate']);
  const verdicts = objectOf(totals?.['verdicts']);
  if (!totals || typeof totals['items'] !== 'number' || typeof totals['checked'] !== 'number')
    return `${path} has no counts of items`;
  if (!rate || ['value', 'low', 'high'].some((key) => typeof rate[key] !== 'number')) return `${path}.rate is no rate`;
  if (!verdicts || Object.values(verdicts).some((n) => typeof n !== 'number')) return `${path}.verdicts are no counts`;
  return undefined;
}

export function files(value: JsonObject, path: string): string | undefined {
  const names = value['files'];
  return Array.isArray(names) && names.every((name) => typeof name === 'string')
    ? undefined
    : `${path}.files are no names`;
}

export function skips(value: unknown): string | undefined {
  return list(
    value,
    'skipped',
    (one, path) => text(one, path, 'reason') ?? list(one['examples'], `${path}.examples`, place),
  );
}

function place(value: JsonObject, path: string): string | undefined {
  return text(value, path, 'file') ?? text(value, path, 'detail');
}

export function file(one: JsonObject, path: string): string | undefined {
  return text(one, path, 'path') ?? text(one, path, 'xxh64') ?? notRead(one['notRead'], `${path}.notRead`);
}

/** Absent where a file has no other fields. */
function notRead(value: unknown, path: string): string | undefined {
  if (value === undefined) return undefined;
  const { sampled, fields, later = [] } = objectOf(value) ?? {};
  const field = (one: JsonObject, at: string): string | undefined =>
    text(one, at, 'field') ?? (typeof one['records'] === 'number' ? undefined : `${at}.records is no number`);
  return typeof sampled === 'number'
    ? (list(fields, `${path}.fields`, field) ?? list(later, `${path}.later`, field))
    : `${path}.sampled is no number`;
}

function provenance(value: unknown): string | undefined {
  const both = objectOf(value);
  return list(both?.['benchmarks'], 'provenance.benchmarks', file) ?? list(both?.['corpus'], 'provenance.corpus', file);
}

/** Absent but of a scan of an index that keeps records. */
function nearRecords(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const summary = objectOf(value);
  const path = 'nearRecords';
  if (!summary) return `${path} is no object`;
  const isNumber = (from: unknown, key: string): boolean => typeof objectOf(from)?.[key] === 'number';
  const fault = ['records', 'threshold', 'itemsCompared', 'itemsWithRecords', 'itemsConfirmed'].find(
    (key) => !isNumber(summary, key),
  );
  if (fault !== undefined) return `${path}.${fault} is no number`;
  if (!['atThreshold', 'at80', 'at90'].every((key) => isNumber(summary['recall'], key)))
    return `${path}.recall has no shares`;
  const shingle = objectOf(summary['shingle']) ?? {};
  return (
    text(shingle, `${path}.shingle`, 'unit') ?? (isNumber(shingle, 'size') ? undefined : `${path}.shingle has no size`)
  );
}

/** Absent where there was no policy. */
function gate(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const said = objectOf(value);
  const policy = objectOf(said?.['policy']);
  if (!said || typeof said['state'] !== 'string') return 'gate.state is no string';
  if (!policy || !objectOf(policy['skips']) || !objectOf(policy['benchmarks']) || !objectOf(policy['allowance']))
    return 'gate.policy is no policy';
  const baseline = said['baseline'];
  const notes = baseline === undefined ? [] : objectOf(baseline)?.['notes'];
  if (!Array.isArray(notes) || notes.some((note) => typeof note !== 'string')) return 'gate.baseline has no notes';
  return (
    list(said['lines'], 'gate.lines', (one, path) => text(one, path, 'word') ?? text(one, path, 'text')) ??
    list(said['waivers'], 'gate.waivers', (one, path) =>
      ['benchmark', 'item', 'reason', 'expires', 'use']
        .map((key) => text(one, path, key))
        .find((fault) => fault !== undefined),
    )
  );
}

/** The first fault in a list of objects. */
export function list(
  value: unknown,
  path: string,
  check: (one: JsonObject, path: string) => string | undefined,
): string | undefined {
  if (!Array.isArray(value)) return `${path} is no list`;
  for (const [i, entry] of value.entries()) {
    const one = objectOf(entry);
    const fault = one ? check(one, `${path}[${i}]`) : `${path}[${i}] is no object`;
    if (fault !== undefined) return fault;
  }
  return undefined;
}
