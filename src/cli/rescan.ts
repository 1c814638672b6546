import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { savedReport } from '../audit/saved-report.js';
import type { SavedReport } from '../audit/saved-report.js';
import { compareReports } from '../audit/same-bytes.js';
import type { Settings } from '../model/settings.js';
import { HeldoutError } from '../model/errors.js';
import { writeReport } from '../report/writer.js';
import { toolVersion } from './version.js';
import type { Redactor } from '../report/redact.js';

/**
 * Scans the inputs of a report again with its settings, and compares the bytes. `root`: where its relative paths begin; the process
 * moves there, so that every file has the name that it had.
 */
export async function rescan(saved: SavedReport, root: string, redactor: Redactor | undefined): Promise<string[]> {
  const { report } = saved;
  const { asked } = report.provenance;
  if (!asked)
    throw new HeldoutError(
      'usage',
      '--rescan: the report does not say what was scanned. It is of an older heldout; scan again.',
    );
  if ([...asked.benchmarks, ...asked.against].includes('-'))
    throw new HeldoutError(
      'usage',
      '--rescan: standard input was scanned, and cannot be read again. Scan it from a file.',
    );
  if (report.redaction && redactor?.redaction.keyId !== report.redaction.keyId)
    throw new HeldoutError(
      'usage',
      `--rescan: the report holds no text, and another scan has the same digests with the same key alone (key id ` +
        `${report.redaction.keyId}). Give it with --redact --redact-key; a key that was made for the one scan is gone.`,
    );
  const before = { ...saved, dir: resolve(saved.dir) };
  const folder = await mkdtemp(join(tmpdir(), 'heldout-rescan-'));
  try {
    process.chdir(root);
    const { scan } = await import('../pipeline.js');
    const found = await scan({ ...asked, settings: withoutId(report.settings), workers: availableParallelism() });
    const result = report.redaction && redactor ? redactor.result(found) : found;
    const context = { asked, ...(report.gate ? { gate: report.gate } : {}) };
    await writeReport(join(folder, 'report'), result, toolVersion(), [], undefined, context);
    return await compareReports(before, await savedReport(join(folder, 'report')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function withoutId(stated: SavedReport['report']['settings']): Settings {
  const settings: Settings & { id?: string } = { ...stated };
  delete settings.id;
  return settings;
}
