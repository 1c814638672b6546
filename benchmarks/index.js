// npm run bench:index [-- --megabytes 200 --rounds 3 --growth --kills 50 --agree DIR …]
//
// Building an index against `md5sum` of the same plain JSONL file, in turns (A B A B …): ratios are of the same round, the
// median round counts. Then how large indexes are for guarantees and keys, how fast look-ups are, and on request:
// --growth       2 GB with the same options as 50 MB: time must grow in line, memory not at all
// --kills N      kill −9 at N moments of a build and of a merge: what comes of it must be the same bytes
// --agree DIR    DIR with bench/*.jsonl.gz and corpora *.jsonl.gz: the index route against the streaming route, match by match
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeBenchmarks, writeCorpus } from './generated-data.js';
import { agreementOf, agreementSection } from './index-agreement.js';
import { killsOf, killsSection } from './index-kills.js';
import { provenance, root } from './machine.js';
import { isThere, measureHeldout, measureProgram } from './measured-process.js';
import { say, table, writeResults } from './result-files.js';

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
    growth: { type: 'boolean', default: false },
    kills: { type: 'string', default: '0' },
    agree: { type: 'string', multiple: true, default: [] },
    corpus: { type: 'string' },
  },
});
if (!existsSync(path.join(root, 'dist', 'index.js')) || !isThere('md5sum')) {
  console.error('nothing is built yet (npm run build), or there is no md5sum');
  process.exit(2);
}
const MEGABYTES = Number(values.megabytes);
const MEMORY_BYTES = 512 * 2 ** 20;
const KINDS = [
  ['13 words, 64-bit keys, locations', []],
  ['13 words, 64-bit keys', ['--no-locations']],
  ['13 words, ε = 2^-24', ['--no-locations', '--epsilon', '2^-24']],
  ['13 words, ε = 2^-12, published', ['--publish']],
  ['8 words, 64-bit keys', ['--guarantee', '8', '--no-locations']],
  ['32 words, 64-bit keys', ['--guarantee', '32', '--no-locations']],
  ['32 words, ε = 2^-24', ['--guarantee', '32', '--no-locations', '--epsilon', '2^-24']],
  ['50 words, 64-bit keys', ['--guarantee', '50', '--no-locations']],
];

const started = provenance('bench:index');
const folder = mkdtempSync(path.join(tmpdir(), 'heldout-index-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
await main();

async function main() {
  const { items, files } = writeBenchmarks(folder, 44_000);
  const corpus = values.corpus ?? generated(MEGABYTES, items);
  const data = { provenance: started, corpusBytes: statSync(corpus).size };
  const sections = [];
  data.rounds = measureRounds(corpus);
  sections.push(say(roundsSection(data)));
  data.sizes = measureSizes(corpus);
  sections.push(say(sizesSection(data.sizes)));
  data.lookUps = await measureLookUps(files, path.join(folder, 'size-0'));
  sections.push(say(lookUpsSection(data.lookUps)));
  if (values.growth) sections.push(say(growthSection((data.growth = measureGrowth(items)))));
  if (Number(values.kills) > 0) {
    data.kills = await killsOf(folder, Number(values.kills));
    sections.push(say(killsSection(data.kills)));
  }
  for (const dir of values.agree) {
    const agreement = agreementOf(dir, folder);
    (data.agreement ??= []).push(...agreement);
    sections.push(say(agreementSection(dir, agreement)));
  }
  writeResults('index', data, sections);
}

function generated(megabytes, items) {
  const file = path.join(folder, `corpus-${megabytes}.jsonl`);
  writeCorpus(file, megabytes * 1e6, items);
  return file;
}

/** Builds and returns what it took; the index stays where `name` says. */
function build(corpus, name, ...options) {
  const out = path.join(folder, name);
  rmSync(out, { recursive: true, force: true });
  const taken = measureHeldout(['index', corpus, '--out', out, '--memory', '512MB', '--quiet', ...options]);
  if (taken.status !== 0) throw new Error(taken.stderr);
  return { ...taken, bytes: sizesOf(out) };
}

function sizesOf(out) {
  return Object.fromEntries(readdirSync(out).map((name) => [name, statSync(path.join(out, name)).size]));
}

function measureRounds(corpus) {
  const rounds = [];
  for (let i = 0; i < Number(values.rounds); i++) {
    const md5 = measureProgram('md5sum', [corpus]);
    rounds.push({ md5, one: build(corpus, 'one', '-w', '1'), two: build(corpus, 'two', '-w', '2') });
  }
  return rounds;
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function roundsSection({ rounds, corpusBytes }) {
  const of = (name, what) => median(rounds.map((round) => round[name][what]));
  const ratio = (name, what) => median(rounds.map((round) => round[name][what] / round.md5[what])).toFixed(2);
  const row = (name, label) => [
    label,
    of(name, 'wall').toFixed(2),
    of(name, 'cpu').toFixed(2),
    `${ratio(name, 'wall')} ×`,
    `${ratio(name, 'cpu')} ×`,
    (of(name, 'maxRssBytes') / 2 ** 20).toFixed(0),
  ];
  return [
    `## Building, ${(corpusBytes / 1e6).toFixed(0)} MB of plain JSONL, --memory 512MB (${MEMORY_BYTES / 2 ** 20} MiB)`,
    table(
      ['', 'seconds', 'CPU seconds', 'of md5sum', 'CPU of md5sum', 'most MiB'],
      [row('md5', 'md5sum'), row('one', 'heldout index, 1 worker'), row('two', 'heldout index, 2 workers')],
    ),
  ].join('\n\n');
}

function measureSizes(corpus) {
  const corpusBytes = statSync(corpus).size;
  return KINDS.map(([kind, options], i) => {
    const { bytes } = build(corpus, `size-${i}`, ...options);
    const all = Object.values(bytes).reduce((a, b) => a + b);
    return {
      kind,
      bytes,
      share: all / corpusBytes,
      locations: ((bytes['locations.column'] ?? 0) + (bytes['blocks.column'] ?? 0)) / corpusBytes,
    };
  });
}

function sizesSection(sizes) {
  const percent = (share) => `${(100 * share).toFixed(1)}%`;
  const rows = sizes.map(({ kind, share, locations }) => [kind, percent(share), percent(locations)]);
  return ['## Size, of the JSONL file', table(['', 'all', 'of that locations'], rows)].join('\n\n');
}

/** Grams of 44,000 items: all of them at once, and a few items alone. */
async function measureLookUps(bench, index) {
  const { loadDigester } = await import('../dist/report/digest.js');
  const { IndexReader } = await import('../dist/store/index-reader.js');
  const { lookUpTexts } = await import('../dist/workers/look-up-texts.js');
  const { plan, DEFAULT_SETTINGS } = await import('../dist/index.js');
  const { benchmarks } = await plan({ benchmarks: bench, against: [index], settings: DEFAULT_SETTINGS, workers: 1 });
  const texts = benchmarks.flatMap((one) => one.items.flatMap((item) => item.parts.map((part) => part.text)));
  const results = [];
  for (const count of [100, texts.length]) {
    const reader = new IndexReader(index, await loadDigester());
    const some = texts.slice(0, count);
    const tokens = some.reduce((sum, text) => sum + text.length, 0);
    const from = process.hrtime.bigint();
    const { lookUps, keys } = lookUpTexts(reader, some, tokens);
    results.push({ texts: count, lookUps, keys: keys.length, seconds: Number(process.hrtime.bigint() - from) / 1e9 });
    reader.close();
  }
  return results;
}

function lookUpsSection(results) {
  const rows = results.map(({ texts, lookUps, keys, seconds }) => [
    texts.toLocaleString('en'),
    lookUps.toLocaleString('en'),
    keys.toLocaleString('en'),
    seconds.toFixed(2),
    Math.round(lookUps / seconds).toLocaleString('en'),
  ]);
  return [
    '## Look-ups, tokenising included',
    table(['texts', 'look-ups', 'keys found', 'seconds', 'a second'], rows),
  ].join('\n\n');
}

function measureGrowth(items) {
  return [50, 2000].map((megabytes) => {
    const file = generated(megabytes, items);
    const md5 = measureProgram('md5sum', [file]);
    const { wall, cpu, maxRssBytes, bytes } = build(file, 'growth', '-w', '1');
    const all = Object.values(bytes).reduce((a, b) => a + b);
    const taken = { megabytes, wall, cpu, maxRssBytes, share: all / statSync(file).size, md5: md5.cpu };
    rmSync(file);
    return taken;
  });
}

function growthSection(growth) {
  const rows = growth.map(({ megabytes, wall, cpu, maxRssBytes, share, md5 }) => [
    `${megabytes} MB`,
    wall.toFixed(2),
    cpu.toFixed(2),
    ((1000 * cpu) / megabytes).toFixed(2),
    `${(cpu / md5).toFixed(2)} ×`,
    (maxRssBytes / 2 ** 20).toFixed(0),
    `${(100 * share).toFixed(1)}%`,
  ]);
  const head = ['corpus', 'seconds', 'CPU seconds', 'CPU ms a MB', 'CPU of md5sum', 'most MiB', 'index'];
  return ['## Growth, 1 worker, --memory 512MB', table(head, rows)].join('\n\n');
}
