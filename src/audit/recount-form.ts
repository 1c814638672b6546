import { SKIP_MEANING } from '../report/skip-words.js';
import type { ReportJson } from '../report/report-json.js';
import type { Contradictions } from './contradictions.js';

/** Keyed by the types, so that a new key cannot be forgotten here. */
const KEYS: Readonly<Record<keyof ReportJson, true>> = {
  ...{ schema: true, tool: true, profile: true, partial: true, redaction: true, settings: true, guarantee: true },
  ...{ totals: true, benchmarks: true, nearRecords: true, skipped: true, gate: true, provenance: true, outputs: true },
};
const TOTALS: Readonly<Record<keyof ReportJson['totals'], true>> = {
  ...{ items: true, checked: true, verdicts: true, rate: true, corpusFiles: true, documents: true },
  ...{ skippedDocuments: true, unreadableFiles: true, textBytes: true, matches: true },
};

/** What this version always writes alike, and keys that it never writes: a statement over the report would carry them. */
export function recountForm(report: ReportJson, found: Contradictions): void {
  const expect = (path: string, stated: unknown, given: unknown): void =>
    found.expect(`report.json, ${path}`, stated, given, 'heldout writes');
  expect('tool.name', report.tool.name, 'heldout');
  expect('profile', report.profile, report.settings.profile);
  expect(
    'outputs',
    report.outputs.map(({ path }) => path),
    ['items.jsonl', 'matches.jsonl'],
  );
  for (const { reason, meaning } of report.skipped) expect(`skipped.${reason}`, meaning, SKIP_MEANING[reason]);
  const strange = [
    ...strangeKeys(report, KEYS, ''),
    ...strangeKeys(report.tool, { name: true, version: true }, 'tool.'),
    ...strangeKeys(report.totals, TOTALS, 'totals.'),
  ];
  for (const key of strange) found.add(`report.json has ${key}; heldout writes no such key`);
}

function strangeKeys(value: object, known: object, path: string): string[] {
  return Object.keys(value)
    .filter((key) => !Object.hasOwn(known, key))
    .map((key) => `${path}${key}`);
}
