import path from 'node:path';
import { readLines } from '../read/lines.js';
import { rawChunks } from '../read/raw.js';
import { differencesOf, shortened } from './contradictions.js';
import type { SavedReport } from './saved-report.js';

/** Differences named for each file. */
const MOST_NAMED = 20;
const MOST_LINE_BYTES = 512 * 1024 * 1024;

/** Compares a report with one of another scan of its inputs, byte for byte: the first differences of each file, in words. */
export async function compareReports(before: SavedReport, again: SavedReport): Promise<string[]> {
  const differences = differencesOf(before.report, again.report, '')
    .slice(0, MOST_NAMED)
    .map(
      ({ at, before: stated, after }) =>
        `report.json, ${at} is ${shortened(stated)}; the scan gives ${shortened(after)}`,
    );
  for (const name of ['items.jsonl', 'matches.jsonl'])
    differences.push(...(await differentLines(before.dir, again.dir, name)));
  return differences;
}

/** The first line that is another. */
async function differentLines(before: string, again: string, name: string): Promise<string[]> {
  const one = linesOf(path.join(before, name));
  const two = linesOf(path.join(again, name));
  for (let line = 1; ; line++) {
    const [a, b] = [valueOf(await one.next()), valueOf(await two.next())];
    if (a === undefined && b === undefined) return [];
    if (a === undefined) return [`${name} ends before line ${line}; the scan gives ${shortened(headOf(b))}`];
    if (b === undefined) return [`${name} line ${line} is ${shortened(headOf(a))}; the scan gives nothing`];
    if (a === b) continue;
    return differencesOf(parsed(a), parsed(b), '')
      .slice(0, MOST_NAMED)
      .map(
        ({ at, before: stated, after }) =>
          `${name} line ${line}: ${at} is ${shortened(stated)}; the scan gives ${shortened(after)}`,
      );
  }
}

function valueOf(next: IteratorResult<string, undefined>): string | undefined {
  return next.done === true ? undefined : next.value;
}

async function* linesOf(file: string): AsyncGenerator<string, undefined> {
  for await (const lines of readLines(rawChunks(file), MOST_LINE_BYTES))
    for (const { bytes } of lines) if (bytes) yield Buffer.from(bytes).toString('utf8');
  return undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

/** What tells a line of an item or a match. */
function headOf(line = ''): unknown {
  const { benchmark, item, document } = Object(parsed(line)) as Readonly<Record<string, unknown>>;
  return { benchmark, item, document };
}
