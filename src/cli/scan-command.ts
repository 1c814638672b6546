import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { SavedBaseline } from '../audit/baseline.js';
import { gateReport } from '../gate/gate-report.js';
import { strayText } from '../gate/lines.js';
import { HeldoutError } from '../model/errors.js';
import type { ScanRequest } from '../model/plan.js';
import type { ScanResult } from '../model/result.js';
import { DEFAULT_SETTINGS } from '../model/settings.js';
import type { Settings } from '../model/settings.js';
import { loadDigester } from '../report/digest.js';
import { safeJsonPage } from '../report/escape.js';
import type { Format } from '../report/formats/format-names.js';
import { planJson, planText } from '../report/plan-text.js';
import type { Redactor } from '../report/redact.js';
import { reportJson } from '../report/report-json.js';
import type { Context } from '../report/report-json.js';
import { reportedItem, reportedMatch } from '../report/lines.js';
import { style } from '../report/style.js';
import { terminalReport } from '../report/terminal.js';
import { checkReportFolder, writeReport } from '../report/writer.js';
import { exitCodeOf, outcome } from './exit-code.js';
import type { ExitCode, Outcome } from './exit-code.js';
import { print, say } from './output.js';
import { scanAsked } from './scan-asked.js';
import type { IsTyped } from './scan-asked.js';
import type { Screen } from './screen.js';
import { redactorOf, sayingNoText } from './redact-options.js';
import type { RedactOptions } from './redact-options.js';
import { screenOf } from './screen.js';
import { toolVersion } from './version.js';
import { watched } from './watched.js';

/** As commander gives them. */
export interface ScanOptions extends RedactOptions {
  readonly against: readonly string[];
  readonly config?: string;
  readonly baseline?: string;
  readonly textField: readonly string[];
  readonly idField: string;
  readonly map: Settings['map'];
  readonly workers?: number;
  readonly corpusRoot?: string;
  readonly out: string;
  readonly limit: number;
  readonly maxRecordBytes: number;
  readonly maxContaminated: number;
  readonly maxSkippedRate: number;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly format: readonly Format[];
  readonly color: boolean;
}

/** Matches shown side by side. */
const WORST = 3;

export async function scanCommand(named: readonly string[], typed: ScanOptions, isTyped: IsTyped): Promise<ExitCode> {
  const { benchmarks, options, policy } = await scanAsked(named, typed, isTyped);
  const screen = screenOf(process.stdout, process.stderr, process.env, options.color);
  const redactor = await redactorOf(options);
  if (options.dryRun)
    return sayingNoText(redactor, () => dryRun(requestOf(benchmarks, options), options, screen, redactor));
  const baseline = await baselineOf(options);
  await checkReportFolder(options.out);
  const { scan } = await import('../pipeline.js');
  const request = requestOf(benchmarks, options);
  const { result: found, interrupted: stopAsked } = await watched(options.quiet === true, (watch) =>
    sayingNoText(redactor, () => scan({ ...request, ...watch })),
  );
  // Asked too late, there was nothing left to stop.
  const interrupted = stopAsked && found.partial;
  if (interrupted && found.totals.documents === 0) {
    // An older report is worth more than one that says nothing.
    say('interrupted before any document was read; no report was written.');
    return 130;
  }
  // Judged by the names as they are; said, where text must not be said, without them.
  const judged = outcome(reported(found), interrupted, { policy, ...(baseline ? { baseline: baseline.items } : {}) });
  const result = redactor ? redactor.result(found) : found;
  const end = redactor ? redactedOutcome(judged, redactor) : judged;
  const before = baseline && (await import('../audit/baseline.js')).baselineReport(baseline, found.benchmarks);
  const said = gateReport(judged, policy, before);
  const asked = { benchmarks, against: options.against, ...corpusRootOf(options) };
  const context = redactor ? { gate: redactor.gate(said), asked: redactor.names(asked) } : { gate: said, asked };
  // It may let pass what it should not, so it is said even where little is.
  context.gate.baseline?.notes.forEach((note) => say(`${options.baseline ?? ''}: ${note}`));
  if (!options.quiet)
    end.gate.strayWaivers.forEach((waiver) => say(strayText(redactor ? redactor.names(waiver) : waiver)));
  try {
    const report = await writeReport(options.out, result, toolVersion(), options.format, undefined, context);
    print(options.json ? safeJsonPage(report) : resultText(result, end, options, screen, options.out));
  } catch (error) {
    // What was found must not be lost with the disk it should have gone to.
    if (!(error instanceof HeldoutError)) throw error;
    print(options.json ? await unwrittenJson(result, context) : resultText(result, end, options, screen, undefined));
    say(error.message);
    return exitCodeOf(error.code);
  }
  if (options.json && !options.quiet) for (const { word, text } of end.findings) say(`${word}: ${text}`);
  return end.code;
}

/** Read before the scan: one that is damaged must not cost hours, and it must not be the folder that is written to. */
async function baselineOf({ baseline, out }: ScanOptions): Promise<SavedBaseline | undefined> {
  if (baseline === undefined) return undefined;
  if (resolve(baseline) === resolve(out) || resolve(baseline) === resolve(out, 'report.json'))
    throw new HeldoutError(
      'usage',
      `${baseline}: the new report would go where the baseline is. Choose another folder with --out.`,
    );
  const { readBaseline } = await import('../audit/baseline.js');
  return readBaseline(baseline);
}

function requestOf(benchmarks: readonly string[], options: ScanOptions): ScanRequest {
  return {
    benchmarks,
    against: options.against,
    settings: {
      ...DEFAULT_SETTINGS,
      textFields: options.textField,
      idField: options.idField,
      map: options.map,
      maxRecordBytes: options.maxRecordBytes,
      limit: options.limit,
      maxSkippedRate: options.maxSkippedRate,
      maxContaminated: options.maxContaminated,
    },
    workers: options.workers ?? availableParallelism(),
    ...corpusRootOf(options),
  };
}

function corpusRootOf({ corpusRoot }: ScanOptions): Pick<ScanRequest, 'corpusRoot'> {
  return corpusRoot === undefined ? {} : { corpusRoot };
}

/** With the figures that the report has, so that whoever reads it can hold it against the policy again. */
function reported(result: ScanResult): ScanResult {
  return { ...result, items: result.items.map(reportedItem), matches: result.matches.map(reportedMatch) };
}

function resultText(
  result: ScanResult,
  end: Outcome,
  options: ScanOptions,
  screen: Screen,
  outDir: string | undefined,
): string {
  const look = style(screen.colour);
  const findings = end.findings.map(
    ({ tone, word, text }) => `${look.paint(tone, look.paint('strong', word))}  ${text}\n`,
  );
  if (options.quiet) return findings.join('');
  const page = terminalReport(result, {
    version: toolVersion(),
    width: screen.width,
    colour: screen.colour,
    ...(outDir === undefined ? {} : { outDir }),
    worst: WORST,
  });
  return `${page}\n${findings.join('')}`;
}

async function unwrittenJson(result: ScanResult, context: Context): Promise<string> {
  return safeJsonPage(reportJson(result, toolVersion(), await loadDigester(), [], context));
}

function redactedOutcome(end: Outcome, redactor: Redactor): Outcome {
  return { ...end, findings: end.findings.map((finding) => ({ ...finding, text: redactor.line(finding.text) })) };
}

async function dryRun(
  request: ScanRequest,
  options: ScanOptions,
  screen: Screen,
  redactor: Redactor | undefined,
): Promise<ExitCode> {
  const { plan } = await import('../pipeline.js');
  const planned = await plan(request);
  const found = redactor ? redactor.plan(planned) : planned;
  print(options.json ? safeJsonPage(planJson(found)) : planText(found, style(screen.colour), screen.width));
  return found.skips.some((skip) => skip.reason === 'unreadable-file' || skip.reason === 'corrupt-file') ? 3 : 0;
}
