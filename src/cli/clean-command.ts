import { availableParallelism } from 'node:os';
import { savedReport } from '../audit/saved-report.js';
import type { SavedReport } from '../audit/saved-report.js';
import { requireBenchmarks } from '../audit/verify.js';
import { cleanCorpus } from '../clean/clean-corpus.js';
import type { CleanResult } from '../clean/clean-corpus.js';
import type { Mode } from '../clean/edit.js';
import type { Rescan } from '../clean/rounds.js';
import { writeIdLists } from '../clean/id-lists.js';
import { HeldoutError } from '../model/errors.js';
import { shown } from '../report/escape.js';
import { count, counted, percent } from '../report/numbers.js';
import type { Redactor } from '../report/redact.js';
import type { ExitCode } from './exit-code.js';
import { onInterrupt } from './interrupt.js';
import { print, say } from './output.js';
import { redactorOf } from './redact-options.js';
import type { RedactOptions } from './redact-options.js';
import { toolVersion } from './version.js';

export interface CleanOptions extends RedactOptions {
  readonly corpus: readonly string[];
  readonly out: string;
  readonly mode: Mode;
  readonly margin: number;
  readonly minLength: number;
  readonly maskText: string;
  readonly suspect?: boolean;
  readonly recompress?: boolean;
  readonly force?: boolean;
  readonly benchmark?: boolean;
  readonly rescan: boolean;
}

export async function cleanCommand(dir: string, options: CleanOptions): Promise<ExitCode> {
  const report = await savedReport(dir);
  const redactor = await redactorFor(report, options);
  if (options.benchmark === true) {
    if (options.corpus.length > 0)
      throw new HeldoutError('usage', '--benchmark writes lists of items and reads no corpus: leave out --corpus.');
    for (const { file, items } of await writeIdLists(report, options.out, redactor))
      print(`${shown(options.out)}/${shown(file)}  ${counted(items, 'item')}\n`);
    return 0;
  }
  const rescans = options.rescan && options.mode !== 'drop';
  if (rescans) await requireBenchmarks(report);
  const abort = new AbortController();
  const release = onInterrupt(
    () => abort.abort(),
    () => say('stopping; nothing will be written. Once more to leave at once.'),
  );
  try {
    const result = await cleanCorpus({
      report,
      corpus: options.corpus,
      out: options.out,
      from: options.suspect === true ? 'suspect' : 'contaminated',
      knife: {
        mode: options.mode,
        margin: options.margin,
        minLength: options.minLength,
        maskText: options.maskText,
        force: options.force === true,
      },
      recompress: options.recompress === true,
      toolVersion: toolVersion(),
      signal: abort.signal,
      ...(rescans ? { rescan: rescanFor(report, abort.signal) } : {}),
      ...(redactor ? { redactor } : {}),
    });
    return told(result, options, rescans);
  } finally {
    release();
  }
}

/** What is made of a redacted report is redacted too: scanning again would name its items as they are. */
function redactorFor({ report }: SavedReport, options: CleanOptions): Promise<Redactor | undefined> {
  return redactorOf(report.redaction ? { ...options, redact: true } : options);
}

/** Scans for the same items with the same settings, in one field of text. */
function rescanFor({ report }: SavedReport, signal: AbortSignal): Rescan {
  return async (path) => {
    const { scan } = await import('../pipeline.js');
    const found = await scan({
      benchmarks: report.provenance.benchmarks.map((file) => file.path),
      against: [path],
      settings: { ...report.settings, textFields: ['text'], idField: 'id', limit: 0 },
      workers: availableParallelism(),
      signal,
    });
    if (signal.aborted) throw new HeldoutError('interrupted', 'interrupted; nothing was written.');
    return found.matches;
  };
}

function told({ files, missing }: CleanResult, { out, mode, minLength }: CleanOptions, rescanned: boolean): ExitCode {
  const sum = (of: (file: CleanResult['files'][number]) => number): number =>
    files.reduce((n, file) => n + of(file), 0);
  const before = sum((file) => file.charactersBefore);
  const kept = before === 0 ? '' : ` (${percent(sum((file) => file.charactersAfter) / before)}% of their text kept)`;
  const edited = sum((file) => file.cut + file.masked);
  const touched = files.filter(({ dropped, cut, masked }) => dropped + cut + masked > 0).length;
  const dropped = sum((file) => file.dropped);
  const whole = mode === 'drop' || dropped === 0 ? '' : ' whole (removals.jsonl says why)';
  print(
    `${counted(dropped, 'record')} dropped${whole}, ${counted(edited, 'record')} edited${kept}, ` +
      `in ${touched} of ${counted(files.length, 'file')}\n` +
      `  ${shown(out)}/corpus          the corpus without them\n` +
      `  ${shown(out)}/removals.jsonl  each removal: file, record, item, characters, reason\n` +
      `  ${shown(out)}/clean.json      settings, digests before and after\n` +
      (rescanned
        ? 'What is left of edited records was scanned again, until nothing was found.\n'
        : 'Scan it again to be sure: what was hidden behind a removal shows then.\n'),
  );
  if (mode !== 'drop' && dropped > edited)
    print(
      `Most records were too short to be cut: of ${counted(dropped + edited, 'affected record')} ${count(dropped)} went whole, ` +
        `much as with --mode drop. --min-length (${minLength}) says how much text a record must keep.\n`,
    );
  if (missing.length > 0)
    say(
      `${counted(missing.length, 'file')} of the report ${missing.length === 1 ? 'was' : 'were'} not given, so not cleaned: ${missing[0]}${missing.length > 1 ? ', …' : ''}`,
    );
  const left = sum((file) => file.left);
  if (left === 0) return 0;
  say(
    left === 1
      ? '1 record could not be told to be the one that was scanned, and was left as it is: see removals.jsonl.'
      : `${count(left)} records could not be told to be the ones that were scanned, and were left as they are: see removals.jsonl.`,
  );
  return 3;
}
