import type { Checked } from '../audit/checked-file.js';
import { holdsAsFar } from '../audit/verify.js';
import type { Verification } from '../audit/verify.js';
import { hasStandIn } from '../report/name-or-text.js';
import { shown } from '../report/escape.js';
import { count, counted } from '../report/numbers.js';

/** Contradictions named on the screen. */
const MOST_NAMED = 20;

const KINDS: readonly [Checked['kind'], string][] = [
  ['benchmark', 'benchmark file'],
  ['corpus', 'corpus file'],
  ['compared', 'compared file'],
  ['output', 'report file'],
];

/** A verification for the screen. `again`: what makes such a report. */
export function verificationText(found: Verification, again: 'scan' | 'compare'): string {
  const lines: string[] = [];
  for (const [kind, noun] of KINDS) {
    const own = found.files.filter((file) => file.kind === kind);
    if (own.length === 0 && kind !== 'output') continue;
    const same = own.filter(({ state }) => state === 'same').length;
    lines.push(`${count(same)} of ${counted(own.length, noun)} ${same === 1 ? 'is' : 'are'} the same`);
    for (const { path, state, detail } of own)
      if (state !== 'same') lines.push(`  ${state.padEnd(7)}  ${shown(path)}: ${shown(detail)}`);
  }
  lines.push(
    found.settingsHold ? 'the settings have the id that is stated' : 'the settings do not have the id that is stated',
  );
  lines.push(...recountLines(found, again), ...rescanLines(found));
  for (const sentence of found.notChecked) lines.push(`not checked  ${shown(sentence)}`);
  lines.push(conclusion(found, again));
  return lines.map((line) => `${line}\n`).join('');
}

function conclusion(found: Verification, again: string): string {
  const { otherVersion: version } = found;
  if (!holdsAsFar(found)) return `DOES NOT HOLD  ${failure(found, again)}`;
  if (version === undefined)
    return 'HOLDS  inputs, settings and files are those of the report, and it does not contradict itself';
  return `NOT ALL CHECKED  heldout ${shown(version)} wrote the report, so it says; verify it with that one, or ${again} again with this one`;
}

function recountLines({ isRecounted, contradictions, contradictionCount: n }: Verification, again: string): string[] {
  if (!isRecounted) return ['the lines were not counted again, since the report is not whole'];
  if (n === 0)
    return [
      `what can be counted again from ${again === 'scan' ? 'items.jsonl and matches.jsonl' : 'the lists of records and pairs'} holds`,
    ];
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

function failure({ files, settingsHold, contradictionCount, rescanned = [] }: Verification, again: string): string {
  const has = (state: Checked['state']): boolean => files.some((file) => file.state === state);
  if (!has('changed') && files.every(({ state, path }) => state !== 'missing' || hasStandIn(path)) && has('missing'))
    return 'files whose names the report does not say cannot be looked for; whoever has the files and the key can scan again';
  const own = files.filter(({ kind, state }) => kind === 'output' && (state === 'changed' || state === 'missing'));
  if (own.length > 0)
    return `files of the report are not those that it was written with (${own.map(({ path }) => shown(path)).join(', ')}); fetch it again, or ${again} again`;
  if (has('changed') || has('missing'))
    return `the report speaks of other files than there are; ${again} again (--root says where relative paths begin)`;
  if (has('unknown'))
    return `the report has no digest of some files, so they cannot be told to be the same; ${again} them whole, from disk`;
  const both = settingsHold ? [] : ['its settings do not have the id that is stated'];
  if (contradictionCount > 0) both.push('it contradicts itself');
  if (rescanned.length > 0) both.push('its inputs give another one');
  return `the report is not as it was written (${both.join(', ')}); ${again} again`;
}
