import { SKIP_MEANING } from '../report/skip-words.js';
import type { ReportJson } from '../report/report-json.js';
import type { Contradictions } from './contradictions.js';

const KEYS = ['schema', 'tool', 'profile', 'partial', 'redaction', 'settings', 'guarantee', 'totals', 'benchmarks'];
const MORE_KEYS = ['skipped', 'gate', 'provenance', 'outputs'];
const TOTALS = ['items', 'checked', 'verdicts', 'rate', 'corpusFiles', 'documents', 'skippedDocuments'];
const MORE_TOTALS = ['unreadableFiles', 'textBytes', 'matches'];

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
    ...strangeKeys(report, [...KEYS, ...MORE_KEYS], ''),
    ...strangeKeys(report.tool, ['name', 'version'], 'tool.'),
    ...strangeKeys(report.totals, [...TOTALS, ...MORE_TOTALS], 'totals.'),
  ];
  for (const key of strange) found.add(`report.json has ${key}; heldout writes no such key`);
}

function strangeKeys(value: object, known: readonly string[], path: string): string[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `${path}${key}`);
}
