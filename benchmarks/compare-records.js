// Records like whole items, by an index that keeps records (heldout index --records): of seeded pairs of exactly these similarities, which share a
// scan of the index tells, with the records at hand and by estimate alone.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildIndex, DEFAULT_SETTINGS, scan } from '../dist/index.js';
import { bandRecall } from '../dist/neardup/bands.js';
import { Random } from './random.js';

const SEED = 20_261_126;
const PAIRS = 3000;
/** Of `shingles` 3-word shingles a changed word takes three, and as many new ones come: J = (shingles − 3 changed) ÷ (shingles + 3 changed). */
const LEVELS = [
  { jaccard: 0.7, shingles: 102, changed: 6 },
  { jaccard: 0.8, shingles: 108, changed: 4 },
  { jaccard: 0.9, shingles: 114, changed: 2 },
  { jaccard: 1, shingles: 108, changed: 0 },
];
/** Records that are like no item. */
const OTHERS = 20_000;
const BANDS = 8;
const ROWS = 3;

/** @returns {Promise<{ pairs: number, others: number, levels: object[] }>} */
export async function measureRecords() {
  const folder = mkdtempSync(path.join(tmpdir(), 'heldout-records-'));
  try {
    const random = new Random(SEED);
    const corpus = path.join(folder, 'corpus.jsonl');
    const bench = path.join(folder, 'bench.jsonl');
    const pairs = LEVELS.flatMap((level) => Array.from({ length: PAIRS }, () => pairOf(random, level)));
    const others = Array.from({ length: OTHERS }, () => wordsOf(random, random.between(60, 140)));
    writeFileSync(bench, lines(pairs.map(({ item }, i) => ({ id: `q${i}`, question: item.join(' ') }))));
    writeFileSync(
      corpus,
      lines([...pairs.map(({ record }) => record), ...others].map((words) => ({ text: words.join(' ') }))),
    );
    const { path: index } = await buildIndex({
      ...{ corpus: [corpus], out: path.join(folder, 'corpus.heldout'), settings: DEFAULT_SETTINGS, guarantee: 13 },
      ...{
        source: 'corpus',
        locationsPerKey: 8,
        memoryBytes: 256 * 1024 ** 2,
        workers: 1,
        resume: false,
        records: true,
      },
    });
    const ask = () => scan({ benchmarks: [bench], against: [index], settings: DEFAULT_SETTINGS, workers: 1 });
    const counted = (await ask()).items;
    rmSync(corpus);
    const estimated = (await ask()).items;
    const levels = LEVELS.map(({ jaccard }, level) => {
      const own = (items) => items.slice(level * PAIRS, (level + 1) * PAIRS);
      return {
        jaccard,
        byTheory: bandRecall(jaccard, BANDS, ROWS),
        counted: own(counted).filter((item, i) => tells(item, level * PAIRS + i, corpus)).length / PAIRS,
        estimated: own(estimated).filter((item, i) => tells(item, level * PAIRS + i, corpus)).length / PAIRS,
        strangers: own(counted).reduce((sum, item, i) => sum + strangersOf(item, level * PAIRS + i), 0),
      };
    });
    return { pairs: PAIRS, others: OTHERS, bands: BANDS, rows: ROWS, levels };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tells({ nearRecords }, number, file) {
  return nearRecords.closest.some((one) => one.file === file && one.record === number + 1);
}

/** Records told that are another pair's, or nobody's. */
function strangersOf({ nearRecords }, number) {
  return nearRecords.closest.filter(({ record }) => record !== number + 1).length;
}

/** An item, and a record with words of it changed, none within three of another or of an end. */
function pairOf(random, { shingles, changed }) {
  const item = wordsOf(random, shingles + 2);
  const record = item.slice();
  const room = Math.floor((item.length - 4) / Math.max(1, changed));
  for (let i = 0; i < changed; i++) record[2 + i * room + random.between(0, room - 4)] = wordOf(random);
  return { item, record };
}

/** Of so many letters that no two shingles are the same by chance. */
function wordOf(random) {
  return Array.from({ length: 7 }, () => String.fromCharCode(97 + random.between(0, 25))).join('');
}

function wordsOf(random, count) {
  return Array.from({ length: count }, () => wordOf(random));
}

function lines(records) {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}
