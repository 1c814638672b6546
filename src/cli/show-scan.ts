import { reportLines } from '../audit/report-lines.js';
import { outputOf, savedReport } from '../audit/saved-report.js';
import type { SavedReport } from '../audit/saved-report.js';
import { HeldoutError } from '../model/errors.js';
import type { Match } from '../model/match.js';
import type { ItemResult } from '../model/result.js';
import { rawChunks } from '../read/raw.js';
import { itemFromLine } from '../report/item-from-line.js';
import { isNamed, withoutMatch } from '../report/item-text.js';
import { matchFromLine } from '../report/match-from-line.js';
import { count, counted } from '../report/numbers.js';
import { objectOf } from '../report/parsed-json.js';
import type { Redactor } from '../report/redact.js';
import { faultOf } from '../report/report-shape.js';
import { style } from '../report/style.js';
import { matchLines } from '../report/worst.js';
import type { ExitCode } from './exit-code.js';
import { print, say } from './output.js';
import { redactorOf } from './redact-options.js';
import type { RedactOptions } from './redact-options.js';
import { screenOf } from './screen.js';

/** What narrows the matches of a scan. */
export interface ShowMatchesOptions extends RedactOptions {
  readonly benchmark?: string;
  readonly item?: string;
  readonly verdict?: string;
  readonly limit: number;
  readonly rows: number;
  readonly color: boolean;
}

/**
 * Prints matches of a finished scan side by side, in the order of the report, as it reads them; at the end they must have been those
 * that report.json was written beside. Where there is no such file they are shown all the same, and it is said.
 */
export async function showScan(dir: string, options: ShowMatchesOptions): Promise<ExitCode> {
  const saved = await savedReport(dir).catch(onlyOurs);
  const redactor = await redactorOf(options);
  const path = `${dir.replace(/\/+$/, '')}/matches.jsonl`;
  const found = await showMatches(
    saved instanceof HeldoutError ? uncheckedMatches(path) : matchesOf(saved),
    options,
    redactor,
  );
  const item = options.item === undefined ? '' : ` of item ${redactor?.id(options.item) ?? options.item}`;
  if (saved instanceof HeldoutError) {
    if (found === 0) say(`${path}: no match${item} in this file.`);
    say(`${path}: not checked, for report.json says nothing of it: ${saved.message}`);
  } else if (found === 0 && options.item !== undefined) await tellOf(options.item, saved, options, redactor);
  else if (found === 0) say(`${saved.dir}: no such match in this report.`);
  const more = options.limit > 0 ? found - options.limit : 0;
  if (more > 0)
    say(`${counted(more, 'more match', 'more matches')}: --limit ${count(found).replaceAll(',', '')} shows all.`);
  return 0;
}

async function showMatches(
  matches: AsyncIterable<Match>,
  options: ShowMatchesOptions,
  redactor: Redactor | undefined,
): Promise<number> {
  const screen = screenOf(process.stdout, process.stderr, process.env, options.color);
  const look = style(screen.colour);
  const width = Math.max(60, screen.width);
  let found = 0;
  for await (const match of matches) {
    if (!isOf(match, options) || (options.verdict !== undefined && match.verdict !== options.verdict)) continue;
    found++;
    if (options.limit > 0 && found > options.limit) continue;
    const lines = matchLines(redactor ? redactor.match(match) : match, 1, look, width, options.rows);
    print(`${found > 1 ? '\n' : ''}${lines.map((line) => `${line}\n`).join('')}`);
  }
  return found;
}

/** An item without a match to show: its verdict and why; one that is not there is refused. */
async function tellOf(
  asked: string,
  saved: SavedReport,
  options: ShowMatchesOptions,
  redactor: Redactor | undefined,
): Promise<void> {
  const fault = faultOf(objectOf(saved.report) ?? {});
  if (fault !== undefined)
    throw new HeldoutError('unreadable', `${saved.dir}/report.json: damaged: ${fault}. Scan again.`);
  const lines: string[] = [];
  let items = 0;
  for await (const item of reportLines(saved.dir, outputOf(saved, 'items.jsonl'), itemFromLine)) {
    items++;
    if (isOf(item, options))
      lines.push(withoutMatch(redactor ? redactor.item(item) : item, saved.report, options.verdict));
  }
  if (lines.length > 0) return void print(lines.map((line) => `${line}\n`).join(''));
  const safe = (name: string): string => redactor?.name(name) ?? name;
  const where = options.benchmark === undefined ? '' : ` of ${safe(options.benchmark)}`;
  const names = saved.report.benchmarks.map(({ name }) => safe(name)).join(', ');
  throw new HeldoutError(
    'usage',
    `${saved.dir}: no item ${redactor?.id(asked) ?? asked}${where} among the ${counted(items, 'item')} of this report. ` +
      `Its benchmarks: ${names}. items.jsonl has every id.`,
  );
}

function isOf(one: Match | ItemResult, { item, benchmark }: ShowMatchesOptions): boolean {
  return (
    (item === undefined || isNamed(one.item, item)) && (benchmark === undefined || isNamed(one.benchmark, benchmark))
  );
}

function matchesOf(saved: SavedReport): AsyncIterable<Match> {
  return reportLines(saved.dir, outputOf(saved, 'matches.jsonl'), matchFromLine);
}

async function* uncheckedMatches(path: string): AsyncGenerator<Match> {
  let number = 0;
  for await (const line of linesOf(path)) {
    number++;
    const match = matchFromLine(line);
    if (!match)
      throw new HeldoutError('unreadable', `${path} line ${number}: this is not a match. Is it a heldout report?`);
    yield match;
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of rawChunks(path)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function onlyOurs(error: unknown): HeldoutError {
  if (error instanceof HeldoutError) return error;
  throw error;
}
