import { compare } from '../../dist/compare.js';
import { DEFAULT_COMPARE } from '../../dist/model/comparison.js';
import type {
  ClusterSummary,
  CompareRequest,
  CompareResult,
  CompareSettings,
  DuplicateRecord,
  Pair,
} from '../../dist/model/comparison.js';

/** Everything a comparison found, read out of its scratch folder. */
export interface Found extends CompareResult {
  readonly all: readonly DuplicateRecord[];
  readonly every: readonly Pair[];
  readonly near: readonly Pair[];
  readonly groups: readonly ClusterSummary[];
}

/** Sets by name, each of some files. */
export async function compareSets(
  sets: Readonly<Record<string, readonly string[]>>,
  settings: Partial<CompareSettings> = {},
  request: Partial<CompareRequest> = {},
): Promise<Found> {
  const result = await compare({
    sets: Object.entries(sets).map(([name, paths]) => ({ name, paths })),
    settings: { ...DEFAULT_COMPARE, ...settings },
    memoryBytes: 64 << 20,
    ...request,
  });
  const every = [...result.pairs()];
  const near = every.filter(({ kind }) => kind === 'near');
  const found = { ...result, all: [...result.duplicates()], every, near, groups: [...result.clusters()] };
  result.close();
  return found;
}

/** What a result says, without what reads it. */
export function content(found: Found): unknown {
  return JSON.parse(JSON.stringify(found));
}

const WORDS =
  'harbour slate dusk boats figure customs house valley mill water rust wheat gossip agronomist oak squirrel acorn tulip ferry lorry bicycle toll robe fibre bolt lantern quay bell anchor rope barrel cooper smith hinge latch'.split(
    ' ',
  );

/** Sentences that no two numbers share, of about `length` words. */
export function sentence(number: number, length = 40): string {
  let state = (number + 1) * 2654435761;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return `${WORDS[(state >>> 8) % WORDS.length]}${(state >>> 20) % 50 === 0 ? ',' : ''}`;
  }).join(' ');
}

/** The same with the words at some places replaced: each takes three shingles of three words with it. */
export function edited(text: string, ...places: readonly number[]): string {
  return text
    .split(' ')
    .map((word, i) => (places.includes(i) ? `changed${i}` : word))
    .join(' ');
}
