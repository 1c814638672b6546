// npm run bench:accuracy -- DIR [--suspect] [--workers N] [--matches FILE]
//   DIR: a planted set (train.jsonl, bench/*.jsonl, truth.jsonl; gzip or zstd). How much of what was planted does the real
//   program find, level by level and transform by transform, and how much does it report that is not there?
//
// npm run bench:accuracy -- DIR --oracle [--bench DIR] [--suspect]
//   DIR: corpora with <corpus>.oracle-hits.jsonl beside them; --bench: the benchmarks, ../benchmarks from there if not given.
//
// The data stays where it is; only counts go into benchmarks/results.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findJsonl, listJsonl, readJsonl } from './jsonl.js';
import { provenance } from './machine.js';
import { measureHeldout } from './measured-process.js';
import { compareOracle, SURE } from './oracle.js';
import { scorePlanted } from './planted.js';
import { say, table, writeResults } from './result-files.js';

/** What a release should reach on a planted set of this form. */
const TARGETS = {
  'easy/flag': '≥ .99',
  'medium/flag': '≥ .95',
  'hard/flag': '≥ .90',
  'semantic/flag': '≥ .50',
  'negative/no': '≤ .04',
};
const TARGET_FALSE_PAIRS = '≤ 400';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    suspect: { type: 'boolean', default: false },
    oracle: { type: 'boolean', default: false },
    bench: { type: 'string' },
    matches: { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});
if (positionals.length !== 1) {
  console.error(
    'usage: npm run bench:accuracy -- DIR [--suspect] [--oracle [--bench DIR]] [--matches FILE] [--workers N]',
  );
  process.exit(2);
}
const folder = positionals[0];
const verdicts = new Set(values.suspect ? ['contaminated', 'suspect'] : ['contaminated']);
const started = provenance('bench:accuracy');
if (values.oracle) oracle();
else planted();

function planted() {
  const benchmarks = listJsonl(path.join(folder, 'bench'));
  const truth = readJsonl(findJsonl(folder, 'truth.jsonl'));
  const { matches, taken } = values.matches
    ? { matches: readJsonl(values.matches), taken: undefined }
    : scan(benchmarks, findJsonl(folder, 'train.jsonl'));
  const score = scorePlanted(truth, matches, verdicts);
  const sections = [
    say(
      `Counted as found: ${[...verdicts].join(' and ')}.${taken ? ` The scan took ${seconds(taken.wall)} (${seconds(taken.cpu)} CPU), at most ${megabytes(taken.maxRssBytes)}.` : ''}`,
    ),
    say(
      table(
        ['level', 'planted', 'found', 'share', 'target'],
        score.levels.map(({ level, expect, n, found, share }) => [
          `${level}, ${expect}`,
          n,
          found,
          share.toFixed(4),
          TARGETS[`${level}/${expect}`] ?? '',
        ]),
      ),
    ),
    say(
      table(
        ['reported', 'pairs', 'target'],
        [
          ['(document, item) pairs', score.pairsReported, ''],
          ['of these false', score.falsePairs, TARGET_FALSE_PAIRS],
          ['documents flagged that hold nothing', score.cleanDocumentsFlagged, ''],
          ['items flagged that were planted nowhere', score.neverPlantedItemsFlagged, ''],
          ...Object.entries(score.falsePairsByBenchmark).map(([name, n]) => [`false pairs of ${name}`, n, '']),
        ],
      ),
    ),
    say(
      table(
        ['transform', 'level', 'planted', 'share'],
        score.transforms.map(({ level, expect, transform, n, share }) => [
          transform,
          `${level}, ${expect}`,
          n,
          share.toFixed(3),
        ]),
      ),
    ),
  ];
  const data = { provenance: started, counted: [...verdicts], taken, ...score };
  writeResults(`accuracy-${path.basename(path.resolve(folder))}${values.suspect ? '-suspect' : ''}`, data, sections);
}

function oracle() {
  const benchmarks = listJsonl(values.bench ?? path.join(folder, '..', 'benchmarks'));
  const isHits = (file) => /\.oracle-hits\.jsonl/.test(file);
  const corpora = listJsonl(folder).filter((file) => !isHits(file));
  const results = corpora.map((file) => {
    const name = path.basename(file).replace(/\.jsonl.*/, '');
    const { matches, items, taken } = scan(benchmarks, file);
    console.log(`${name}: scanned in ${seconds(taken.wall)}`);
    return {
      corpus: name,
      taken,
      ...compareOracle(readJsonl(findJsonl(folder, `${name}.oracle-hits.jsonl`)), matches, items, verdicts),
    };
  });
  const share = ({ found, sure }) => (sure === 0 ? '' : (found / sure).toFixed(4));
  const names = [...new Set(results.flatMap(({ contaminated }) => Object.keys(contaminated)))].sort();
  const sections = [
    say(
      `Hits of the oracle with a coverage of at least ${SURE}, in benchmarks that are there; counted as found: ${[...verdicts].join(' and ')}. ` +
        'Of the others: suspect only, another item reported in the same document, item unchecked (too short), nothing reported.',
    ),
    say(
      table(
        ['corpus', 'hits', 'found', 'share', 'suspect', 'other item', 'unchecked', 'missed'],
        results.map((r) => [r.corpus, r.sure, r.found, share(r), r.suspect, r.otherItem, r.unchecked, r.missed]),
      ),
    ),
    say(
      `Contaminated items per benchmark:\n\n${table(
        ['benchmark', ...results.map(({ corpus }) => corpus)],
        names.map((name) => [name, ...results.map(({ contaminated }) => contaminated[name] ?? 0)]),
      )}`,
    ),
  ];
  writeResults(
    `accuracy-oracle${values.suspect ? '-suspect' : ''}`,
    { provenance: started, counted: [...verdicts], corpora: results },
    sections,
  );
}

function scan(benchmarks, corpus) {
  const out = mkdtempSync(path.join(tmpdir(), 'heldout-accuracy-'));
  try {
    const taken = measureHeldout([
      'scan',
      ...benchmarks,
      '--against',
      corpus,
      '--out',
      out,
      '--quiet',
      '--workers',
      values.workers,
    ]);
    if (taken.status !== 0 && taken.status !== 1)
      throw new Error(`heldout ended with status ${taken.status}: ${taken.stderr}`);
    const { wall, cpu, maxRssBytes } = taken;
    const read = (name) => readJsonl(path.join(out, name));
    return { matches: read('matches.jsonl'), items: read('items.jsonl'), taken: { wall, cpu, maxRssBytes } };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function seconds(value) {
  return value === null ? 'unknown' : `${value.toFixed(1)} s`;
}

function megabytes(bytes) {
  return bytes === null ? 'unknown memory' : `${(bytes / 1e6).toFixed(0)} MB`;
}
