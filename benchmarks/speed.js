// npm run bench:speed [-- --megabytes 200 --items 44000 --rounds 5 --growth --corpus FILE --bench GLOB …]
//
// The whole program against `md5sum` and `wc -w` over the same plain JSONL file, and against two JavaScript ways over a piece
// of it. Contenders take turns (A B C A B C …), so that a busy minute strikes all of them; ratios are of the same round, and
// the median round counts. Without --corpus and --bench, seeded data is written to a temporary folder and removed again.
//
// Reading the items and building their table takes as long whatever the corpus, so it is measured apart, as a scan of the
// corpus's first document, and subtracted where a figure is said to be of the scan alone.
//
// --growth also scans ten times as much with the same number of planted items: memory must not grow with the corpus.
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeBenchmarks, writeCorpus } from './generated-data.js';
import { readJsonl } from './jsonl.js';
import { provenance, root } from './machine.js';
import { isThere, measureHeldout, measureProgram } from './measured-process.js';
import { GramSet, MinhashIndex } from './peers.js';
import { say, table, writeResults } from './result-files.js';

/** Bytes of the corpus that each JavaScript way is given: enough for a steady figure, a few seconds at their pace. */
const PEERS = [
  { name: 'plain JavaScript, 8-grams in a Map', make: (items) => new GramSet(items), bytes: 4e6 },
  { name: 'npm minhash 0.0.9', make: (items) => new MinhashIndex(items), bytes: 5e5 },
];

/** Below this, what a scan takes is lost in the differences between two starts of a program. */
const LEAST_BYTES = 1e8;

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '200' },
    items: { type: 'string', default: '44000' },
    rounds: { type: 'string', default: '5' },
    growth: { type: 'boolean', default: false },
    corpus: { type: 'string' },
    bench: { type: 'string', multiple: true },
  },
});
const bytes = Number(values.megabytes) * 1e6;
if ((values.corpus === undefined) !== (values.bench === undefined) || !(bytes > 0)) {
  console.error(
    'usage: npm run bench:speed [-- --megabytes N --items N --rounds N --growth] or [-- --corpus FILE --bench GLOB]',
  );
  process.exit(2);
}
if (!existsSync(path.join(root, 'dist', 'index.js'))) {
  console.error('nothing is built yet: npm run build');
  process.exit(2);
}

const started = provenance('bench:speed');
const folder = mkdtempSync(path.join(tmpdir(), 'heldout-speed-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
await main();

async function main() {
  const data = values.corpus ? { corpus: values.corpus, bench: values.bench, planted: [] } : generate();
  const corpusBytes = statSync(data.corpus).size;
  const { plan, DEFAULT_SETTINGS } = await import('../dist/index.js');
  const { benchmarks } = await plan({
    benchmarks: data.bench,
    against: [data.corpus],
    settings: DEFAULT_SETTINGS,
    workers: 1,
  });
  const items = benchmarks.flatMap((benchmark) => benchmark.items);

  const rounds = measureRounds(data);
  const peers = measurePeers(items, data);
  const growth = values.growth && !values.corpus ? measureGrowth(data) : undefined;
  const found = foundOfPlanted(data);
  const input = { corpusBytes, items: items.length, generated: !values.corpus, planted: data.planted.length, found };
  const sections = report(input, rounds, peers, growth);
  writeResults('speed', { provenance: started, input, rounds, peers, growth }, sections);
}

function generate() {
  console.log(`Writing ${values.items} items and ${values.megabytes} MB to a temporary folder …`);
  const { items, files } = writeBenchmarks(folder, Number(values.items));
  const corpus = path.join(folder, 'corpus.jsonl');
  const planted = writeCorpus(corpus, bytes, items);
  return { corpus, bench: files, planted, items };
}

/** Every contender once a round. The first reading of the corpus, which may come from the disk, counts for nobody. */
function measureRounds(data) {
  const one = path.join(folder, 'one.jsonl');
  writeFileSync(one, `${head(data.corpus, 1)[0]}\n`);
  const contenders = {
    md5sum: isThere('md5sum') ? () => measureProgram('md5sum', [data.corpus]) : undefined,
    oneWorker: () => scan(data, data.corpus, 1),
    startUp: () => scan(data, one, 1),
    twoWorkers: () => scan(data, data.corpus, 2),
    'wc -w': isThere('wc') ? () => measureProgram('wc', ['-w', data.corpus]) : undefined,
  };
  const rounds = [];
  contenders.md5sum?.();
  for (let round = 1; round <= Number(values.rounds); round++) {
    const taken = {};
    for (const [name, measure] of Object.entries(contenders)) if (measure) taken[name] = figures(measure());
    rounds.push(taken);
    const text = Object.entries(taken).map(
      ([name, { wall, cpu }]) => `${name} ${wall.toFixed(2)} s (${cpu?.toFixed(2) ?? '?'} CPU)`,
    );
    console.log(`round ${round}: ${text.join(', ')}`);
  }
  return rounds;
}

function scan(data, corpus, workers) {
  const args = [
    'scan',
    ...data.bench,
    '--against',
    corpus,
    '--workers',
    String(workers),
    '--out',
    path.join(folder, 'out'),
    '--quiet',
  ];
  const taken = measureHeldout(args);
  // 3: something was skipped, which is no matter here; 2 and the rest mean that nothing was measured.
  if (![0, 1, 3].includes(taken.status)) throw new Error(`heldout ended with status ${taken.status}: ${taken.stderr}`);
  return taken;
}

function figures({ wall, cpu, maxRssBytes }) {
  return { wall, cpu, maxRssBytes };
}

function measurePeers(items, data) {
  const questions = items.map(({ id, parts }) => ({ id, question: parts[0].text }));
  return PEERS.map(({ name, make, bytes: most }) => {
    const setUp = cpuOf(() => make(questions));
    const lines = head(data.corpus, Infinity, most).filter((line) => typeof JSON.parse(line).text === 'string');
    const pairs = new Set();
    const search = cpuOf(() => {
      for (const line of lines)
        for (const item of setUp.value.find(line)) pairs.add(`${JSON.parse(line).id} ${questions[item].id}`);
    });
    const read = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    const here = new Set(lines.map((line) => JSON.parse(line).id));
    const planted = data.planted.filter(({ document }) => here.has(document));
    const found = planted.filter(({ document, item }) => pairs.has(`${document} ${item}`)).length;
    console.log(`${name}: ${(read / 1e6).toFixed(1)} MB in ${search.cpu.toFixed(2)} s CPU`);
    return { name, bytes: read, cpu: search.cpu, setUpCpu: setUp.cpu, planted: planted.length, found };
  });
}

function cpuOf(work) {
  const from = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(from);
  return { value, cpu: (user + system) / 1e6 };
}

function measureGrowth(data) {
  const large = path.join(folder, 'large.jsonl');
  console.log(`Writing ${values.megabytes * 10} MB …`);
  writeCorpus(large, bytes * 10, data.items);
  return [data.corpus, large].map((corpus) => ({ bytes: statSync(corpus).size, ...figures(scan(data, corpus, 1)) }));
}

/** Of what was planted, what the last scan of the corpus reported. */
function foundOfPlanted(data) {
  if (data.planted.length === 0) return 0;
  scan(data, data.corpus, 2);
  const matches = readJsonl(path.join(folder, 'out', 'matches.jsonl'));
  const pairs = new Set(matches.map(({ document, item }) => `${document.id} ${item}`));
  return data.planted.filter(({ document, item }) => pairs.has(`${document} ${item}`)).length;
}

/** The first lines of a file that end within its first `most` bytes. */
function head(file, lines, most = 1 << 22) {
  const buffer = Buffer.alloc(most);
  const handle = openSync(file, 'r');
  const length = readSync(handle, buffer, 0, most, 0);
  closeSync(handle);
  const end = buffer.subarray(0, length).lastIndexOf(10);
  if (end < 0) throw new Error(`${file}: no line ends within its first ${most} bytes; plain JSONL is needed`);
  return buffer.toString('utf8', 0, end).split('\n').slice(0, lines);
}

function report(input, rounds, peers, growth) {
  const { corpusBytes } = input;
  const middle = (of) => median(rounds.map(of));
  const ratio = (of) => (rounds.every((round) => of(round) !== null) ? `${middle(of).toFixed(2)} ×` : 'not measured');
  const over = (name, key, alone) => (round) => {
    const base = round.md5sum?.[key] ?? null;
    return base === null ? null : (round[name][key] - (alone ? round.startUp[key] : 0)) / base;
  };
  const speedUp = (alone) => (round) =>
    (round.oneWorker.wall - (alone ? round.startUp.wall : 0)) /
    (round.twoWorkers.wall - (alone ? round.startUp.wall : 0));
  const pace = (seconds) => `${(corpusBytes / 1e6 / seconds).toFixed(seconds > corpusBytes / 1e7 ? 2 : 0)} MB/s`;
  const memory = (name) => `${(Math.max(...rounds.map((round) => round[name].maxRssBytes)) / 1e6).toFixed(0)} MB`;
  const scanCpu = middle(({ oneWorker, startUp }) => oneWorker.cpu - startUp.cpu);

  const targets = [
    ['scan alone ÷ md5sum, CPU', ratio(over('oneWorker', 'cpu', true)), '≤ 2 ×, then ≤ 1 ×'],
    ['scan alone ÷ md5sum, wall', ratio(over('oneWorker', 'wall', true)), '≤ 2 ×, then ≤ 1 ×'],
    ['whole run ÷ md5sum, CPU', ratio(over('oneWorker', 'cpu', false)), ''],
    ['whole run ÷ md5sum, wall', ratio(over('oneWorker', 'wall', false)), ''],
    ['two workers against one, scan alone, wall', ratio(speedUp(true)), '≥ 1.8 ×'],
    ['two workers against one, whole run, wall', ratio(speedUp(false)), ''],
    ['most memory, one worker', memory('oneWorker'), '≤ 600 MB'],
    ['most memory, two workers', memory('twoWorkers'), ''],
  ];
  if (growth) {
    const [small, large] = growth;
    targets.push([
      'memory of ten times the corpus',
      `${(large.maxRssBytes / small.maxRssBytes).toFixed(2)} ×`,
      '≤ 1.1 ×',
    ]);
    targets.push(['wall time of ten times the corpus', `${(large.wall / small.wall).toFixed(2)} ×`, '']);
  }
  const paces = [
    ['heldout, one worker, scan alone', pace(scanCpu), '1'],
    ...['md5sum', 'wc -w'].map((name) => {
      if (!rounds[0][name]) return [name, 'not on this machine', ''];
      if (rounds[0][name].cpu === null) return [name, `${pace(middle((round) => round[name].wall))} (wall)`, ''];
      const cpu = middle((round) => round[name].cpu);
      return [name, pace(cpu), (cpu / scanCpu).toPrecision(2)];
    }),
    ...peers.map(({ name, bytes: read, cpu }) => [
      name,
      `${(read / 1e6 / cpu).toPrecision(3)} MB/s`,
      (corpusBytes / scanCpu / (read / cpu)).toPrecision(3),
    ]),
  ];
  const setUps = [
    ['heldout', `${middle(({ startUp }) => startUp.cpu).toFixed(2)} s`],
    ...peers.map(({ name, setUpCpu }) => [name, `${setUpCpu.toFixed(2)} s`]),
  ];
  const plantedText = input.generated
    ? ` Planted word for word ${input.planted}, of which heldout found ${input.found}` +
      peers.map(({ name, planted, found }) => `; ${name}: ${found} of the ${planted} in its piece`).join('') +
      '.'
    : '';
  const small =
    corpusBytes < LEAST_BYTES
      ? ' Too little for the ratios to mean anything: a program that only starts takes longer.'
      : '';
  return [
    say(
      `${(corpusBytes / 1e6).toFixed(0)} MB of ${input.generated ? 'generated' : 'given'} JSONL, ${input.items} items, ${rounds.length} rounds, medians.${small}${plantedText}`,
    ),
    say(table(['what', 'figure', 'target'], targets)),
    say(
      `Per CPU second, and time over heldout's (of a JavaScript way: over a piece of the corpus):\n\n${table(['who', 'pace', 'times as long'], paces)}`,
    ),
    say(`Before the first document (program start, items, tables), CPU:\n\n${table(['who', 'CPU'], setUps)}`),
  ];
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
