import { reportLines } from '../audit/report-lines.js';
import { outputOf } from '../audit/saved-report.js';
import type { SavedReport } from '../audit/saved-report.js';
import { VERDICTS } from '../model/verdict.js';
import type { Verdict } from '../model/verdict.js';
import { safeJson } from '../report/escape.js';
import type { Redactor } from '../report/redact.js';
import { NewFolder } from './new-folder.js';

/** A list that was written. */
export interface IdList {
  readonly benchmark: string;
  readonly verdict: Verdict;
  readonly file: string;
  readonly items: number;
}

interface Entry {
  readonly benchmark: string;
  readonly verdict: Verdict;
  readonly item: string;
  readonly file: unknown;
  readonly record: unknown;
}

/**
 * Writes each benchmark's items by verdict, `NAME.clean.jsonl`, `NAME.contaminated.jsonl`, …: one line an item, its id, file and
 * record. Lists that would be empty are written too: "none" is an answer. A redactor takes ids and names out that may be text; file
 * and record still say which item it is.
 */
export async function writeIdLists(report: SavedReport, out: string, redactor?: Redactor): Promise<IdList[]> {
  const lists = new Map<string, Record<Verdict, string[]>>();
  for (const { name } of report.report.benchmarks)
    lists.set(name, { contaminated: [], suspect: [], unconfirmed: [], clean: [], unchecked: [] });
  for await (const entry of reportLines(report.dir, outputOf(report, 'items.jsonl'), entryOf)) {
    const { item, file, record } = redactor ? redacted(entry, redactor) : entry;
    lists.get(entry.benchmark)?.[entry.verdict].push(`${safeJson({ item, file, record })}\n`);
  }
  const folder = await NewFolder.begin(out);
  try {
    const written: IdList[] = [];
    const stems = new Set<string>();
    for (const [own, byVerdict] of lists) {
      const benchmark = redactor ? redactor.name(own) : own;
      const stem = stemOf(benchmark, stems);
      for (const verdict of VERDICTS) {
        const file = `${stem}.${verdict}.jsonl`;
        await folder.write(file, encoded(byVerdict[verdict]));
        written.push({ benchmark, verdict, file, items: byVerdict[verdict].length });
      }
    }
    await folder.finish();
    return written;
  } catch (error) {
    await folder.abandon();
    throw error;
  }
}

function entryOf(text: string): Entry | undefined {
  try {
    const { benchmark, item, file, record, verdict } = Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
    const known = VERDICTS.find((one) => one === verdict);
    if (typeof benchmark !== 'string' || typeof item !== 'string' || known === undefined) return undefined;
    return { benchmark, verdict: known, item, file, record };
  } catch {
    return undefined;
  }
}

function redacted(entry: Entry, redactor: Redactor): Entry {
  const file = typeof entry.file === 'string' ? redactor.name(entry.file) : entry.file;
  return { ...entry, item: redactor.id(entry.item), file };
}

/** A benchmark's name may hold slashes, and two may differ in nothing else. */
function stemOf(benchmark: string, taken: Set<string>): string {
  const plain = benchmark.replace(/[^\p{L}\p{N}._-]/gu, '_').replace(/^\.+/, '_');
  let stem = plain;
  for (let n = 2; taken.has(stem); n++) stem = `${plain}-${n}`;
  taken.add(stem);
  return stem;
}

async function* encoded(lines: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const line of lines) yield Buffer.from(line);
}
