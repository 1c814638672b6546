import path from 'node:path';
import type { Contradictions } from '../audit/contradictions.js';
import { reportLines } from '../audit/report-lines.js';
import { outputOf } from '../audit/saved-report.js';
import type { SavedReport } from '../audit/saved-report.js';
import type { Match } from '../model/match.js';
import type { FileResult } from '../model/result.js';
import { readBytes } from '../read/bytes.js';
import { recordId } from '../read/documents.js';
import { loadDigester } from '../report/digest.js';
import { counted } from '../report/numbers.js';
import type { Digester } from '../report/digest.js';
import { matchFromLine } from '../report/match-from-line.js';
import { isProof } from './edit.js';
import { layoutOfFile } from './file-layout.js';
import { parsedRecord } from './layout.js';
import type { Layout } from './layout.js';
import { grouped, proofOf } from './removals.js';
import type { Proof } from './removals.js';
import { Source } from './rewrite.js';

/** A match without its texts: where it says it is, and what stood there. */
interface Quote {
  /** Of matches.jsonl. */
  readonly line: number;
  readonly what: string;
  readonly document: Match['document'];
  /** Where a report has no text, its digest is empty. */
  readonly proof: Proof;
}

/**
 * Reads again, in the files that are as they were, the records that matches name: the record must begin there and have that number and id, and
 * what the report quotes of its text must stand in it. `isSame`: whether a file is as it was.
 */
export async function recheckQuotes(
  saved: SavedReport,
  root: string,
  isSame: (file: FileResult) => boolean,
  found: Contradictions,
): Promise<void> {
  const digester = await loadDigester();
  const quotes = await quotesOf(saved, digester);
  const { provenance, settings } = saved.report;
  let unread = 0;
  for (const file of provenance.corpus) {
    const own = quotes.get(file.path);
    if (!own || !isSame(file)) continue;
    const at = path.resolve(root, file.path);
    const scanned = { path: at, scanned: file, name: file.path, textFields: settings.textFields };
    const layout = await layoutOfFile(scanned);
    const placed = layout ? own.filter(({ document }) => document.offset >= 0) : [];
    const others = own.filter((quote) => !placed.includes(quote));
    unread += others.length;
    for (const { line, document } of others)
      if (layout && !(file.container === 'json' && document.record === 0))
        found.add(`matches.jsonl line ${line}: its offset is ${document.offset}; ${file.container} has one`);
    recountTwice(placed.length === 0 ? own : others, () => 1, found);
    if (layout) await recheckFile({ ...file, path: at }, placed, { layout, saved, digester }, found);
  }
  if (unread > 0)
    found.open.push(
      `the texts of ${counted(unread, 'match', 'matches')} in Parquet, or around a list of records (--rescan)`,
    );
}

async function quotesOf(saved: SavedReport, digester: Digester): Promise<Map<string, Quote[]>> {
  const quotes = new Map<string, Quote[]>();
  let line = 0;
  for await (const match of reportLines(saved.dir, outputOf(saved, 'matches.jsonl'), matchFromLine)) {
    const { benchmark, item, part, document, documentTextStart: start, redacted } = match;
    const proof = redacted ? { start, length: redacted.document.length, xxh64: '' } : proofOf(match, digester);
    const whole = part === 'question+answer' ? 'question' : part;
    const quote = { line: ++line, what: JSON.stringify([benchmark, item, whole]), document, proof };
    const own = quotes.get(document.file);
    if (own) own.push(quote);
    else quotes.set(document.file, [quote]);
  }
  return quotes;
}

/** What a file is read with. */
interface Reading {
  readonly layout: Layout;
  readonly saved: SavedReport;
  readonly digester: Digester;
}

async function recheckFile(
  file: FileResult,
  quotes: readonly Quote[],
  reading: Reading,
  found: Contradictions,
): Promise<void> {
  const { layout } = reading;
  const places = grouped(quotes, ({ document }) => document.offset);
  const source = new Source(readBytes(file));
  const lines = new LineCount();
  const shared = new Map<Quote, number>();
  try {
    await layout.begin(source.queue);
    for (const [offset, own] of [...places].sort(([a], [b]) => a - b)) {
      for await (const chunk of source.upTo(offset)) lines.add(chunk);
      const begins = source.at === offset && (file.container !== 'jsonl' || lines.isStart);
      const bytes = begins ? await source.record(layout) : new Uint8Array(0);
      const records = bytes.length === 0 ? [] : (layout.sharing?.(bytes) ?? [bytes]);
      for (const quote of own) {
        recheckQuote(quote, file, { records, line: lines.line, reading }, found);
        shared.set(quote, records.length);
      }
      lines.add(bytes);
    }
  } finally {
    await source.queue.close();
  }
  recountTwice(quotes, (quote) => shared.get(quote) ?? 1, found);
}

interface Place {
  /** Several where they share a line; none where no record begins there. */
  readonly records: readonly Uint8Array[];
  readonly line: number;
  readonly reading: Reading;
}

function recheckQuote(quote: Quote, file: FileResult, place: Place, found: Contradictions): void {
  const { document, proof } = quote;
  const { records, line, reading } = place;
  const { layout, digester, saved } = reading;
  const where = `matches.jsonl line ${quote.line}:`;
  if (records.length === 0) {
    found.add(`${where} no record of ${document.file} begins at byte ${document.offset}`);
    return;
  }
  const number = file.container === 'jsonl' ? line : file.container === 'text' ? 1 : document.record;
  found.expect(`${where} document.record`, document.record, number, `${document.file} gives`);
  const meant = records.filter((record) => {
    const text = layout.textOf(record)?.text;
    if (text === undefined) return false;
    return proof.xxh64 === '' ? proof.start + proof.length <= text.length : isProof(text, proof, digester);
  });
  if (meant.length === 0) {
    found.add(`${where} what it quotes does not stand at that place of ${document.file} record ${document.record}`);
    return;
  }
  if (proof.xxh64 === '' || (file.container !== 'jsonl' && file.container !== 'json')) return;
  const ids = meant.map(
    (record) => recordId(parsedRecord(record), saved.report.settings.idField) ?? `${document.file}#${number}`,
  );
  if (!ids.includes(document.id)) found.expect(`${where} document.id`, document.id, ids[0], `${document.file} gives`);
}

/** A scan gives one match of a part in a record. `records`: how many share its place. */
function recountTwice(quotes: readonly Quote[], records: (quote: Quote) => number, found: Contradictions): void {
  const counts = new Map<string, number>();
  for (const quote of quotes) {
    const key = `${quote.what} ${quote.document.record}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count === records(quote) + 1) found.add(`matches.jsonl line ${quote.line}: the match is there twice`);
  }
}

/** Counts lines in bytes as they pass. */
class LineCount {
  line = 1;
  private bytes = 0;
  private last = 0x0a;
  private isMark = false;

  /** Whether a line begins here; a byte-order mark is none of the first. */
  get isStart(): boolean {
    return this.last === 0x0a || this.isMark;
  }

  add(chunk: Uint8Array): void {
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) this.line++;
    if (chunk.length > 0) this.last = chunk[chunk.length - 1];
    this.isMark = this.bytes === 0 && chunk.length === 3 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    this.bytes += chunk.length;
  }
}
