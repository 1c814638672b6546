import { randomUUID } from 'node:crypto';
import * as nodeFs from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { ScanResult } from '../model/result.js';
import { loadDigester } from './digest.js';
import type { Digester } from './digest.js';
import { safeJsonPage } from './escape.js';
import { itemLine, matchLine } from './lines.js';
import { cannotWrite, checkOutput, TEMPORARY } from './output-folder.js';
import type { FolderFs } from './output-folder.js';
import { reportJson } from './report-json.js';
import type { OutputFile, ReportJson } from './report-json.js';

/** What writing needs of the file system: a test hands in one that fails. */
export type ReportFs = FolderFs & Pick<typeof nodeFs, 'mkdir' | 'open' | 'rename' | 'rm'>;

const REPORT = 'report.json';

/** Text gathered before it is written, in UTF-16 units. */
const BATCH = 1 << 20;

/**
 * Writes the report folder, whole or not at all: everything goes to a temporary folder first and is moved into place when it
 * is safely on disk, report.json last. Whatever fails, an older report stays as it was.
 */
export async function writeReport(
  dir: string,
  result: ScanResult,
  toolVersion: string,
  fs: ReportFs = nodeFs,
): Promise<ReportJson> {
  const isNew = (await checkOutput(dir, fs)) === 'new';
  const target = resolve(dir);
  // A new folder appears in one rename. Into one that is there files are moved from within: it may be a mount point.
  const name = `${TEMPORARY}${randomUUID().slice(0, 8)}`;
  const temporary = isNew ? join(dirname(target), `${name}-${basename(target)}`) : join(target, name);
  try {
    if (isNew) await fs.mkdir(dirname(target), { recursive: true });
    await fs.mkdir(temporary);
    const report = await writeFiles(temporary, result, toolVersion, fs);
    await syncFolder(temporary, fs);
    if (isNew) await fs.rename(temporary, target);
    else await moveInto(target, temporary, [...report.outputs.map((file) => file.path), REPORT], fs);
    await syncFolder(isNew ? dirname(target) : target, fs);
    return report;
  } catch (error) {
    throw cannotWrite(dir, error);
  } finally {
    await fs.rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Fails where a report could not be written: asked before a scan that may take hours. */
export async function checkReportFolder(dir: string): Promise<void> {
  await checkOutput(dir, nodeFs);
}

async function writeFiles(folder: string, result: ScanResult, toolVersion: string, fs: ReportFs): Promise<ReportJson> {
  const digester = await loadDigester();
  const outputs = [
    await writeLines(folder, 'items.jsonl', result.items, itemLine, digester, fs),
    await writeLines(folder, 'matches.jsonl', result.matches, matchLine, digester, fs),
  ];
  const report = reportJson(result, toolVersion, digester, outputs);
  await writeLines(folder, REPORT, [report], safeJsonPage, digester, fs);
  return report;
}

/** Writes as it goes: a scan may have found hundreds of thousands of matches, and their text is never held twice. */
async function writeLines<T>(
  folder: string,
  path: string,
  values: readonly T[],
  line: (value: T) => string,
  digester: Digester,
  fs: ReportFs,
): Promise<OutputFile> {
  const digest = digester();
  let written = 0;
  const handle = await fs.open(join(folder, path), 'wx');
  try {
    const flush = async (text: string): Promise<void> => {
      const bytes = Buffer.from(text, 'utf8');
      digest.update(bytes);
      // Not `write`, which may write a part of it and call that a success.
      await handle.appendFile(bytes);
      written += bytes.length;
    };
    let batch = '';
    for (const value of values) {
      batch += line(value);
      if (batch.length < BATCH) continue;
      await flush(batch);
      batch = '';
    }
    if (batch !== '') await flush(batch);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { path, lines: values.length, bytes: written, xxh64: digest.hex() };
}

/** Moves files over those of an older report; if one cannot be moved, the older ones are put back. */
async function moveInto(target: string, temporary: string, names: readonly string[], fs: ReportFs): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  try {
    for (const name of names) {
      const aside = join(temporary, `${name}.old`);
      const older = await moved(join(target, name), aside, fs);
      undo.unshift(() => (older ? fs.rename(aside, join(target, name)) : fs.rm(join(target, name), { force: true })));
      await fs.rename(join(temporary, name), join(target, name));
    }
  } catch (error) {
    for (const step of undo) await step();
    throw error;
  }
}

/** False where there is nothing to move. */
async function moved(from: string, to: string, fs: ReportFs): Promise<boolean> {
  try {
    await fs.rename(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

/** Makes the names in a folder last. Not every file system can: Windows refuses, and there is nothing to do about it. */
async function syncFolder(folder: string, fs: ReportFs): Promise<void> {
  const handle = await fs.open(folder, 'r').catch(() => undefined);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
