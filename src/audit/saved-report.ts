import path from 'node:path';
import { HeldoutError } from '../model/errors.js';
import { readWhole } from '../read/whole.js';
import { REPORT_SCHEMA } from '../report/report-json.js';
import type { ReportJson } from '../report/report-json.js';
import type { OutputFile } from '../report/shared-json.js';

/** report.json names each input and a few figures an item at most: gigabytes are something else. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** A report that was written before. */
export interface Saved<Json> {
  readonly dir: string;
  readonly report: Json;
}

export type SavedReport = Saved<ReportJson>;

/** The report.json of a scan or a comparison, named by its folder or by itself; what is neither is refused. */
export async function anyReport(
  name: string,
): Promise<{ readonly dir: string; readonly schema: string; readonly value: Readonly<Record<string, unknown>> }> {
  const dir = path.basename(name) === 'report.json' ? path.dirname(name) : name;
  const file = path.join(dir, 'report.json');
  const value = parsed(Buffer.from(await readWhole(file, MOST_BYTES)).toString('utf8'));
  const schema = isObject(value) ? value['schema'] : undefined;
  if (!isObject(value) || typeof schema !== 'string' || !/^heldout-(report|compare)\//.test(schema))
    throw new HeldoutError('unreadable', `${file}: it is no report of heldout, or a damaged one. Scan again.`);
  return { dir, schema, value };
}

/** Reads the report.json of a scan's report. Another version is refused. */
export async function savedReport(name: string): Promise<SavedReport> {
  const { dir, schema, value } = await anyReport(name);
  const file = path.join(dir, 'report.json');
  if (schema.startsWith('heldout-compare/'))
    throw new HeldoutError(
      'usage',
      `${file}: the report of a comparison; here one of a scan is wanted. "heldout show" and "heldout report" take both.`,
    );
  if (schema !== REPORT_SCHEMA)
    throw new HeldoutError(
      'unreadable',
      `${file}: a report of another version (${schema}; this heldout reads ${REPORT_SCHEMA}). ` +
        'Use the version that wrote it, or scan again.',
    );
  if (!hasShape(value))
    throw new HeldoutError('unreadable', `${file}: parts of it are missing or of another kind. Scan again.`);
  return { dir, report: value };
}

/** The entry of report.json for a file beside it. */
export function outputOf(
  { dir, report }: Saved<{ readonly outputs: readonly OutputFile[] }>,
  name: string,
): OutputFile {
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
