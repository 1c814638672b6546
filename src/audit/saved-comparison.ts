import path from 'node:path';
import { HeldoutError } from '../model/errors.js';
import { openPlain } from '../read/bytes.js';
import { clusterFromLine, duplicateFromLine, pairFromLine } from '../report/compare-from-line.js';
import { COMPARE_SCHEMA } from '../report/compare-json.js';
import type { CompareJson } from '../report/compare-json.js';
import { comparisonFault } from '../report/compare-shape.js';
import type { Comparison } from '../report/comparison.js';
import { objectOf } from '../report/parsed-json.js';
import { reportLines } from './report-lines.js';
import { anyReport, outputOf } from './saved-report.js';
import type { Saved } from './saved-report.js';

/** A comparison that was written before. */
export type SavedComparison = Saved<CompareJson>;

/** Whether a folder, or a report.json, is a comparison's; what is no report at all is refused. */
export async function isComparison(name: string): Promise<boolean> {
  return (await anyReport(name)).schema.startsWith('heldout-compare/');
}

/** Reads the report.json of a comparison. Another version is refused, and one of indexes, which has no records. */
export async function savedComparison(name: string): Promise<SavedComparison> {
  const { dir, schema, value } = await anyReport(name);
  const file = path.join(dir, 'report.json');
  if (schema !== COMPARE_SCHEMA)
    throw new HeldoutError(
      'unreadable',
      `${file}: no comparison of this version (${schema}; this heldout reads ${COMPARE_SCHEMA}). ` +
        'Use the version that wrote it, or compare again.',
    );
  if (objectOf(value['question'])?.['measure'] === 'containment')
    throw new HeldoutError(
      'usage',
      `${file}: a comparison of indexes, which hold no text: report.json is all there is to it.`,
    );
  const fault = comparisonFault(value);
  if (fault !== undefined) throw new HeldoutError('unreadable', `${file}: damaged: ${fault}. Compare again.`);
  return { dir, report: value as Readonly<Record<string, unknown>> & CompareJson };
}

/** A comparison with its lists, which may be longer than memory: each was found whole, and is read again whenever it is gone through. */
export async function readComparison(name: string): Promise<Comparison> {
  const saved = await savedComparison(name);
  const list = async <T>(file: string, parse: (line: string) => T | undefined): Promise<() => Generator<T>> => {
    const lines = reportLines(saved.dir, outputOf(saved, file), parse);
    while ((await lines.next()).done !== true);
    return () => linesAgain(path.join(saved.dir, file), parse);
  };
  return {
    report: saved.report,
    duplicates: await list('duplicates.jsonl', duplicateFromLine),
    clusters: await list('clusters.jsonl', clusterFromLine),
    pairs: await list('pairs.jsonl', pairFromLine),
  };
}

const CHUNK_BYTES = 1 << 20;

function* linesAgain<T>(name: string, parse: (line: string) => T | undefined): Generator<T> {
  const file = openPlain(name);
  try {
    let rest = Buffer.alloc(0);
    for (let at = 0; ;) {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      const length = file.readInto(chunk, at);
      if (length === 0) return;
      at += length;
      rest = Buffer.concat([rest, chunk.subarray(0, length)]);
      let from = 0;
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, from)) {
        const value = parse(rest.toString('utf8', from, end));
        if (value === undefined)
          throw new HeldoutError('unreadable', `${name}: it changed while it was read. Let nothing write to it.`);
        yield value;
        from = end + 1;
      }
      rest = rest.subarray(from);
    }
  } finally {
    file.close();
  }
}

const NEWLINE = 10;
