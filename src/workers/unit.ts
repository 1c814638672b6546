import type { InputFile, TextPaths } from '../model/input.js';
import type { ScanPlan } from '../model/plan.js';
import type { Settings } from '../model/settings.js';
import { fitsWalker } from '../read/reading.js';
import { chainOf } from './digest-chain.js';
import type { Chain } from './digest-chain.js';
import type { Expected } from './expected.js';

/**
 * Large plain JSONL files are cut into ranges of this many bytes. Read at once, so that the next range's digest, which waits for
 * this one's, need not wait for this one's scan (digest-chain.ts).
 */
export const RANGE_BYTES = 4 * 1024 * 1024;

/** A piece of work for one worker. `file`: index of the file in the plan. */
export type Unit =
  /** The lines that begin in bytes [from, to) of a plain JSONL file; `whole` when that is all of it. `chain`: for its digest. */
  | ({
      readonly kind: 'range';
      readonly from: number;
      readonly to: number;
      readonly whole: boolean;
      readonly chain?: Chain;
    } & UnitFile)
  /** JSON lines of a file that has to be decompressed, or of standard input. */
  | ({ readonly kind: 'lines' } & UnitFile)
  /** A file of any other kind. */
  | ({ readonly kind: 'documents' } & UnitFile)
  /** Only the digest of a plain file that others scan in ranges. */
  | ({ readonly kind: 'digest' } & UnitFile);

interface UnitFile {
  readonly file: number;
  readonly input: InputFile;
  readonly textPaths: TextPaths;
  /** As a plan has them (model/plan.ts). */
  readonly latePaths?: TextPaths | undefined;
  readonly told?: readonly string[] | undefined;
  /** As an index has it. */
  readonly anywhere?: boolean | undefined;
  /** What an index says of it; absent where the corpus itself is scanned. */
  readonly expected?: Expected;
}

/**
 * The work a corpus comes to, in the order its results are put together. The digest of a file in ranges is a unit of its own
 * where ranges may be done by another run than this one (an index is built), and else goes along with them (`chained`).
 */
export function unitsOf(corpus: ScanPlan['corpus'], settings: Settings, rangeBytes: number, chained = false): Unit[] {
  return corpus.flatMap(({ file: input, textPaths, latePaths, told }, file) => {
    const of = { file, input, textPaths, latePaths, told };
    if (input.container !== 'jsonl' || !fitsWalker(textPaths)) return [{ kind: 'documents', ...of }];
    if (input.compression !== 'none' || input.path === '-') return [{ kind: 'lines', ...of }];
    // "The first n records" is for one reader to count.
    if (settings.limit > 0) return [{ kind: 'lines', ...of }];
    return rangesOf(of, rangeBytes, chained);
  });
}

function rangesOf(of: UnitFile, rangeBytes: number, chained: boolean): Unit[] {
  const count = Math.max(1, Math.ceil(of.input.bytes / rangeBytes));
  const chain = chained && count > 1 ? chainOf(count) : undefined;
  const units: Unit[] = Array.from({ length: count }, (_, i) => ({
    kind: 'range',
    ...of,
    from: i * rangeBytes,
    // The last one reads whatever is there by then.
    to: i === count - 1 ? Number.MAX_SAFE_INTEGER : (i + 1) * rangeBytes,
    whole: count === 1,
    ...(chain ? { chain: chain[i] } : {}),
  }));
  return count === 1 || chain ? units : [{ kind: 'digest', ...of }, ...units];
}
