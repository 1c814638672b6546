import type { Benchmark, FieldMap, Item, PartName } from '../model/benchmark.js';
import { PART_NAMES } from '../model/benchmark.js';
import { HeldoutError } from '../model/errors.js';
import type { OnSkip } from '../model/input.js';
import type { Settings } from '../model/settings.js';
import { indexBaseOf } from './benchmark-answer.js';
import { rawItem, understand, type UnderstoodItem } from './benchmark-item.js';
import { groupByName } from './benchmark-name.js';
import { RecordNames } from './benchmark-record.js';
import { questionsIn } from './benchmark-paragraphs.js';
import { fieldsSeen, listFields } from './fields-seen.js';
import { readRecords, type ReadOptions } from './records.js';
import { sniffFile } from './sniff.js';
import { valueAt } from './value-at.js';

export interface BenchmarkOptions extends ReadOptions {
  /** Fields named by the user for parts. */
  readonly map: Settings['map'];
  /** Where a file stands; it is named as it was given. */
  readonly at?: (path: string) => string;
}

/** The benchmarks in some files: one for each name, in the order of the files. */
export async function readBenchmarks(
  paths: readonly string[],
  options: BenchmarkOptions,
  onSkip: OnSkip,
): Promise<Benchmark[]> {
  const benchmarks: Benchmark[] = [];
  for (const [name, files] of groupByName(paths)) benchmarks.push(await readBenchmark(name, files, options, onSkip));
  return benchmarks;
}

async function readBenchmark(
  name: string,
  files: readonly string[],
  options: BenchmarkOptions,
  onSkip: OnSkip,
): Promise<Benchmark> {
  const items: Item[] = [];
  const fields: Partial<Record<PartName | 'id', string[]>> = {};
  const ids = new Set<string>();
  let records = 0;
  let before = 0;
  for (const file of files) {
    const rows = await readRows(file, options, onSkip);
    records += new Set(rows.map(({ record }) => record)).size;
    checkMap(rows, options.map, file);
    const names = new RecordNames();
    const raw = rows.map(({ value }) => rawItem(value, options.map, names));
    const base = indexBaseOf(raw);
    const first = before;
    raw.forEach((one, at) => {
      const { record, place } = rows[at];
      const understood = understand(one, options.map, base);
      if (!isUsable(understood)) {
        onSkip({ reason: 'no-question', file, record, detail: 'no question, choices, passage or code in it' });
        return;
      }
      noteFields(fields, understood.fields);
      const id = uniqueId(understood.id ?? `${first + record}${place}`, record, file, ids, onSkip);
      items.push({ benchmark: name, id, file, record, parts: understood.parts });
    });
    // Items without an id are numbered through all files.
    before += rows.at(-1)?.record ?? 0;
    if (items.length === 0 && file === files.at(-1)) throw noQuestions(name, files, rows);
  }
  return { name, files, fields, items, records };
}

interface Row {
  readonly record: number;
  /** Which of its record's questions it is, `.2`; empty where the record holds one. */
  readonly place: string;
  readonly value: unknown;
}

async function readRows(file: string, options: BenchmarkOptions, onSkip: OnSkip): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of readRecords(await sniffFile(options.at?.(file) ?? file), options, onSkip)) {
    for (const { record, value } of batch) {
      const all = questionsIn(value);
      for (const [i, one] of all.entries()) rows.push({ record, place: all.length > 1 ? `.${i + 1}` : '', value: one });
    }
  }
  return rows;
}

/** An answer alone ("18") is nothing to look for. */
function isUsable(item: UnderstoodItem): boolean {
  return item.parts.some((part) => part.name !== 'answer');
}

function checkMap(rows: readonly Row[], map: Settings['map'], file: string): void {
  for (const [part, field] of Object.entries(map)) {
    if (rows.length === 0 || rows.some(({ value }) => valueAt(value, field).length > 0)) continue;
    const seen = listFields(fieldsSeen(rows.slice(0, 100).map(({ value }) => value)));
    const what = `${file}: no record has the field "${field}" (--map ${part}=${field}).`;
    throw new HeldoutError('no-such-field', `${what} Fields seen: ${seen}.`, { withoutText: what });
  }
}

function noteFields(all: Partial<Record<PartName | 'id', string[]>>, used: FieldMap): void {
  for (const name of ['id', ...PART_NAMES] as const) {
    for (const field of used[name] ?? []) {
      const list = (all[name] ??= []);
      if (!list.includes(field)) list.push(field);
    }
  }
}

/** Reports need one id an item: a repeated one is told and gets its record's number. */
function uniqueId(id: string, record: number, file: string, ids: Set<string>, onSkip: OnSkip): string {
  let unique = id;
  if (ids.has(id)) {
    unique = `${id}#${record}`;
    // The same number in another file of the benchmark.
    if (ids.has(unique)) unique = `${id}#${file}#${record}`;
    // A record may hold several questions, and an id may be what another one was called.
    const start = unique;
    for (let n = 2; ids.has(unique); n++) unique = `${start}-${n}`;
    onSkip({
      reason: 'duplicate-id',
      file,
      record,
      detail: `the id "${id}" was seen before; this item is called "${unique}"`,
    });
  }
  ids.add(unique);
  return unique;
}

function noQuestions(name: string, files: readonly string[], rows: readonly Row[]): HeldoutError {
  const seen = listFields(fieldsSeen(rows.slice(0, 100).map(({ value }) => value)));
  const what = `${files.join(', ')}: no usable item in benchmark "${name}".`;
  const wayOut = 'Name them with --map question=FIELD,answer=FIELD.';
  // Some have their texts as the keys of a record.
  return new HeldoutError('no-questions', `${what} Fields seen: ${seen}. ${wayOut}`, {
    withoutText: `${what} Its fields are not said with --redact. ${wayOut}`,
  });
}
