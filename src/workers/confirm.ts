import { SOURCE_BLOCK_BYTES } from '../model/index-manifest.js';
import type { FoundKey } from '../store/look-up.js';
import { fileOfBlock } from '../store/source-files.js';
import type { SourceFiles } from '../store/source-files.js';
import type { UnitResults } from './pool.js';
import { fitsWalker, latePathsBut } from '../read/reading.js';
import type { Unit } from './unit.js';

/** Why a hit could not be confirmed. */
export type Obstacle = 'no-locations' | 'unreachable' | 'changed' | 'more';

/** What has to be read to confirm the keys found, and which blocks each unit stands for. */
export interface Reading {
  readonly units: readonly Unit[];
  readonly blocksOf: readonly (readonly number[])[];
}

/** Neighbouring blocks are read together: so many at most, to have work for every worker. */
const MOST_TOGETHER = 64;

/**
 * Blocks of plain JSONL are read by themselves, other files whole: what is compressed cannot be entered half-way, and where a file
 * has another size, the index no longer knows which records its blocks begin with.
 */
export function readingOf(keys: readonly FoundKey[], source: SourceFiles): Reading {
  const keysOf = new Map<number, Set<number>>();
  for (const { blocks, short } of keys)
    for (const block of blocks) {
      const known = keysOf.get(block);
      if (known) known.add(short);
      else keysOf.set(block, new Set([short]));
    }
  const units: Unit[] = [];
  const blocksOf: number[][] = [];
  let together: number[] = [];
  const flush = (): void => {
    if (together.length === 0) return;
    units.push(unitOf(together, keysOf, source));
    blocksOf.push(together);
    together = [];
  };
  for (const block of [...keysOf.keys()].sort((a, b) => a - b)) {
    const file = fileOfBlock(source, block);
    if (source.paths[file] === undefined) continue;
    if (!goesOn(together, block, file, source)) flush();
    together.push(block);
  }
  flush();
  return { units, blocksOf };
}

function goesOn(together: readonly number[], block: number, file: number, source: SourceFiles): boolean {
  const last = together.at(-1);
  if (last === undefined || fileOfBlock(source, last) !== file) return false;
  return !isPlain(file, source) || (block === last + 1 && together.length < MOST_TOGETHER);
}

function isPlain(file: number, { files, sameSize }: SourceFiles): boolean {
  const { container, compression, textPaths } = files[file];
  return container === 'jsonl' && compression === 'none' && sameSize[file] && fitsWalker(textPaths ?? []);
}

function unitOf(blocks: readonly number[], keysOf: ReadonlyMap<number, Set<number>>, source: SourceFiles): Unit {
  const number = fileOfBlock(source, blocks[0]);
  const file = source.files[number];
  const { container, compression, bytes } = file;
  const keys = [...new Set(blocks.flatMap((block) => [...(keysOf.get(block) ?? [])]))];
  const of = {
    file: number,
    input: { path: source.paths[number] ?? file.path, container, compression, bytes },
    textPaths: file.textPaths ?? [],
    latePaths: latePathsBut(file.textPaths ?? [], file.passedOver ?? []),
    anywhere: file.anywhere,
    told: container === 'text' ? undefined : (file.notRead?.fields ?? []).map(({ field }) => field),
  };
  if (!isPlain(number, source)) {
    const kind = container === 'jsonl' && fitsWalker(of.textPaths) ? 'lines' : 'documents';
    return { kind, ...of, expected: { firstRecord: 0, keys } };
  }
  const first = blocks[0] - source.firstBlocks[number];
  const expected = { firstRecord: source.firstRecords[blocks[0]], keys };
  const from = first * SOURCE_BLOCK_BYTES;
  const to = (first + blocks.length) * SOURCE_BLOCK_BYTES;
  return { kind: 'range', ...of, from, to, whole: false, expected };
}

/** Keys that could not be confirmed, each with why; `mostBlocks`: how many blocks a key has at most. */
export function obstaclesOf(
  keys: readonly FoundKey[],
  source: SourceFiles,
  { units, blocksOf }: Reading,
  results: UnitResults,
  mostBlocks: number,
): { readonly obstacles: readonly (Obstacle | undefined)[]; readonly changedBlocks: number } {
  const missing = new Map<number, Set<number>>();
  units.forEach((_, i) => {
    const lost = results[i]?.check?.missing;
    if (lost && lost.length === 0) return;
    // A unit that was never scanned confirms nothing.
    for (const block of blocksOf[i]) missing.set(block, new Set(lost ?? units[i].expected?.keys));
  });
  const obstacleOf = ({ blocks, short, documents }: FoundKey): Obstacle | undefined => {
    if (blocks.length === 0) return 'no-locations';
    if (blocks.some((block) => source.paths[fileOfBlock(source, block)] === undefined)) return 'unreachable';
    if (blocks.some((block) => missing.get(block)?.has(short))) return 'changed';
    return blocks.length === mostBlocks && documents > mostBlocks ? 'more' : undefined;
  };
  return { obstacles: keys.map(obstacleOf), changedBlocks: missing.size };
}
