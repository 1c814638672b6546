// npm run bench:compare [-- --only estimates,recall,records,speed,growth --data DIR … --rounds 3 --seconds 1 --records 100000,1000000 --memory 256MB]
//
// Signatures and near-duplicates: do estimates keep what theory promises, are pairs found that brute force finds, how fast is a
// signature beside other tools', and what a million records take. Each part keeps a result of its own.
// `recall` needs real records: folders of JSON lines files, --data for each.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { provenance, root } from './machine.js';
import { say, table, writeResults } from './result-files.js';

const PARTS = ['estimates', 'recall', 'records', 'speed', 'growth'];
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: PARTS.join(',') },
    data: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '1' },
    records: { type: 'string', default: '100000,1000000' },
    memory: { type: 'string', default: '256MB' },
  },
});
const parts = values.only.split(',');
if (parts.some((part) => !PARTS.includes(part))) {
  console.error(`usage: npm run bench:compare [-- --only ${PARTS.join(',')} --data DIR --rounds N --records N,N]`);
  process.exit(2);
}
if (!existsSync(path.join(root, 'dist', 'index.js'))) {
  console.error('nothing is built yet: npm run build');
  process.exit(2);
}
process.on('SIGINT', () => process.exit(130));
const started = provenance('bench:compare');
const run = { estimates, recall, records, speed, growth };
for (const part of parts) await run[part]();

async function estimates() {
  const { broken, drawEstimates, measureEstimates } = await import('./compare-estimates.js');
  const measured = measureEstimates();
  const rows = [];
  for (const method of ['one-permutation', 'k-permutation'])
    for (const size of new Set(measured.cells.map((cell) => cell.size))) {
      const cells = measured.cells.filter((cell) => cell.method === method && cell.size === size);
      const imperfect = cells.filter((cell) => cell.theory > 0);
      const at = (jaccard) => cells.find((cell) => Math.abs(cell.jaccard - jaccard) < 1e-9);
      rows.push([
        `${method}, ${size} shingles`,
        Math.max(...cells.map(({ bias }) => Math.abs(bias))).toFixed(4),
        Math.max(...imperfect.map(({ bias, standardError }) => Math.abs(bias) / standardError)).toFixed(1),
        `${Math.max(...imperfect.map(({ rmse, theory }) => rmse / theory)).toFixed(2)} ×`,
        `${(imperfect.reduce((sum, { rmse, theory }) => sum + rmse / theory, 0) / imperfect.length).toFixed(2)} ×`,
        at(0.8)?.sharedBand.toFixed(3) ?? '',
        at(0.8)?.bandTheory.toFixed(3) ?? '',
      ]);
    }
  const bad = broken(measured);
  writeFileSync(
    path.join(root, 'benchmarks', 'results', `${started.date.slice(0, 10)}-compare-estimates.svg`),
    drawEstimates(measured),
  );
  writeResults('compare-estimates', { provenance: started, ...measured }, [
    say(
      `Estimated against exact Jaccard similarity, 0.05 to 1 in steps of 0.05, ${measured.pairs} seeded pairs each, ${measured.bins} bins. ` +
        'Theory: √(J(1−J)/bins). The shingles of both records together are counted.\n\n' +
        table(
          [
            'signature',
            'largest bias',
            'in its standard errors',
            'RMSE ÷ theory, worst',
            'mean',
            'share a band at .8',
            'theory',
          ],
          rows,
        ),
    ),
    say(
      bad.length === 0
        ? 'One permutation: no cell is biased, or worse than theory, beyond four standard errors.'
        : `Broken: ${JSON.stringify(bad)}`,
    ),
    say(
      `Words put in front of a record of 850:\n\n${table(
        ['words', 'exact', 'estimate'],
        measured.insertions.map(({ count, exact, estimate }) => [count, exact.toFixed(3), estimate.toFixed(3)]),
      )}`,
    ),
    say(`![RMSE and shared bands by similarity](${started.date.slice(0, 10)}-compare-estimates.svg)`),
  ]);
  if (bad.length > 0) process.exitCode = 1;
}

async function recall() {
  if (values.data.length === 0) {
    console.log('recall: left out, no --data');
    return;
  }
  const { measureRecall } = await import('./compare-recall.js');
  const measured = await measureRecall(values.data);
  const rows = measured.results.map((one) => [
    `${one.threshold}, ${one.method}, ${one.shingle.size} ${one.shingle.unit}`,
    `${one.bands} × ${one.rows}`,
    one.pairs,
    one.found,
    one.recall.toFixed(4),
    one.precision.toFixed(4),
    one.candidates,
    one.counted,
  ]);
  writeResults('compare-recall', { provenance: started, ...measured }, [
    say(
      `${measured.records} real records, every pair counted by brute force (those whose sizes rule it out apart); identical records once.\n\n` +
        table(['threshold', 'bands', 'pairs', 'found', 'recall', 'precision', 'candidates', 'pairs counted'], rows),
    ),
  ]);
  if (measured.results.some((one) => one.recall < 0.98 || one.precision < 1)) process.exitCode = 1;
}

async function records() {
  const { measureRecords } = await import('./compare-records.js');
  const measured = await measureRecords();
  const share = (value) => `${(100 * value).toFixed(1)}%`;
  const rows = measured.levels.map(({ jaccard, byTheory, counted, estimated, strangers }) => [
    jaccard.toFixed(1),
    share(byTheory),
    share(counted),
    share(estimated),
    strangers,
  ]);
  writeResults('compare-records', { provenance: started, ...measured }, [
    say(
      `Records like whole items, by an index with records (\`heldout index --records\`): ${measured.pairs} seeded pairs of exactly each similarity, among ` +
        `${measured.others} records like none. Told where the records are at hand and counted, and where they are not and estimated. ` +
        `Theory: ${measured.bands} bands of ${measured.rows}.\n\n` +
        table(['similarity', 'share a band, theory', 'told, counted', 'told, estimated', 'others told'], rows),
    ),
  ]);
}

async function speed() {
  const { measureSpeed } = await import('./compare-speed.js');
  const measured = measureSpeed(Number(values.rounds), Number(values.seconds));
  const names = Object.keys(measured.rounds[0]);
  const base = 'npm minhash 0.0.9';
  const middle = (of) => {
    const sorted = measured.rounds.map(of).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  };
  const rows = names.map((name) => [
    name,
    Math.round(middle((round) => round[name])),
    `${middle((round) => round[name] / round[base]).toPrecision(3)} ×`,
  ]);
  writeResults('compare-speed', { provenance: started, ...measured }, [
    say(
      `Signatures a CPU second: records of ${measured.words} words, their 3-word shingles, ${measured.bins} bins or permutations, one thread. ` +
        'Peers get their shingles ready made as strings; "from text" takes in finding and hashing them.\n\n' +
        table(['', 'a second', 'of npm minhash'], rows),
    ),
  ]);
}

async function growth() {
  const { measureGrowth } = await import('./compare-growth.js');
  const measured = measureGrowth(values.records.split(',').map(Number), values.memory);
  const rows = measured.map(({ records, bytes, wall, cpu, maxRssBytes, totals, found }) => [
    records,
    `${(bytes / 1e6).toFixed(0)} MB`,
    `${wall.toFixed(1)} s`,
    `${cpu.toFixed(1)} s`,
    `${(maxRssBytes / 1e6).toFixed(0)} MB`,
    totals.candidates,
    totals.pairs,
    totals.clusters,
    `${found.exact}, ${found.normalised}, ${found.near}`,
  ]);
  writeResults('compare-growth', { provenance: started, memory: values.memory, measured }, [
    say(
      `Seeded short records compared with themselves, --memory ${values.memory}, one thread.\n\n` +
        table(
          [
            'records',
            'input',
            'wall',
            'CPU',
            'most memory',
            'candidates',
            'near pairs',
            'clusters',
            'exact, normalised, near',
          ],
          rows,
        ),
    ),
  ]);
}
