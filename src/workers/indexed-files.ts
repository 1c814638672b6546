import type { IndexedFile } from '../model/index-manifest.js';
import type { SkipReason } from '../model/input.js';
import type { ScanPlan } from '../model/plan.js';
import { firstBlocks, inOrder } from '../store/inputs.js';
import type { Input } from '../store/inputs.js';
import type { Run } from '../store/run-file.js';
import { LaterFields } from '../read/later-fields.js';
import { notReadIn, unlessEmpty } from '../read/not-read.js';
import { passedOverOf } from '../read/reading.js';
import type { BatchResult } from './batch.js';
import { isOfFile } from './tally.js';
import type { Unit } from './unit.js';

/** Examples of each reason that an index keeps of a file. */
const EXAMPLES = 3;

/** The files of a build in the order of the index, and how runs' blocks are numbered in it. */
export interface IndexedFiles {
  readonly inputs: readonly Input[];
  readonly blocks: number;
  /** The number that a file of the plan has in the index. */
  inputOf(file: number): number;
  /** The index's numbers of the blocks of a run. */
  numbersOf(run: Pick<Run, 'blocks'>): Uint32Array;
}

interface FileSum {
  readonly number: number;
  records: number;
  skipped: number;
  textBytes: number;
  tokens: number;
  lines: number;
  xxh64: string;
  readonly skips: Map<SkipReason, { count: number; examples: { record: number; detail: string }[] }>;
  readonly firstRecords: number[];
  readonly later: LaterFields;
}

/** Puts together what the batches say of each file. */
export function indexedFiles(
  corpus: ScanPlan['corpus'],
  units: readonly Unit[],
  batches: readonly BatchResult[],
  source: string,
): IndexedFiles {
  const sums: FileSum[] = corpus.map((_, number) => ({
    ...{ number, records: 0, skipped: 0, textBytes: 0, tokens: 0, lines: 0, xxh64: '' },
    skips: new Map(),
    firstRecords: [],
    later: new LaterFields(),
  }));
  for (const done of batches.flatMap((batch) => batch.units).sort((a, b) => a.number - b.number))
    addUnit(sums[units[done.number].file], done);
  const inputs = sums.map((sum) => ({ number: sum.number, ...inputOf(sum, corpus[sum.number], source) }));
  const ordered = inOrder(inputs) as typeof inputs;
  const { first, blocks } = firstBlocks(ordered);
  const firstOf = new Float64Array(corpus.length);
  ordered.forEach(({ number }, i) => (firstOf[number] = first[i]));
  const numbersOf = ({ blocks: pairs }: Pick<Run, 'blocks'>): Uint32Array =>
    Uint32Array.from({ length: pairs.length / 2 }, (_, i) => firstOf[units[pairs[2 * i]].file] + pairs[2 * i + 1]);
  const places = new Map(ordered.map(({ number }, i) => [number, i]));
  return { inputs: ordered, blocks, numbersOf, inputOf: (file) => places.get(file) ?? 0 };
}

/** Records of a range count from its own first line: the lines of the ranges before are added. */
function addUnit(sum: FileSum, { result, fingerprints }: BatchResult['units'][number]): void {
  const shift = sum.lines;
  sum.records += result.records;
  sum.skipped += result.skipped;
  sum.textBytes += result.textBytes;
  sum.tokens += fingerprints.tokens;
  sum.lines += result.lines;
  if (result.xxh64 !== '') sum.xxh64 = result.xxh64;
  for (const { reason, count, examples } of result.skips) {
    const known = sum.skips.get(reason) ?? { count: 0, examples: [] };
    // Every range of a file that cannot be read says so; it is counted once.
    if (isOfFile(reason) && known.count > 0) continue;
    known.count += count;
    const named = examples.map(({ record, detail }) => ({ record: record === 0 ? 0 : record + shift, detail }));
    known.examples.push(...named.slice(0, EXAMPLES - known.examples.length));
    sum.skips.set(reason, known);
  }
  for (const field of result.later) sum.later.add(field);
  const { blocks } = fingerprints;
  // In ascending order; a block without a record's beginning takes the next record's number.
  for (let i = 0; i < blocks.length; i += 2) {
    while (sum.firstRecords.length <= blocks[i]) sum.firstRecords.push(blocks[i + 1] + shift);
  }
}

function inputOf(sum: FileSum, plan: ScanPlan['corpus'][number], source: string): Input {
  const { file, textPaths, latePaths = [] } = plan;
  const { path, container, compression, bytes } = file;
  const { records, skipped, textBytes, tokens, xxh64 } = sum;
  const skips = [...sum.skips].map(([reason, { count, examples }]) => ({ reason, count, examples }));
  const passedOver = latePaths.length > 0 ? passedOverOf(textPaths, latePaths) : [];
  const indexed: IndexedFile = {
    ...{ path, source, container, compression, bytes, records, skipped, textBytes, tokens, xxh64, textPaths },
    passedOver,
    ...unlessEmpty(notReadIn(plan, records, sum.later.named())),
    blocks: sum.firstRecords.length,
    skips: skips.sort((a, b) => (a.reason < b.reason ? -1 : 1)),
  };
  return { file: indexed, firstRecords: Uint32Array.from(sum.firstRecords) };
}
