import { savedReport } from '../audit/saved-report.js';
import { statementOf } from '../audit/statement.js';
import { holds, verifyReport } from '../audit/verify.js';
import type { Checked, Verification } from '../audit/verify.js';
import { safeJsonPage, shown } from '../report/escape.js';
import { count, counted } from '../report/numbers.js';
import { writeNewFile } from '../report/new-file.js';
import type { ExitCode } from './exit-code.js';
import { print, say } from './output.js';

export interface VerifyOptions {
  readonly root: string;
  readonly attest?: string;
  readonly json?: boolean;
}

/** 0: everything holds. 3: something does not. */
export async function verifyCommand(dir: string, options: VerifyOptions): Promise<ExitCode> {
  const saved = await savedReport(dir);
  const found = await verifyReport(saved, options.root);
  print(options.json === true ? safeJsonPage({ holds: holds(found), ...found }) : text(found));
  if (options.attest === undefined) return holds(found) ? 0 : 3;
  if (!holds(found)) {
    say(`${options.attest}: no statement was written, since not everything holds.`);
    return 3;
  }
  await writeNewFile(options.attest, safeJsonPage(statementOf(saved, found)));
  say(`${options.attest}: an in-toto Statement, unsigned.`);
  return 0;
}

const KINDS: readonly [Checked['kind'], string][] = [
  ['benchmark', 'benchmark file'],
  ['corpus', 'corpus file'],
  ['output', 'report file'],
];

function text(found: Verification): string {
  const lines: string[] = [];
  for (const [kind, noun] of KINDS) {
    const own = found.files.filter((file) => file.kind === kind);
    const same = own.filter(({ state }) => state === 'same').length;
    lines.push(`${count(same)} of ${counted(own.length, noun)} ${same === 1 ? 'is' : 'are'} the same`);
    for (const { path, state, detail } of own)
      if (state !== 'same') lines.push(`  ${state.padEnd(7)}  ${shown(path)}: ${shown(detail)}`);
  }
  lines.push(
    found.settingsHold ? 'the settings have the id that is stated' : 'the settings do not have the id that is stated',
  );
  lines.push(found.countsHold ? 'the counts are those of the items' : 'the counts are not those of the items');
  lines.push(
    holds(found)
      ? 'HOLDS  inputs, settings, files and counts are those of the report'
      : `DOES NOT HOLD  ${failure(found)}`,
  );
  return lines.map((line) => `${line}\n`).join('');
}

function failure({ files }: Verification): string {
  const has = (state: Checked['state']): boolean => files.some((file) => file.state === state);
  if (has('changed') || has('missing'))
    return 'the report speaks of other files than there are; scan again (--root says where relative paths begin)';
  if (has('unknown'))
    return 'the report has no digest of some files, so they cannot be told to be the same; scan them whole, from disk';
  return 'report.json is not as it was written; scan again';
}
