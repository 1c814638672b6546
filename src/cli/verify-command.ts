import { resolve } from 'node:path';
import { notCheckedOf } from '../audit/not-checked.js';
import { isComparison, savedComparison } from '../audit/saved-comparison.js';
import { savedReport } from '../audit/saved-report.js';
import type { SavedReport } from '../audit/saved-report.js';
import { statementOf } from '../audit/statement.js';
import { holds, verifyReport } from '../audit/verify.js';
import type { Verification } from '../audit/verify.js';
import { verifyComparison } from '../audit/verify-comparison.js';
import { recheckQuotes } from '../clean/quoted-places.js';
import { HeldoutError } from '../model/errors.js';
import { safeJsonPage } from '../report/escape.js';
import { writeNewFile } from '../report/new-file.js';
import type { ExitCode } from './exit-code.js';
import { print, say } from './output.js';
import { redactorOf } from './redact-options.js';
import type { RedactOptions } from './redact-options.js';
import type { Redactor } from '../report/redact.js';
import { verificationText } from './verify-text.js';
import { toolVersion } from './version.js';

export interface VerifyOptions extends RedactOptions {
  readonly rescan?: boolean;
  readonly root: string;
  readonly attest?: string;
  readonly json?: boolean;
}

/** 0: everything holds. 3: something does not, or could not be checked since another version wrote the report. */
export async function verifyCommand(dir: string, options: VerifyOptions): Promise<ExitCode> {
  if (await isComparison(dir)) return verifyCompared(dir, options);
  const saved = await savedReport(dir);
  const attest = options.attest === undefined ? undefined : resolve(options.attest);
  const read = await verifyReport(saved, { root: options.root, toolVersion: toolVersion(), recheckQuotes });
  const found = options.rescan === true ? await withRescan(read, saved, options) : read;
  const redactor = await redactorOf(options);
  const told = redactor ? withoutText(found, [saved.report.provenance, saved.report.gate], redactor) : found;
  print(options.json === true ? safeJsonPage({ holds: holds(found), ...told }) : verificationText(told, 'scan'));
  if (attest === undefined) return holds(found) ? 0 : 3;
  if (!holds(found)) {
    say(
      `${options.attest}: no statement was written, ${found.otherVersion === undefined ? 'since not everything holds' : 'since not all was checked'}.`,
    );
    return 3;
  }
  await writeNewFile(attest, safeJsonPage(statementOf(saved, found)));
  say(`${options.attest}: an in-toto Statement, unsigned.`);
  return 0;
}

/** The same of a comparison's report. */
async function verifyCompared(dir: string, options: VerifyOptions): Promise<ExitCode> {
  if (options.rescan === true)
    throw new HeldoutError(
      'usage',
      '--rescan: a comparison is not scanned. Compare the same inputs again, with another --out: the same give the same bytes.',
    );
  if (options.attest !== undefined)
    throw new HeldoutError('usage', '--attest: a statement is made over the report of a scan; this is a comparison.');
  const saved = await savedComparison(dir);
  const found = await verifyComparison(saved, options.root, toolVersion());
  const redactor = await redactorOf(options);
  const told = redactor ? withoutText(found, saved.report.provenance, redactor) : found;
  print(options.json === true ? safeJsonPage({ holds: holds(found), ...told }) : verificationText(told, 'compare'));
  return holds(found) ? 0 : 3;
}

/** Our own sentences stay, but for the names in them; a contradiction may quote anything. */
function withoutText(found: Verification, named: unknown, redactor: Redactor): Verification {
  redactor.names(named);
  // Before the sentences themselves are taken for names.
  const files = found.files.map((file) => ({
    ...file,
    path: redactor.name(file.path),
    detail: redactor.line(file.detail),
  }));
  const notChecked = found.notChecked.map((sentence) => redactor.line(sentence));
  return { ...redactor.names(found), files, notChecked };
}

/** A report that is not whole, or of other inputs, is not scanned again: it would differ for that. */
async function withRescan(found: Verification, saved: SavedReport, options: VerifyOptions): Promise<Verification> {
  if (!found.settingsHold || found.files.some(({ state }) => state === 'changed' || state === 'missing')) {
    say('--rescan: not scanned again, since inputs, settings or the report are not the same.');
    return found;
  }
  const { rescan } = await import('./rescan.js');
  const rescanned = await rescan(saved, options.root, await redactorOf(options));
  const stillOpen = notCheckedOf(saved, toolVersion(), true);
  const before = notCheckedOf(saved, toolVersion(), false);
  return {
    ...found,
    rescanned,
    notChecked: [...stillOpen, ...found.notChecked.filter((one) => !before.includes(one))],
  };
}
