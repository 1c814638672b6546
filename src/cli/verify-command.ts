import { resolve } from 'node:path';
import { notCheckedOf } from '../audit/not-checked.js';
import { savedReport } from '../audit/saved-report.js';
import type { SavedReport } from '../audit/saved-report.js';
import { statementOf } from '../audit/statement.js';
import { holds, verifyReport } from '../audit/verify.js';
import type { Checked, Verification } from '../audit/verify.js';
import { safeJsonPage, shown } from '../report/escape.js';
import { count, counted } from '../report/numbers.js';
import { writeNewFile } from '../report/new-file.js';
import type { ExitCode } from './exit-code.js';
import { print, say } from './output.js';
import { redactorOf } from './redact-options.js';
import type { RedactOptions } from './redact-options.js';
import { toolVersion } from './version.js';

export interface VerifyOptions extends RedactOptions {
  readonly rescan?: boolean;
  readonly root: string;
  readonly attest?: string;
  readonly json?: boolean;
}

/** 0: everything holds. 3: something does not. */
export async function verifyCommand(dir: string, options: VerifyOptions): Promise<ExitCode> {
  const saved = await savedReport(dir);
  const attest = options.attest === undefined ? undefined : resolve(options.attest);
  const read = await verifyReport(saved, options.root, toolVersion());
  const found = options.rescan === true ? await withRescan(read, saved, options) : read;
  const told = (await redactorOf(options))?.names(found) ?? found;
  print(options.json === true ? safeJsonPage({ holds: holds(found), ...told }) : text(told));
  if (attest === undefined) return holds(found) ? 0 : 3;
  if (!holds(found)) {
    say(`${options.attest}: no statement was written, since not everything holds.`);
    return 3;
  }
  await writeNewFile(attest, safeJsonPage(statementOf(saved, found)));
  say(`${options.attest}: an in-toto Statement, unsigned.`);
  return 0;
}

/** Contradictions named on the screen. */
const MOST_NAMED = 20;

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
  lines.push(...recountLines(found), ...rescanLines(found));
  for (const sentence of found.notChecked) lines.push(`not checked  ${shown(sentence)}`);
  lines.push(
    holds(found)
      ? 'HOLDS  inputs, settings and files are those of the report, and it does not contradict itself'
      : `DOES NOT HOLD  ${failure(found)}`,
  );
  return lines.map((line) => `${line}\n`).join('');
}

function recountLines({ isRecounted, contradictions, contradictionCount: n }: Verification): string[] {
  if (!isRecounted) return ['the lines were not counted again, since the report is not whole'];
  if (n === 0) return ['what can be counted again from items.jsonl and matches.jsonl holds'];
  const named = contradictions.slice(0, MOST_NAMED);
  const more = n - named.length;
  return [
    `the report contradicts itself in ${counted(n, 'place')}`,
    ...named.map((sentence) => `  contradiction  ${shown(sentence)}`),
    ...(more > 0
      ? [`  and ${counted(more, 'more', 'more')}${n > contradictions.length ? '' : ' (--json has all)'}`]
      : []),
  ];
}

function rescanLines({ rescanned }: Verification): string[] {
  if (!rescanned) return [];
  if (rescanned.length === 0) return ['scanning the inputs again gave the same bytes'];
  return ['scanning the inputs again gave another report', ...rescanned.map((one) => `  differs  ${shown(one)}`)];
}

function failure({ files, settingsHold, contradictionCount, rescanned = [] }: Verification): string {
  const has = (state: Checked['state']): boolean => files.some((file) => file.state === state);
  if (has('changed') || has('missing'))
    return 'the report speaks of other files than there are; scan again (--root says where relative paths begin)';
  if (has('unknown'))
    return 'the report has no digest of some files, so they cannot be told to be the same; scan them whole, from disk';
  const both = settingsHold ? [] : ['its settings do not have the id that is stated'];
  if (contradictionCount > 0) both.push('it contradicts itself');
  if (rescanned.length > 0) both.push('its inputs give another one');
  return `the report is not as it was written (${both.join(', ')}); scan again`;
}
