import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ItemResult, Match } from '../../dist/index.js';
import { Bench } from '../cli/run.js';
import type { Run } from '../cli/run.js';

/** What expected.json says of one corpus file. */
interface Expected {
  readonly about: string;
  /** Document id → items (benchmark/id) that are contaminated by it. Of no other pair is that true. */
  readonly contaminated: Readonly<Record<string, readonly string[]>>;
  /** Pairs that must be found, the verdict being the judge's. */
  readonly atLeastSuspect?: Readonly<Record<string, readonly string[]>>;
  /** Part reported for an item. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Whether a pair that is not contaminated may be suspect here. */
  readonly maySuspect?: boolean;
  readonly skips?: Readonly<Record<string, number>>;
}

interface Report {
  readonly skipped: readonly {
    readonly reason: string;
    readonly count: number;
    readonly examples: readonly { readonly file: string }[];
  }[];
}

const samples = fileURLToPath(new URL('../../corpora-samples', import.meta.url));
const expected = JSON.parse(readFileSync(`${samples}/expected.json`, 'utf8')) as Record<string, Expected>;

const bench = new Bench();
let run: Run;
let matches: Match[];
let items: ItemResult[];
let report: Report;

function lines<T>(file: string): T[] {
  const text = readFileSync(bench.path(`out/${file}`), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

beforeAll(async () => {
  run = await bench.run(
    'scan',
    `${samples}/bench/*.jsonl`,
    '--against',
    `${samples}/corpus/*`,
    '--out',
    'out',
    '--workers',
    '2',
  );
  if (run.code !== 1) return;
  matches = lines('matches.jsonl');
  items = lines('items.jsonl');
  report = JSON.parse(readFileSync(bench.path('out/report.json'), 'utf8')) as Report;
});
afterAll(() => {
  bench.remove();
});

const name = (match: { benchmark: string; item: string }): string => `${match.benchmark}/${match.item}`;
/** As expected.json names a file. */
const fileOf = (path: string): string => `corpus/${basename(path)}`;
/** Files of one document have its path for an id. */
const idOf = ({ document }: Match): string => document.id.split('/').at(-1) ?? '';

const pairOf = (match: Match): string => `${idOf(match)}: ${name(match)}`;
const pairs = (documents: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(documents).flatMap(([id, list]) => list.map((item) => `${id}: ${item}`));

describe('The samples', () => {
  it('are scanned, and the scan says that they are contaminated', () => {
    expect(run.stderr).not.toContain('heldout:');
    expect(run.code).toBe(1);
  });

  it('have expected results for each file, and no others', () => {
    const files = readdirSync(`${samples}/corpus`).map((file) => `corpus/${file}`);
    expect(Object.keys(expected).sort()).toEqual(files.sort());
  });

  describe.each(Object.entries(expected))('%s', (file, { about, contaminated, parts, skips, ...rest }) => {
    it(about, () => {
      const here = matches.filter((match) => fileOf(match.document.file) === file);
      const atLeast = pairs(rest.atLeastSuspect ?? {});
      const found = new Set(here.map(pairOf));
      expect(atLeast.filter((pair) => !found.has(pair))).toEqual([]);
      const others = here.filter((match) => !atLeast.includes(pairOf(match)));
      const verdict = (wanted: string): string[] =>
        others
          .filter((match) => match.verdict === wanted)
          .map(pairOf)
          .sort();
      expect(verdict('contaminated')).toEqual(pairs(contaminated).sort());
      if (rest.maySuspect !== true) expect(verdict('suspect')).toEqual([]);
      for (const [item, part] of Object.entries(parts ?? {}))
        expect(here.find((match) => name(match) === item)?.part).toBe(part);
      for (const [reason, count] of Object.entries(skips ?? {}))
        expect(report.skipped).toContainEqual(expect.objectContaining({ reason, count }));
    });
  });

  it('leave clean every item that is in no file', () => {
    const planted = new Set(Object.values(expected).flatMap(({ contaminated }) => Object.values(contaminated).flat()));
    const others = items.filter((item) => !planted.has(name(item)));
    expect(others.length).toBeGreaterThan(10);
    expect(others.filter(({ verdict }) => verdict === 'contaminated').map(name)).toEqual([]);
    expect(items.filter(({ verdict }) => verdict === 'unchecked').map(name)).toEqual([]);
  });
});
