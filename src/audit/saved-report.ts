import path from 'node:path';
import { HeldoutError } from '../model/errors.js';
import { readWhole } from '../read/whole.js';
import { REPORT_SCHEMA } from '../report/report-json.js';
import type { ReportJson } from '../report/report-json.js';
import type { OutputFile } from '../report/shared-json.js';

/** report.json names each input and a few figures an item at most: gigabytes are something else. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** A report that was written before. */
export interface SavedReport {
  readonly dir: string;
  readonly report: ReportJson;
}

/** Reads the report.json of a report, named by its folder or by itself. Another version is refused. */
export async function savedReport(name: string): Promise<SavedReport> {
  const dir = path.basename(name) === 'report.json' ? path.dirname(name) : name;
  const file = path.join(dir, 'report.json');
  const value = parsed(Buffer.from(await readWhole(file, MOST_BYTES)).toString('utf8'));
  if (!isObject(value) || typeof value['schema'] !== 'string' || !value['schema'].startsWith('heldout-report/'))
    throw new HeldoutError('unreadable', `${file}: it is no report of heldout, or a damaged one. Scan again.`);
  if (value['schema'] !== REPORT_SCHEMA)
    throw new HeldoutError(
      'unreadable',
      `${file}: a report of another version (${value['schema']}; this heldout reads ${REPORT_SCHEMA}). ` +
        'Use the version that wrote it, or scan again.',
    );
  if (!hasShape(value))
    throw new HeldoutError('unreadable', `${file}: parts of it are missing or of another kind. Scan again.`);
  return { dir, report: value };
}

/** The entry of report.json for a file beside it. */
export function outputOf({ dir, report }: SavedReport, name: string): OutputFile {
  const output = report.outputs.find(({ path: own }) => own === name);
  if (!output)
    throw new HeldoutError('unreadable', `${path.join(dir, 'report.json')}: it names no ${name}. Scan again.`);
  return output;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasShape(value: object): value is ReportJson {
  const { provenance, outputs, settings, tool } = value as Partial<Record<keyof ReportJson, unknown>>;
  return (
    isObject(tool) &&
    isObject(settings) &&
    isObject(provenance) &&
    [outputs, provenance['benchmarks'], provenance['corpus']].every(
      (list) =>
        Array.isArray(list) &&
        list.every(
          (one) =>
            isObject(one) &&
            typeof one['path'] === 'string' &&
            typeof one['bytes'] === 'number' &&
            typeof one['xxh64'] === 'string',
        ),
    )
  );
}
