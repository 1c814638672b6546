import * as nodeFs from 'node:fs/promises';
import type { ScanResult } from '../model/result.js';
import type { Changes } from './changes.js';
import { loadDigester } from './digest.js';
import { safeJsonPage } from './escape.js';
import { fillFolder } from './folder-writer.js';
import type { NewFiles, ReportFs } from './folder-writer.js';
import type { Format } from './formats/format-names.js';
import { changesPage, renderings } from './formats/format.js';
import { itemLine, matchLine, reportedItem, reportedMatch } from './lines.js';
import { ALL_FILES } from './known-files.js';
import { mapped } from './mapped.js';
import { checkOutput } from './output-folder.js';
import type { Report } from './report.js';
import { reportJson } from './report-json.js';
import type { Context, ReportJson } from './report-json.js';
import type { OutputFile } from './shared-json.js';

/** What is made from a report. */
export interface Shown {
  readonly formats: readonly Format[];
  /** Present where it is compared with an earlier one. */
  readonly changes?: Changes;
}

const REPORT = 'report.json';

/** Writes the report of a scan, and whatever is made from it, whole or not at all. report.json comes last. */
export async function writeReport(
  dir: string,
  result: ScanResult,
  toolVersion: string,
  formats: readonly Format[] = [],
  fs: ReportFs = nodeFs,
  context: Context = {},
): Promise<ReportJson> {
  const digester = await loadDigester();
  const fill = async (files: NewFiles): Promise<ReportJson> => {
    const items = result.items.map(reportedItem);
    const matches = result.matches.map(reportedMatch);
    const outputs = await writeLines(files, items, matches);
    const report = reportJson(result, toolVersion, digester, outputs, context);
    await writeDerived(files, { report, items, matches }, { formats: ['html', ...formats] });
    await files.write(REPORT, [safeJsonPage(report)]);
    return report;
  };
  return fillFolder(dir, fill, ALL_FILES, digester, fs);
}

/** Writes a report that was read again, with what is made from it, to a folder of its own; the names of its files. */
export async function writeCopy(dir: string, report: Report, shown: Shown, fs: ReportFs = nodeFs): Promise<string[]> {
  const fill = async (files: NewFiles): Promise<string[]> => {
    const outputs = await writeLines(files, report.items, report.matches);
    const copy = { ...report, report: { ...report.report, outputs } };
    await writeDerived(files, copy, { ...shown, formats: ['html', ...shown.formats] });
    await files.write(REPORT, [safeJsonPage(copy.report)]);
    return files.names;
  };
  return fillFolder(dir, fill, ALL_FILES, await loadDigester(), fs);
}

/** Writes what is made from a report beside it; the report itself, and what was not asked for, stays as it is. */
export async function writeRenderings(
  dir: string,
  report: Report,
  shown: Shown,
  fs: ReportFs = nodeFs,
): Promise<string[]> {
  const fill = async (files: NewFiles): Promise<string[]> => {
    await writeDerived(files, report, shown);
    return files.names;
  };
  return fillFolder(dir, fill, [], await loadDigester(), fs);
}

/** Fails where a report could not be written: asked before a scan that may take hours. */
export async function checkReportFolder(dir: string): Promise<void> {
  await checkOutput(dir, nodeFs);
}

async function writeLines(files: NewFiles, items: Report['items'], matches: Report['matches']): Promise<OutputFile[]> {
  return [
    await files.write('items.jsonl', mapped(items, itemLine)),
    await files.write('matches.jsonl', mapped(matches, matchLine)),
  ];
}

async function writeDerived(files: NewFiles, report: Report, { formats, changes }: Shown): Promise<void> {
  for (const { path, pieces } of await renderings(report, formats)) await files.write(path, pieces);
  if (!changes) return;
  const { path, pieces } = await changesPage(report, changes);
  await files.write(path, pieces);
}
