// npm run bench:decon -- DIR --decon PROGRAM
//   DIR: a planted set as bench:accuracy takes it. PROGRAM: a build of allenai/decon, which this project neither installs nor
//   needs: git clone https://github.com/allenai/decon && cargo build --release; then target/release/decon.
//
// Both programs read the same plain JSON lines and the same items on the same machine, one after the other, and are scored by
// the same rules. decon works on a file a thread, so the corpus is cut into as many files as there are cores. Its references
// are made as its own tools make them: a record an item, of a multiple-choice item one a choice, answers as text. Settings:
// its defaults; without answers, since by its defaults a question alone is never reported where the item has an answer; and so
// with items of fewer than the 20 tokens that it asks for.
import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { findJsonl, listJsonl, readJsonl } from './jsonl.js';
import { provenance } from './machine.js';
import { isThere, measureHeldout, measureProgram } from './measured-process.js';
import { scorePlanted } from './planted.js';
import { say, table, writeResults } from './result-files.js';

const QUESTIONS = ['--index-answers', 'false', '--index-passages', 'false'];
const SETTINGS = [
  { name: 'decon', options: [] },
  { name: 'questions only', options: QUESTIONS },
  { name: 'short ones too', options: [...QUESTIONS, '--eval-min-token-length', '1'] },
];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { decon: { type: 'string' } } });
if (positionals.length !== 1 || !values.decon || !isThere(values.decon, ['--help'])) {
  console.error('usage: npm run bench:decon -- DIR --decon PROGRAM   (a build of https://github.com/allenai/decon)');
  process.exit(2);
}
const started = provenance('bench:decon');
const folder = mkdtempSync(path.join(tmpdir(), 'heldout-decon-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
await main(positionals[0]);

async function main(planted) {
  const truth = readJsonl(findJsonl(planted, 'truth.jsonl'));
  const { files, bytes } = await corpusFiles(readJsonl(findJsonl(planted, 'train.jsonl')));
  const benchmarks = listJsonl(path.join(planted, 'bench'));
  const items = writeReferences(benchmarks);
  const plain = writePlain(benchmarks);
  const runs = [
    { name: 'heldout', ...byHeldout(plain, files) },
    ...SETTINGS.map(({ name, options }) => ({ name, ...byDecon(options, items, files) })),
  ].map(({ matches, ...run }) => ({ ...run, ...scorePlanted(truth, matches, new Set(['contaminated'])) }));
  const shareOf = (run, level, expect) => run.levels.find((one) => one.level === level && one.expect === expect)?.share;
  const sections = [
    say(`${(bytes / 1e6).toFixed(0)} MB of text in ${files.length} files, ${items.length} items.`),
    say(
      table(
        ['', ...runs.map(({ name }) => name)],
        [
          ...['easy', 'medium', 'hard', 'semantic'].map((level) => [
            `found, ${level}`,
            ...runs.map((run) => shareOf(run, level, 'flag').toFixed(3)),
          ]),
          ['negatives reported', ...runs.map((run) => shareOf(run, 'negative', 'no').toFixed(3))],
          ['(document, item) pairs', ...runs.map((run) => run.pairsReported)],
          ['of these false', ...runs.map((run) => run.falsePairs)],
          ['wall, s', ...runs.map(({ taken }) => taken.wall.toFixed(1))],
          ['CPU, s', ...runs.map(({ taken }) => taken.cpu?.toFixed(1) ?? '')],
          ['most memory, MB', ...runs.map(({ taken }) => (taken.maxRssBytes / 1e6).toFixed(0))],
        ],
      ),
    ),
    say(
      table(
        ['transform', 'level', 'planted', ...runs.map(({ name }) => name)],
        runs[0].transforms.map(({ transform, level, expect, n }, i) => [
          transform,
          `${level}, ${expect}`,
          n,
          ...runs.map((run) => run.transforms[i].share.toFixed(3)),
        ]),
      ),
    ),
  ];
  writeResults('decon', { provenance: started, bytes, items: items.length, runs }, sections);
}

/** The corpus as plain JSON lines, documents dealt out in order, the ids of each file's lines kept for decon's line numbers. */
async function corpusFiles(documents) {
  const corpus = path.join(folder, 'corpus');
  mkdirSync(corpus);
  const count = availableParallelism();
  const share = Math.ceil(documents.length / count);
  const files = [];
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const part = documents.slice(i * share, (i + 1) * share);
    const name = `part-${i}.jsonl`;
    const stream = createWriteStream(path.join(corpus, name));
    for (const { id, text } of part)
      if (!stream.write(`${JSON.stringify({ id, text })}\n`)) await once(stream, 'drain');
    stream.end();
    await once(stream, 'finish');
    bytes += statSync(path.join(corpus, name)).size;
    files.push({ name, path: path.join(corpus, name), ids: part.map(({ id }) => id) });
  }
  return { files, bytes };
}

/** Both read the same files uncompressed, so that no one pays for gzip. */
function writePlain(benchmarks) {
  return benchmarks.map((file) => {
    const plain = path.join(folder, path.basename(file).replace(/\.jsonl.*/, '.jsonl'));
    writeFileSync(
      plain,
      readJsonl(file)
        .map((item) => `${JSON.stringify(item)}\n`)
        .join(''),
    );
    return plain;
  });
}

/** @returns the items in the order of their `eval_instance_index` */
function writeReferences(benchmarks) {
  const references = path.join(folder, 'references');
  mkdirSync(references);
  const items = [];
  let docId = 0;
  for (const file of benchmarks) {
    const benchmark = path.basename(file).replace(/\.jsonl.*/, '');
    const lines = readJsonl(file).flatMap((item) => {
      const index = items.push({ benchmark, item: item.id }) - 1;
      const question = [item.question, item.prompt].filter(Boolean).join('\n');
      const answers = item.choices?.length ? item.choices : item.answer === undefined ? [undefined] : [item.answer];
      return answers.map((answer) => ({
        eval_key: benchmark,
        eval_instance_index: index,
        split: 'test',
        question,
        ...(item.passage === undefined ? {} : { passage: item.passage }),
        ...(answer === undefined ? {} : { answer: String(answer), is_correct: answer === item.answer }),
        doc_id: ++docId,
        fingerprint: `${index}-${docId}`,
      }));
    });
    writeFileSync(
      path.join(references, `${benchmark}.jsonl`),
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
  }
  return items;
}

function byHeldout(benchmarks, files) {
  const out = path.join(folder, 'heldout');
  const paths = files.map((file) => file.path);
  const workers = ['--workers', String(availableParallelism())];
  const taken = measureHeldout(['scan', ...benchmarks, '--against', ...paths, '--out', out, '--quiet', ...workers]);
  if (taken.status > 1) throw new Error(`heldout ended with status ${taken.status}: ${taken.stderr}`);
  return { taken, matches: readJsonl(path.join(out, 'matches.jsonl')) };
}

function byDecon(options, items, files) {
  const out = path.join(folder, 'decon');
  rmSync(out, { recursive: true, force: true });
  const taken = measureProgram(values.decon, [
    'detect',
    '--training-dir',
    path.join(folder, 'corpus'),
    '--evals-dir',
    path.join(folder, 'references'),
    '--report-output-dir',
    out,
    ...options,
  ]);
  if (taken.status !== 0) throw new Error(`decon ended with status ${taken.status}: ${taken.stderr}`);
  const lines = readdirSync(out).flatMap((name) => readJsonl(path.join(out, name)));
  const idsOf = new Map(files.map(({ name, ids }) => [name, ids]));
  const matches = lines.map((line) => ({
    verdict: 'contaminated',
    document: { id: idsOf.get(`${path.parse(line.training_file).name}.jsonl`)[line.training_line] },
    ...items[line.eval_instance_index],
  }));
  return { taken, matches };
}
