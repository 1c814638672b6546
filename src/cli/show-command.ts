import { isComparison } from '../audit/saved-comparison.js';
import { HeldoutError } from '../model/errors.js';
import type { Match } from '../model/match.js';
import { rawChunks } from '../read/raw.js';
import { matchFromLine } from '../report/match-from-line.js';
import { count, counted } from '../report/numbers.js';
import { style } from '../report/style.js';
import { matchLines } from '../report/worst.js';
import type { ExitCode } from './exit-code.js';
import { print, say } from './output.js';
import { redactorOf } from './redact-options.js';
import { screenOf } from './screen.js';
import { showComparison } from './show-comparison.js';
import type { ShowPairsOptions } from './show-comparison.js';

export interface ShowOptions extends ShowPairsOptions {
  readonly benchmark?: string;
  readonly item?: string;
  readonly verdict?: string;
}

const OF_SCANS = ['item', 'benchmark', 'verdict'] as const;
const OF_COMPARISONS = ['pair', 'cluster', 'kind'] as const;

/** Prints matches of a finished report side by side, in the order of the report, as it reads them; or pairs of a comparison. */
export async function showCommand(dir: string, options: ShowOptions): Promise<ExitCode> {
  // Without a report.json there may still be matches to show.
  const compared = await isComparison(dir).catch(() => false);
  const stranger = (compared ? OF_SCANS : OF_COMPARISONS).find((option) => options[option] !== undefined);
  if (stranger !== undefined)
    throw new HeldoutError(
      'usage',
      `--${stranger}: ${dir} is the report of a ${compared ? 'comparison' : 'scan'}. What narrows it: ` +
        (compared ? OF_COMPARISONS : OF_SCANS).map((option) => `--${option}`).join(', '),
    );
  if (compared) return showComparison(dir, options);
  const screen = screenOf(process.stdout, process.stderr, process.env, options.color);
  const look = style(screen.colour);
  const path = `${dir.replace(/\/+$/, '')}/matches.jsonl`;
  const redactor = await redactorOf(options);
  let found = 0;
  for await (const match of matchesOf(path)) {
    if (!isWanted(match, options)) continue;
    found++;
    if (options.limit > 0 && found > options.limit) continue;
    const lines = matchLines(
      redactor ? redactor.match(match) : match,
      1,
      look,
      Math.max(60, screen.width),
      options.rows,
    );
    print(`${found > 1 ? '\n' : ''}${lines.map((line) => `${line}\n`).join('')}`);
  }
  if (found === 0)
    say(`${path}: no match${options.item === undefined ? '' : ` of item ${options.item}`} in this report.`);
  const more = options.limit > 0 ? found - options.limit : 0;
  if (more > 0)
    say(`${counted(more, 'more match', 'more matches')}: --limit ${count(found).replaceAll(',', '')} shows all.`);
  return 0;
}

function isWanted(match: Match, options: ShowOptions): boolean {
  return (
    (options.item === undefined || match.item === options.item) &&
    (options.benchmark === undefined || match.benchmark === options.benchmark) &&
    (options.verdict === undefined || match.verdict === options.verdict)
  );
}

async function* matchesOf(path: string): AsyncGenerator<Match> {
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
