import * as nodeFs from 'node:fs/promises';
import { join } from 'node:path';
import { HeldoutError, messageOf } from '../model/errors.js';
import type { Match } from '../model/match.js';
import type { ItemResult } from '../model/result.js';
import { loadDigester } from './digest.js';
import type { Digester } from './digest.js';
import { shown } from './escape.js';
import { itemFromLine } from './item-from-line.js';
import { matchFromLine } from './match-from-line.js';
import { count, counted } from './numbers.js';
import { parsedObject } from './parsed-json.js';
import { REPORT_SCHEMA } from './report-json.js';
import type { ReportJson } from './report-json.js';
import { faultOf, isReportJson } from './report-shape.js';

/** A report as its three JSON files hold it: what every page, table and badge is made from. */
export interface Report {
  readonly report: ReportJson;
  readonly items: readonly ItemResult[];
  readonly matches: readonly Match[];
}

const AGAIN = 'Scan again to get a whole report.';

/**
 * Reads a report folder, and believes none of it unseen: the version must be ours, and items.jsonl and matches.jsonl must be
 * the very bytes report.json was written beside. Throws `unreadable` with the file, the line and the way out.
 */
export async function readReport(dir: string): Promise<Report> {
  const report = await readReportJson(dir);
  const digester = await loadDigester();
  const items = await readLines(dir, 'items.jsonl', report, itemFromLine, digester);
  const matches = await readLines(dir, 'matches.jsonl', report, matchFromLine, digester);
  return { report, items, matches };
}

/** report.json alone. */
export async function readReportJson(dir: string): Promise<ReportJson> {
  const path = join(dir, 'report.json');
  const value = parsedObject((await readBytes(path)).toString('utf8'));
  const schema = value?.['schema'];
  if (!value || typeof schema !== 'string' || !schema.startsWith('heldout-report/'))
    throw new HeldoutError('unreadable', `${shown(path)}: this is not the report of a heldout scan.`);
  if (schema !== REPORT_SCHEMA)
    throw new HeldoutError(
      'unreadable',
      `${shown(path)}: its form is ${shown(schema)}, and this version of heldout reads ${REPORT_SCHEMA}. ` +
        `Use the version that wrote it (tool.version in it), or scan again.`,
    );
  if (!isReportJson(value))
    throw new HeldoutError('unreadable', `${shown(path)}: damaged: ${faultOf(value) ?? 'no object'}. ${AGAIN}`);
  return value;
}

async function readLines<T>(
  dir: string,
  name: string,
  report: ReportJson,
  parse: (line: string) => T | undefined,
  digester: Digester,
): Promise<T[]> {
  const path = join(dir, name);
  const bytes = await readBytes(path);
  checkWhole(
    path,
    bytes,
    report.outputs.find((file) => file.path === name),
    digester,
  );
  const values: T[] = [];
  // Line by line, since a string holds no more than half a gigabyte and a file may.
  for (let start = 0, number = 1; start < bytes.length; number++) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    const value = parse(bytes.toString('utf8', start, end));
    if (value === undefined)
      throw new HeldoutError(
        'unreadable',
        `${shown(path)} line ${count(number)}: not a line of a heldout report. ${AGAIN}`,
      );
    values.push(value);
    start = end + 1;
  }
  return values;
}

function checkWhole(
  path: string,
  bytes: Buffer,
  written: ReportJson['outputs'][number] | undefined,
  digester: Digester,
): void {
  if (!written)
    throw new HeldoutError('unreadable', `${shown(path)}: report.json beside it does not name it. ${AGAIN}`);
  if (bytes.length < written.bytes)
    throw new HeldoutError(
      'unreadable',
      `${shown(path)}: cut short: ${count(bytes.length)} of ${counted(written.bytes, 'byte')}. ${AGAIN}`,
    );
  const digest = digester();
  digest.update(bytes);
  if (digest.hex() !== written.xxh64)
    throw new HeldoutError(
      'unreadable',
      `${shown(path)}: not the file that report.json was written beside: its digest is ${digest.hex()}, not ` +
        `${shown(written.xxh64)}. ${AGAIN}`,
    );
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await nodeFs.readFile(path);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = missing ? 'there is no such file. Is it the folder of a heldout report?' : shown(messageOf(error));
    throw new HeldoutError('unreadable', `${shown(path)}: ${why}`, { cause: error });
  }
}
